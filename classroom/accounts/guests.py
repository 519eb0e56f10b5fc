"""Guests: made quietly at the first answer, forgotten 30 days after the last visit."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from classroom.accounts import sessions
from classroom.accounts.models import DeviceSession, Person
from classroom.database import db
from classroom.permissions import Role
from classroom.retention import Register


def begin_guest(now: datetime) -> tuple[Person, str]:
    """A new guest and the secret for the cookie. Call it in a write transaction."""
    guest = Person(role=Role.GUEST, created_at=now)
    db.session.add(guest)
    db.session.flush()
    return guest, sessions.begin(guest, now)


def forgotten_guests(now: datetime) -> list[int]:
    """Ids of guests of whom no device came back for 30 days."""
    came_back = sa.select(DeviceSession.person_id).where(DeviceSession.seen_at > now - sessions.GUEST_IDLE)
    query = sa.select(Person.id).where(
        Person.role == Role.GUEST, Person.created_at <= now - sessions.GUEST_IDLE, Person.id.not_in(came_back)
    )
    return list(db.session.scalars(query))


def purge_guests(register: Register, now: datetime) -> int:
    """Erase every forgotten guest; how many. Safe to run twice. Call it in a write transaction."""
    forgotten = forgotten_guests(now)
    for person_id in forgotten:
        register.erase_person(person_id)
    return len(forgotten)
