"""How letters fare, for the staff desk: kinds, times and errors; never to whom, never a word of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from classroom.database import db
from classroom.mail.models import IS_WAITING, Letter

LATELY = timedelta(days=7)
LATE = timedelta(minutes=10)
"""A letter that nobody took for so long after it fell due says that no worker is at work."""
MOST_SHOWN = 50
_IS_DEAD = Letter.dead_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Overview:
    """The outbox at one moment."""

    waiting_count: int
    dead_count: int
    sent_lately: Sequence[tuple[str, int]]
    """Kind and number, over `LATELY`, most first."""
    waiting: Sequence[Letter]
    """Due first is first. `MOST_SHOWN` at most; so are the dead, given up last first. Neither holds an address."""
    dead: Sequence[Letter]
    is_late: bool

    @property
    def sent_count(self) -> int:
        return sum(count for _, count in self.sent_lately)


def overview(now: datetime) -> Overview:
    """The outbox at `now`."""
    waiting = _shown(IS_WAITING, Letter.due_at.asc())
    return Overview(
        waiting_count=_count(IS_WAITING),
        dead_count=_count(_IS_DEAD),
        sent_lately=_sent_since(now - LATELY),
        waiting=waiting,
        dead=_shown(_IS_DEAD, Letter.dead_at.desc()),
        is_late=bool(waiting) and waiting[0].due_at < now - LATE,
    )


def _shown(which: sa.ColumnElement[bool], order: sa.UnaryExpression[Any]) -> Sequence[Letter]:
    columns = load_only(Letter.kind, Letter.due_at, Letter.dead_at, Letter.tries, Letter.last_error, raiseload=True)
    query = sa.select(Letter).options(columns).where(which).order_by(order, Letter.id).limit(MOST_SHOWN)
    return db.session.scalars(query).all()


def _count(which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Letter).where(which)) or 0


def _sent_since(moment: datetime) -> list[tuple[str, int]]:
    number = sa.func.count().label("number")
    query = sa.select(Letter.kind, number).where(Letter.sent_at > moment).group_by(Letter.kind)
    return [(kind, count) for kind, count in db.session.execute(query.order_by(number.desc(), Letter.kind))]
