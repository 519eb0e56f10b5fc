"""The lessons that ship are sound, and every id of theirs is kept."""

from __future__ import annotations

from pathlib import Path

from classroom.content.reader import read_library

LESSONS = Path(__file__).parents[2] / "lessons"


def test_the_lessons_have_nothing_to_mend() -> None:
    assert [str(problem) for problem in read_library(LESSONS).problems if not problem.is_warning] == []


def test_every_id_is_kept() -> None:
    found = read_library(LESSONS).problems
    assert [str(problem) for problem in found if problem.file.endswith("/ids.txt")] == []
