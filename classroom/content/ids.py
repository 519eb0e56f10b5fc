"""Ids are permanent: progress, answers and links point at them. `ids.txt` of a course holds every id it ever shipped.

One a line, sorted: `lesson <id>`, `question <id>`, `block <lesson> <kind> <id>` for what a reader ticks or writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from classroom.content.folder import Folder
from classroom.content.manuscript import CourseFolder, Manuscript
from classroom.content.model import Problem
from classroom.content.problems import Problems
from classroom.content.shelf import Shelf


def keep_ids(root: Path) -> int:
    """Write every id that the lessons have now into the files beside them; how many were new. None is ever dropped."""
    manuscript = Shelf(Folder(root, Problems())).read()
    return sum(_keep(course, root) for course in manuscript.courses.values())


def _keep(course: CourseFolder, root: Path) -> int:
    new = set(_ids(course)) - course.kept_ids.keys()
    if new:
        lines = sorted(new | course.kept_ids.keys())
        (root / _file(course)).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return len(new)


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An id that is gone is a problem; one that is not kept yet is a warning, for it may still change."""
    replaced = {f"question {item.shape.replaces}" for item in manuscript.items()}
    for course in manuscript.courses.values():
        now = set(_ids(course))
        if not any(file.startswith(f"{course.id}/") for file in manuscript.faulty):
            yield from _gone(course, now | replaced)
        yield from _new(course, now)


def _gone(course: CourseFolder, there: set[str]) -> Iterator[Problem]:
    for line, number in course.kept_ids.items():
        if line in there:
            continue
        advice = "put it back, or name it in `replaces:`" if line.startswith("question ") else "put it back"
        yield Problem(_file(course), number, f"`{line}` was shipped and is gone; {advice}.")


def _new(course: CourseFolder, now: set[str]) -> Iterator[Problem]:
    new = sorted(now - course.kept_ids.keys())
    if new:
        message = f"Not kept yet: {', '.join(new)}. Before they are shipped run `classroom content keep-ids`."
        yield Problem(_file(course), 1, message, is_warning=True)


def _ids(course: CourseFolder) -> Iterator[str]:
    for lesson in course.lessons.values():
        yield f"lesson {lesson.id}"
        yield from (f"question {item.shape.id}" for item in lesson.items)
        yield from (f"block {lesson.id} {block.kind} {block.id}" for block in lesson.page.kept)
    yield from (f"question {item.shape.id}" for item in course.items)


def _file(course: CourseFolder) -> str:
    return f"{course.id}/ids.txt"
