"""How letters fare, for the staff desk: kinds, times and errors; never to whom, never a word of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from classroom.database import db
from classroom.mail.models import IS_WAITING, Letter

LATELY = timedelta(days=7)
MOST_SHOWN = 50
_IS_DEAD = Letter.dead_at.is_not(None)


class LetterLine(NamedTuple):
    """A letter as staff see it."""

    id: int
    kind: str
    at: datetime
    """When it is due, or was given up."""
    tries: int
    last_error: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The outbox at one moment."""

    waiting_count: int
    dead_count: int
    sent_lately: Sequence[tuple[str, int]]
    """Kind and number, over `LATELY`, most first."""
    waiting: Sequence[LetterLine]
    """Due soonest first, `MOST_SHOWN` at most; so are the dead, given up last first."""
    dead: Sequence[LetterLine]

    @property
    def sent_count(self) -> int:
        return sum(count for _, count in self.sent_lately)


def overview(now: datetime) -> Overview:
    """The outbox at `now`."""
    return Overview(
        waiting_count=_count(IS_WAITING),
        dead_count=_count(_IS_DEAD),
        sent_lately=_sent_since(now - LATELY),
        waiting=_lines(IS_WAITING, Letter.due_at, Letter.due_at.asc()),
        dead=_lines(_IS_DEAD, Letter.dead_at, Letter.dead_at.desc()),
    )


def _count(which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Letter).where(which)) or 0


def _sent_since(moment: datetime) -> list[tuple[str, int]]:
    number = sa.func.count().label("number")
    query = sa.select(Letter.kind, number).where(Letter.sent_at > moment).group_by(Letter.kind)
    return [(kind, count) for kind, count in db.session.execute(query.order_by(number.desc(), Letter.kind))]


def _lines(
    which: sa.ColumnElement[bool], at: sa.ColumnElement[datetime | None], order: sa.ColumnElement[datetime | None]
) -> list[LetterLine]:
    query = sa.select(Letter.id, Letter.kind, at, Letter.tries, Letter.last_error).where(which)
    return [LetterLine(*row) for row in db.session.execute(query.order_by(order, Letter.id).limit(MOST_SHOWN))]
