"""Being known on a device: a secret in a cookie, its digest in a row that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom.accounts.models import DeviceSession, Person
from classroom.database import db, transaction
from classroom.permissions import Role

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


@dataclass(frozen=True, slots=True)
class Known:
    """Who sent a request: what every page needs to know of a person, in one row."""

    id: int
    role: Role
    created_at: datetime
    seen_at: datetime
    """When this device was last noted, to the day."""
    secret_digest: str

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)


_FIND = (
    sa.select(Person.id, Person.role, Person.created_at, DeviceSession.seen_at, DeviceSession.secret_digest)
    .join(DeviceSession, DeviceSession.person_id == Person.id)
    .where(DeviceSession.secret_digest == sa.bindparam("digest"), DeviceSession.seen_at > sa.bindparam("since"))
)


def find(secret: str, now: datetime) -> Known | None:
    """Whom this secret belongs to, unless the session ended or idled out."""
    row = db.session.execute(_FIND, {"digest": digest(secret), "since": now - GUEST_IDLE}).first()
    return Known(*row) if row else None


def note_use(known: Known, now: datetime) -> bool:
    """Remember that the device is alive, once a day, in a transaction of its own. True when it was due."""
    if now - known.seen_at < SEEN_EVERY:
        return False
    with transaction() as change:
        change.execute(
            sa.update(DeviceSession).where(DeviceSession.secret_digest == known.secret_digest).values(seen_at=now)
        )
    return True
