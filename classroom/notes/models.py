"""The table of notes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from classroom.database import Model, UTCDateTime


class NoteKind(StrEnum):
    MISTAKE = "mistake"
    """Something in a lesson is wrong."""
    WORRY = "worry"
    """Something weighs on somebody, or somebody harasses them."""


class Note(Model):
    """What somebody told us. Nothing says who: not a person, not an address, but what they wrote themselves."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Tells the same words from the same sender in the same hour, by a key that is thrown away with the day."""
    kind: Mapped[NoteKind] = mapped_column(
        sa.Enum(NoteKind, native_enum=False, length=20, values_callable=lambda kinds: [one.value for one in kinds])
    )
    lesson_id: Mapped[str | None] = mapped_column(sa.String(80))
    lesson_version: Mapped[str | None] = mapped_column(sa.String(64))
    """The library's, as it was when the note was written: the lesson may have been mended since."""
    sealed_text: Mapped[bytes]
    sealed_contact: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
