"""Who does not come any more: guests and cards are forgotten, accounts are warned first (security.md A6)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom.accounts import sessions
from classroom.accounts.models import Card, CardSet, DeviceSession, Person
from classroom.database import db
from classroom.mail import outbox
from classroom.permissions import Role

ACCOUNT_IDLE = timedelta(days=730)
"""24 months."""
WARNED_BEFORE = timedelta(days=30)
CARDS_CLOSED = timedelta(days=90)
LETTER = "idle-account"


def guests_due(now: datetime) -> sa.Select[int]:
    """Guests of whom no device came back for 30 days."""
    return sa.select(Person.id).where(Person.role == Role.GUEST, _not_here_since(now - sessions.GUEST_IDLE))


def cards_due(now: datetime) -> sa.Select[int]:
    """Card learners whose set of cards was closed 90 days ago."""
    of_closed_sets = sa.select(Card.person_id).join(CardSet).where(CardSet.closed_at <= now - CARDS_CLOSED)
    return sa.select(Person.id).where(Person.role == Role.CARD, Person.id.in_(of_closed_sets))


def accounts_due(now: datetime) -> sa.Select[int]:
    """Accounts and cards that nobody used for 24 months, at least 30 days after the warning of it."""
    return sa.select(Person.id).where(
        Person.role != Role.GUEST,
        _not_here_since(now - ACCOUNT_IDLE),
        Person.warned_at <= now - WARNED_BEFORE,
        sa.not_(_is_to_be_warned(now)),
    )


def warn(now: datetime) -> int:
    """Post the letters to accounts that will be erased in 30 days unless somebody comes; how many.

    Where there is no address, the 30 days run as well. Call it in a write transaction.
    """
    is_idle = _not_here_since(now - ACCOUNT_IDLE + WARNED_BEFORE)
    warned = (
        sa.update(Person)
        .where(Person.role != Role.GUEST, is_idle, _is_to_be_warned(now))
        .values(warned_at=now)
        .returning(Person.id)
    )
    ids = db.session.scalars(warned).all()
    for person_id in ids:
        outbox.post(LETTER, key=f"{LETTER} {person_id} {now.isoformat()}", person_id=person_id, now=now)
    return len(ids)


def _is_to_be_warned(now: datetime) -> sa.ColumnElement[bool]:
    """Never, or so long ago that they have been here since."""
    return sa.or_(Person.warned_at.is_(None), Person.warned_at <= now - ACCOUNT_IDLE + WARNED_BEFORE)


def _not_here_since(moment: datetime) -> sa.ColumnElement[bool]:
    """Neither came, nor went, nor used a device that is known, later than this."""
    came_back = sa.select(DeviceSession.person_id).where(DeviceSession.seen_at > moment)
    return sa.and_(
        Person.created_at <= moment,
        sa.or_(Person.seen_at.is_(None), Person.seen_at <= moment),
        Person.id.not_in(came_back),
    )


def was_here_since(person_id: int, moment: datetime) -> bool:
    """Whether somebody came back: then a warning is not wanted any more."""
    is_idle = sa.select(Person.id).where(Person.id == person_id, _not_here_since(moment))
    return db.session.scalar(is_idle) is None
