"""The way in: the lessons folder becomes the library, or a list of what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classroom.content import checks, library
from classroom.content.folder import Folder
from classroom.content.model import Library, Problem
from classroom.content.problems import Problems
from classroom.content.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading the lessons."""

    library: Library | None
    """None exactly when there is a problem that is more than a warning."""
    problems: tuple[Problem, ...]
    """All of them, warnings too, by file and line."""


def read_library(root: Path) -> Reading:
    """Read and check everything below `root`; never raises for what an author may have written."""
    problems = Problems()
    manuscript = Shelf(Folder(root, problems)).read()
    problems.extend(checks.check(manuscript))
    found = problems.in_order()
    if any(not problem.is_warning for problem in found):
        return Reading(None, found)
    return Reading(library.bind(manuscript), found)
