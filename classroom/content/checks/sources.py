"""Every note has its source, and every source its note."""

from __future__ import annotations

from collections.abc import Iterator

from classroom.content.checks.pointing import pointing_outside_lessons
from classroom.content.manuscript import LessonFolder, Manuscript
from classroom.content.markdown import Points
from classroom.content.model import Problem


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for lesson in manuscript.lessons():
        yield from _unknown(lesson)
        yield from _unused(lesson)
    for file, reference in pointing_outside_lessons(manuscript):
        if reference.to is Points.SOURCE:
            message = f"A note [^{reference.target}] stands only in lesson.md; name the source in words here."
            yield Problem(file, reference.line, message)


def _unknown(lesson: LessonFolder) -> Iterator[Problem]:
    known = {source.id for source in lesson.front.shape.sources} if lesson.front else set()
    for reference in lesson.page.references:
        if lesson.front and reference.to is Points.SOURCE and reference.target not in known:
            message = f"There is no source {reference.target}; add it to `sources:` or correct the note."
            yield Problem(lesson.file, reference.line, message)


def _unused(lesson: LessonFolder) -> Iterator[Problem]:
    cited = {reference.target for reference in lesson.page.references if reference.to is Points.SOURCE}
    for position, source in enumerate(lesson.front.shape.sources if lesson.front else ()):
        if lesson.front and source.id not in cited:
            message = f"No sentence rests on the source {source.id}; write [^{source.id}] or take it out."
            yield Problem(lesson.file, lesson.front.lines.at("sources", position), message)
