"""What a reader keeps in a lesson: ticks of a checklist, and private notes that only their writer can read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from classroom import phrases
from classroom.content.blocks.checklist import Checklist
from classroom.content.blocks.reflect import Reflect
from classroom.content.model import Block, Lesson
from classroom.database import db
from classroom.errors import Missing, Refusal
from classroom.learning.models import Reflection, Ticks
from classroom.learning.turns import take_turn
from classroom.vault import Vault

Kept = TypeVar("Kept", Checklist, Reflect)

LONGEST_REFLECTION = 2000
PURPOSE = "reflection"

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls but tab and line feed, and lone surrogates."""


class ReflectionTooLong(Refusal):
    def __init__(self) -> None:
        super().__init__(phrases.REFLECTION_TOO_LONG)


def checklists(lesson: Lesson) -> list[Checklist]:
    """The lesson's lists to tick."""
    return [block for block in _blocks(lesson.blocks) if isinstance(block, Checklist)]


def reflects(lesson: Lesson) -> list[Reflect]:
    """The lesson's prompts to write about for oneself."""
    return [block for block in _blocks(lesson.blocks) if isinstance(block, Reflect)]


def checklist_of(lesson: Lesson, block_id: str) -> Checklist:
    """Raises `Missing`."""
    return _called(checklists(lesson), block_id)


def reflect_of(lesson: Lesson, block_id: str) -> Reflect:
    """Raises `Missing`."""
    return _called(reflects(lesson), block_id)


def _called(blocks: list[Kept], block_id: str) -> Kept:
    for block in blocks:
        if block.id == block_id:
            return block
    raise Missing("")


def _blocks(blocks: tuple[Block, ...]) -> list[Block]:
    inner = [within for block in blocks for within in _blocks(getattr(block, "blocks", ()))]
    return [*blocks, *inner]


def ticks(person_id: int, lesson_id: str) -> Mapping[str, Collection[str]]:
    """Block id → ids of ticked items."""
    rows = db.session.scalars(sa.select(Ticks).where(Ticks.person_id == person_id, Ticks.lesson_id == lesson_id))
    return {row.block_id: row.items for row in rows}


def tick(person_id: int, lesson: Lesson, checklist: Checklist, ticked: Collection[str]) -> None:
    """Remember these items as the ticked ones; what the list does not have is left out. In a write transaction."""
    take_turn(person_id)
    items = [item.id for item in checklist.items if item.id in ticked]
    db.session.merge(Ticks(person_id=person_id, lesson_id=lesson.id, block_id=checklist.id, items=items))


def reflections(person_id: int, lesson_id: str, vault: Vault) -> Mapping[str, str]:
    """Block id → the text its writer kept."""
    query = sa.select(Reflection).where(Reflection.person_id == person_id, Reflection.lesson_id == lesson_id)
    return {row.block_id: open_note(row, vault) for row in db.session.scalars(query)}


def note_from(text: str) -> str:
    """A note as it is kept: NFC, plain line ends, nothing that no page can show. Raises `ReflectionTooLong`."""
    shown = _UNSHOWABLE.sub("", text.replace("\r\n", "\n")).strip()
    if len(shown) > LONGEST_REFLECTION:
        raise ReflectionTooLong
    return unicodedata.normalize("NFC", shown)


def keep(person_id: int, lesson: Lesson, reflect: Reflect, note: str, vault: Vault, now: datetime) -> None:
    """Seal and keep what `note_from` gave. In a write transaction."""
    take_turn(person_id)
    sealed = vault.seal(note, purpose=PURPOSE, owner=str(person_id))
    db.session.merge(
        Reflection(person_id=person_id, lesson_id=lesson.id, block_id=reflect.id, sealed=sealed, kept_at=now)
    )


def forget(person_id: int, lesson: Lesson, reflect: Reflect) -> None:
    """Take a kept note away. In a write transaction."""
    db.session.execute(
        sa.delete(Reflection).where(
            Reflection.person_id == person_id, Reflection.lesson_id == lesson.id, Reflection.block_id == reflect.id
        )
    )


def open_note(row: Reflection, vault: Vault) -> str:
    """The text of one note."""
    return vault.open_sealed(row.sealed, purpose=PURPOSE, owner=str(row.person_id))
