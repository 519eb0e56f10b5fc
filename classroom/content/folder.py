"""The lessons folder, opened with care: nothing outside it, nothing too large, UTF-8 only."""

from __future__ import annotations

import hashlib
from pathlib import Path

from classroom.content.problems import Problems

LARGEST_FILE = 1024 * 1024
"""In bytes. A long lesson has 40 KB."""

LONGEST_LINE = 4000
"""In characters. A paragraph is one line, and a long one has 900; Markdown's time grows with the square of a line."""


class Folder:
    """Reads files below `root` by their path from it, and keeps what it read.

    What it cannot read becomes a problem and None, never an exception.
    """

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root.resolve()
        self.problems = problems
        self.texts: dict[str, str] = {}
        """Every text that was read, by file."""
        self._digests: dict[str, str] = {}

    @property
    def version(self) -> str:
        """A digest of every file that was read."""
        return hashlib.sha256(repr(sorted(self._digests.items())).encode()).hexdigest()[:16]

    def has(self, file: str) -> bool:
        """Is there something of this name, be it readable or not?"""
        path = self.root / file
        return path.exists() or path.is_symlink()

    def subfolders(self, file: str = "") -> tuple[str, ...]:
        """The names of the folders in a folder, sorted; hidden ones left out."""
        return tuple(name for name in self._names(file) if (self.root / file / name).is_dir())

    def files(self, file: str) -> tuple[str, ...]:
        """The names of whatever stands in a folder and is no folder, sorted; hidden ones left out."""
        return tuple(name for name in self._names(file) if not (self.root / file / name).is_dir())

    def text(self, file: str) -> str | None:
        """The text of a file with LF line ends, None if it cannot be used."""
        content = self.content(file)
        return None if content is None else self._decoded(file, content)

    def content(self, file: str) -> bytes | None:
        """The bytes of a file, None if it cannot be used."""
        path = self.root / file
        if not self._may_open(file, path):
            return None
        try:
            content = path.read_bytes()
        except OSError as error:
            self.problems.add(file, 1, f"The file cannot be read: {error.strerror}.")
            return None
        self._digests[file] = hashlib.sha256(content).hexdigest()
        return content

    def _names(self, file: str) -> tuple[str, ...]:
        path = self.root / file
        if not path.is_dir() or self._is_behind_link(path):
            return ()
        return tuple(sorted(entry.name for entry in path.iterdir() if not entry.name.startswith(".")))

    def _may_open(self, file: str, path: Path) -> bool:
        if not self.has(file):
            self.problems.add(file, 1, "The file is missing.")
        elif self._is_behind_link(path):
            self.problems.add(file, 1, "This is a link to another place; put the file itself here.")
        elif not path.is_file():
            self.problems.add(file, 1, "This is no file.")
        elif path.stat().st_size > LARGEST_FILE:
            self.problems.add(file, 1, f"The file is larger than {LARGEST_FILE // 1024} KiB.")
        else:
            return True
        return False

    def _is_behind_link(self, path: Path) -> bool:
        """Is the path, or a folder on the way to it, a symbolic link?"""
        return any(step.is_symlink() for step in (path, *path.parents) if step.is_relative_to(self.root))

    def _decoded(self, file: str, content: bytes) -> str | None:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.add(file, line, "This is not UTF-8; save the file again as UTF-8.")
            return None
        text = self._with_plain_ends(file, text)
        return self._with_short_lines(file, text)

    def _with_plain_ends(self, file: str, text: str) -> str:
        if text.startswith("\ufeff"):
            self.problems.add(file, 1, "The file begins with a byte order mark; save it as UTF-8 without BOM.")
            text = text[1:]
        if "\r" in text:
            line = text.count("\n", 0, text.index("\r")) + 1
            self.problems.add(file, line, "The line ends are those of Windows (CRLF); save the file with LF.")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _with_short_lines(self, file: str, text: str) -> str | None:
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > LONGEST_LINE:
                self.problems.add(file, number, f"The line has more than {LONGEST_LINE} characters; cut it up.")
                return None
        self.texts[file] = text
        return text
