"""The outbox. A row says which letter is due to whom; its words are made when it is sent and kept nowhere."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from classroom.database import Model, UTCDateTime

Ids = dict[str, int | str]
_WAITING = sa.text("sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL")


class Letter(Model):
    """One letter to one recipient: a person, or an address where there is no person (or not yet their address)."""

    __tablename__ = "letter"
    __table_args__ = (sa.Index("ix_letter_waiting", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    """The business key: the event that this letter tells of. No secret and no address stands in it."""
    kind: Mapped[str] = mapped_column(sa.String(60))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sealed_address: Mapped[bytes | None]
    """Sealed for the key; gone once the letter is sent or dropped."""
    ids: Mapped[Ids] = mapped_column(sa.JSON)
    """What the maker of the letter needs to find things by."""
    message_id: Mapped[str] = mapped_column(sa.String(32))
    """The left part of the Message-ID, the same at every try."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Till then one worker has it."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often a worker took it, this time included."""
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When its time came, nobody wanted it any more."""
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Given up; staff may send it again."""
    last_error: Mapped[str] = mapped_column(sa.String(80), default="")
    """The class of what went wrong last: its words could hold an address."""


IS_WAITING = sa.and_(Letter.sent_at.is_(None), Letter.dropped_at.is_(None), Letter.dead_at.is_(None))
