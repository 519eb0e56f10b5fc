"""What must hold between the files, and in every line of them. One file a family."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from classroom.content import ids
from classroom.content.checks import (
    catalogue,
    links,
    markup,
    notes,
    personal,
    pictures,
    quizzes,
    sources,
    typography,
    uniqueness,
    wording,
)
from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem

FAMILIES: tuple[Callable[[Manuscript], Iterator[Problem]], ...] = (
    catalogue.check,
    ids.check,
    links.check,
    markup.check,
    notes.check,
    personal.check,
    pictures.check,
    quizzes.check,
    sources.check,
    typography.check,
    uniqueness.check,
    wording.check,
)


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """Every problem that any family finds."""
    for family in FAMILIES:
        yield from family(manuscript)
