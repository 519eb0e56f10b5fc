"""The lessons this process shows: read and checked once at start; in development again whenever a file changes."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from classroom.content.model import Library, Problem
from classroom.content.reader import read_library


class BrokenLessons(Exception):
    """The lesson files have problems; none of them reaches a reader."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems if not problem.is_warning))
        self.problems = problems


class Bookcase:
    """Holds the library; `follows_files` reads it again when a file under the root changed."""

    def __init__(self, root: Path, *, follows_files: bool) -> None:
        self._root = root
        self._follows_files = follows_files
        self._lock = Lock()
        self._stamp = self._newest_change()
        self._reading = read_library(root)
        if not follows_files:
            self.library()  # production: a new start refuses, a running site goes on with what it loaded

    def library(self) -> Library:
        """Raises `BrokenLessons` with the whole list."""
        if self._follows_files:
            self._read_again_if_changed()
        if self._reading.library is None:
            raise BrokenLessons(self._reading.problems)
        return self._reading.library

    def _read_again_if_changed(self) -> None:
        with self._lock:
            stamp = self._newest_change()
            if stamp != self._stamp:
                self._stamp, self._reading = stamp, read_library(self._root)

    def _newest_change(self) -> tuple[int, int]:
        """How many files, and the newest change among them in nanoseconds."""
        changes = [path.stat().st_mtime_ns for path in self._root.rglob("*")]
        return len(changes), max(changes, default=0)


def init_app(app: Flask, root: Path, *, follows_files: bool) -> None:
    app.extensions["bookcase"] = Bookcase(root, follows_files=follows_files)


def library() -> Library:
    """The lessons that this request shows."""
    bookcase: Bookcase = current_app.extensions["bookcase"]
    return bookcase.library()


def library_version() -> str:
    return library().version
