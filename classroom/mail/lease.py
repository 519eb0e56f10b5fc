"""Who has a letter: a worker takes it for a while, and then says what became of it.

A worker that dies says nothing; its lease runs out and another takes the letter. So a letter is sent at least once and
never promised to be sent only once (security.md E27).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from classroom.database import db, transaction
from classroom.mail.models import IS_WAITING, Letter

LEASE = timedelta(minutes=5)
"""Longer than all the waiting of one SMTP conversation."""
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""Before the second try, the third, …"""
MOST_TRIES = len(DELAYS) + 1
WORKER_LOST = "WorkerLost"
"""What a letter dies of whose worker never came back from the last try."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's right to one try at one letter."""

    letter_id: int
    tries: int
    """Which try: of two workers that believe to have the letter, the later has the higher number."""


def take(now: datetime) -> Lease | None:
    """Take the letter that is due longest, for `LEASE`; None when none is due. In a transaction of its own."""
    if not _is_any_due(now):
        return None
    with transaction():
        _bury_the_lost(now)
        letter = db.session.execute(
            sa.select(Letter.id, Letter.tries)
            .where(_is_due(now))
            .order_by(Letter.due_at, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        return None if letter is None else _leased(letter.id, letter.tries, now)


def _is_any_due(now: datetime) -> bool:
    """A look that lets writers write: an idle worker takes no turn of theirs."""
    found = db.session.scalar(sa.select(Letter.id).where(_is_due(now)).limit(1))
    db.session.rollback()
    return found is not None


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(IS_WAITING, Letter.due_at <= now, sa.or_(Letter.leased_until.is_(None), Letter.leased_until <= now))


def _bury_the_lost(now: datetime) -> None:
    """The last try of these began and never ended."""
    db.session.execute(
        sa.update(Letter)
        .where(_is_due(now), Letter.tries >= MOST_TRIES)
        .values(dead_at=now, leased_until=None, last_error=WORKER_LOST)
    )


def _leased(letter_id: int, tries: int, now: datetime) -> Lease | None:
    taken = (
        sa.update(Letter)
        .where(Letter.id == letter_id, Letter.tries == tries, _is_due(now))
        .values(leased_until=now + LEASE, tries=tries + 1)
    )
    found = db.session.execute(taken.returning(Letter.id)).first()
    return None if found is None else Lease(letter_id, tries + 1)


def sent(lease: Lease, now: datetime) -> None:
    """It went out: true even if the lease ran out meanwhile."""
    is_not_yet_sent = sa.and_(Letter.id == lease.letter_id, Letter.sent_at.is_(None))
    _settle(is_not_yet_sent, sent_at=now, dead_at=None, sealed_address=None)


def dropped(lease: Lease, now: datetime) -> None:
    """Nobody wants it any more."""
    _settle(_is_held_by(lease), dropped_at=now, sealed_address=None)


def failed(lease: Lease, error: Exception, now: datetime, *, for_good: bool = False) -> None:
    """It could not be sent: it waits for its next try, or is dead after the last (or `for_good`)."""
    name = type(error).__name__[:80]
    if for_good or lease.tries >= MOST_TRIES:
        _settle(_is_held_by(lease), dead_at=now, last_error=name)
    else:
        _settle(_is_held_by(lease), due_at=now + DELAYS[lease.tries - 1], last_error=name)


def _is_held_by(lease: Lease) -> sa.ColumnElement[bool]:
    return sa.and_(Letter.id == lease.letter_id, Letter.tries == lease.tries, IS_WAITING)


def _settle(which: sa.ColumnElement[bool], **values: Any) -> None:
    with transaction() as session:
        session.execute(sa.update(Letter).where(which).values(leased_until=None, **values))
