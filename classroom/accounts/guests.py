"""Guests: made quietly at the first answer, forgotten 30 days after the last visit (see `idleness`)."""

from __future__ import annotations

from datetime import datetime

from classroom.accounts import sessions
from classroom.accounts.models import Person
from classroom.database import db
from classroom.permissions import Role


def begin_guest(now: datetime) -> tuple[Person, str]:
    """A new guest and the secret for the cookie. Call it in a write transaction."""
    guest = Person(role=Role.GUEST, created_at=now)
    db.session.add(guest)
    db.session.flush()
    return guest, sessions.begin(guest, now)
