"""Everything in the manuscript that points elsewhere, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from classroom.content.manuscript import Manuscript
from classroom.content.markdown import Reference


def pointing(manuscript: Manuscript) -> Iterator[tuple[str, Reference]]:
    """Every reference with its file."""
    for lesson in manuscript.lessons():
        yield from ((lesson.file, reference) for reference in lesson.page.references)
    yield from pointing_outside_lessons(manuscript)


def pointing_outside_lessons(manuscript: Manuscript) -> Iterator[tuple[str, Reference]]:
    """Every reference of a quiz or a teaching guide with its file."""
    for item in manuscript.items():
        yield from ((item.file, reference) for reference in item.references)
    for lesson in manuscript.lessons():
        if lesson.guide:
            yield from ((f"{lesson.place}/teach.md", reference) for reference in lesson.guide.references)
