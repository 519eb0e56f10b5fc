"""What the outbox holds of people, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom import phrases
from classroom.database import db
from classroom.mail.models import Letter
from classroom.retention import Holding, erase_rows, export_rows

KEPT_AFTER_SENDING = timedelta(days=30)
KEPT_AFTER_GIVING_UP = timedelta(days=90)


def _move(from_id: int, to_id: int) -> None:
    db.session.execute(sa.update(Letter).where(Letter.person_id == from_id).values(person_id=to_id))


HOLDINGS = (
    Holding(
        "letter",
        "person",
        phrases.WHY_LETTERS,
        phrases.KEPT_LETTERS,
        erase=erase_rows(Letter),
        export=export_rows(Letter, "kind", "created_at", "due_at", "sent_at"),
        move=_move,
    ),
)


def count_old_letters(now: datetime) -> int:
    """How many letters `purge_letters` would forget now."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Letter).where(_is_old(now))) or 0


def purge_letters(now: datetime) -> int:
    """Forget letters that were sent, dropped or given up long enough ago; how many. Call it in a write transaction."""
    return len(db.session.scalars(sa.delete(Letter).where(_is_old(now)).returning(Letter.id)).all())


def _is_old(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        Letter.sent_at <= now - KEPT_AFTER_SENDING,
        Letter.dropped_at <= now - KEPT_AFTER_SENDING,
        Letter.dead_at <= now - KEPT_AFTER_GIVING_UP,
    )
