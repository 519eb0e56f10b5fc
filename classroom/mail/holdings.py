"""What the outbox holds of people, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom import phrases
from classroom.database import db
from classroom.mail.models import Letter
from classroom.retention import Holding, Rule, delete_rows, erase_rows, export_rows

KEPT_AFTER_SENDING = timedelta(days=30)
KEPT_AFTER_GIVING_UP = timedelta(days=90)


def _is_old(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        Letter.sent_at <= now - KEPT_AFTER_SENDING,
        Letter.dropped_at <= now - KEPT_AFTER_SENDING,
        Letter.dead_at <= now - KEPT_AFTER_GIVING_UP,
    )


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
        rules=(Rule("letters", rows=delete_rows(Letter, _is_old)),),
    ),
)
