"""The lessons that are served, read by the same reader: what there is to visit, and what is right."""

from __future__ import annotations

from functools import cache

from classroom.config import Settings
from classroom.content.model import Item, Lesson, Library
from classroom.content.reader import read_library
from classroom.home.views import public_paths


@cache
def library() -> Library:
    """Raises `AssertionError` with the problems when the lessons are broken."""
    reading = read_library(Settings.lessons)
    assert reading.library is not None, "\n".join(map(str, reading.problems))
    return reading.library


def addresses() -> list[str]:
    """Every public page, and the empty page of one's own."""
    return [*public_paths(library()), "/me"]


def lesson(number: int) -> Lesson:
    """A lesson of the first course, counted from 1."""
    return next(iter(library().courses.values())).lessons[number - 1]


def address(of: Lesson) -> str:
    return f"/courses/{of.course_id}/{of.id}"


def items(of: Lesson) -> tuple[Item, ...]:
    return of.quiz.items
