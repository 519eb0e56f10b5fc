"""Content notes: the lesson's own level is at least that of every note in it."""

from __future__ import annotations

from collections.abc import Iterator

from classroom.content.blocks.note import Note
from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for lesson in manuscript.lessons():
        levels = [block.level for block in lesson.blocks if isinstance(block, Note)]
        if lesson.front and max(levels, default=0) > lesson.front.shape.content_note:
            message = f"`content_note` must be at least {max(levels)}, the level of a note in the lesson."
            yield Problem(lesson.file, lesson.front.lines.at("content_note"), message)
