"""Pictures: each that a lesson shows is there, and stands where a figure can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classroom.content.checks.pointing import pointing_outside_lessons
from classroom.content.manuscript import LessonFolder, Manuscript
from classroom.content.markdown import Points
from classroom.content.model import Problem

_OURS = re.compile(r"img/([^/]+)")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for lesson in manuscript.lessons():
        yield from _missing(lesson, manuscript)
    for file, reference in pointing_outside_lessons(manuscript):
        if reference.to is Points.PICTURE:
            yield Problem(file, reference.line, "A picture stands only in lesson.md.")


def _missing(lesson: LessonFolder, manuscript: Manuscript) -> Iterator[Problem]:
    for reference in lesson.page.references:
        if reference.to is not Points.PICTURE:
            continue
        match = _OURS.fullmatch(reference.target)
        if not match:
            message = f"{reference.target} is not a picture of this lesson; put the file into img/ and write img/name."
            yield Problem(lesson.file, reference.line, message)
        elif match[1] not in lesson.pictures:
            message = f"There is no usable picture {lesson.place}/{reference.target}."
            yield Problem(lesson.file, reference.line, message)
