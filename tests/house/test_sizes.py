"""A file that outgrew itself becomes a folder."""

from __future__ import annotations

from pathlib import Path

from classroom.config import PACKAGE

MOST_LINES = 400
FOLDERS = ("classroom", "templates", "static", "tests", "bench")
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js"}


def test_no_file_is_longer_than_400_lines() -> None:
    files = [file for folder in FOLDERS for file in (PACKAGE.parent / folder).rglob("*") if not _is_foreign(file)]
    assert [file.name for file in files if is_too_long(file)] == []


def test_a_longer_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x\n" * 401, encoding="utf-8")
    (tmp_path / "fits.py").write_text("x\n" * 400, encoding="utf-8")
    assert is_too_long(tmp_path / "long.py")
    assert not is_too_long(tmp_path / "fits.py")


def is_too_long(file: Path) -> bool:
    if file.suffix not in WRITTEN_BY_HAND:
        return False
    return len(file.read_text(encoding="utf-8").splitlines()) > MOST_LINES


def _is_foreign(file: Path) -> bool:
    return "node_modules" in file.parts
