"""Being known on a device: a secret in a cookie, its digest in a row that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom.accounts.models import DeviceSession, Person
from classroom.database import db, transaction

GUEST_IDLE = timedelta(days=30)
"""security.md A6."""
SEEN_EVERY = timedelta(days=1)


def digest(secret: str) -> str:
    """What is stored of a 256-bit random secret; nothing slower is needed for one that cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin(person: Person, now: datetime) -> str:
    """A new session of `person`; the secret for the cookie, which is shown to nobody else and never stored."""
    secret = secrets.token_urlsafe(32)
    db.session.add(DeviceSession(secret_digest=digest(secret), person_id=person.id, created_at=now, seen_at=now))
    db.session.flush()
    return secret


def find(secret: str, now: datetime) -> tuple[Person, DeviceSession] | None:
    """Whom this secret belongs to, unless the session ended or idled out."""
    query = (
        sa.select(Person, DeviceSession)
        .join(DeviceSession, DeviceSession.person_id == Person.id)
        .where(DeviceSession.secret_digest == digest(secret), DeviceSession.seen_at > now - GUEST_IDLE)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def note_use(session: DeviceSession, now: datetime) -> bool:
    """Remember that the session is alive, once a day, in a transaction of its own. True when it was due."""
    if now - session.seen_at < SEEN_EVERY:
        return False
    with transaction() as change:
        change.execute(
            sa.update(DeviceSession).where(DeviceSession.secret_digest == session.secret_digest).values(seen_at=now)
        )
    return True
