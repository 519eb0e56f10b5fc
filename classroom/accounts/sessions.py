"""Being known on a device: a secret in a cookie, its digest in a row that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from classroom.accounts.models import DeviceSession, Person
from classroom.database import db, transaction
from classroom.permissions import Duty, Role


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a device is remembered (security.md A6)."""

    idle: timedelta
    longest: timedelta | None
    """From the sign-in; None for as long as it is used."""
    noted_every: timedelta
    """How exactly its last use is known: no finer than the idle time needs."""


SHARED = Lifetime(timedelta(minutes=20), timedelta(hours=2), timedelta(minutes=1))
STAFF = Lifetime(timedelta(hours=12), None, timedelta(minutes=30))
TEACHER = Lifetime(timedelta(days=7), None, timedelta(days=1))
LEARNER = Lifetime(timedelta(days=30), None, timedelta(days=1))
GUEST_IDLE = LEARNER.idle
LONGEST_IDLE = LEARNER.idle

FRESH_FOR = timedelta(minutes=10)
"""How long a proof of who one is lasts for what asks for it anew: export, role change, deletion."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who sent a request: what every page needs to know of a person, in one row."""

    id: int
    role: Role
    duties_granted: str
    created_at: datetime
    name: str | None
    is_confirmed: bool
    seen_at: datetime
    session_began_at: datetime
    is_shared: bool
    proved_at: datetime | None
    second_factor_at: datetime | None
    secret_digest: str

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    @property
    def duties(self) -> frozenset[Duty]:
        return frozenset(Duty(name) for name in self.duties_granted.split())

    @property
    def is_guest(self) -> bool:
        return self.role is Role.GUEST

    @property
    def has_second_factor(self) -> bool:
        """Was it given on this device?"""
        return self.second_factor_at is not None

    def is_fresh(self, now: datetime) -> bool:
        """Did they prove who they are a moment ago?"""
        return self.proved_at is not None and now - self.proved_at < FRESH_FOR

    @property
    def lifetime(self) -> Lifetime:
        return lifetime(self.role, self.duties, is_shared=self.is_shared)


def lifetime(role: Role, duties: frozenset[Duty], *, is_shared: bool) -> Lifetime:
    """The rule for a device of such a person."""
    if is_shared:
        return SHARED
    if duties:
        return STAFF
    return TEACHER if role is Role.TEACHER else LEARNER


def digest(secret: str) -> str:
    """What is stored of a 256-bit random secret; nothing slower is needed for one that cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin(
    person: Person,
    now: datetime,
    *,
    is_shared: bool = False,
    proved_at: datetime | None = None,
    second_factor_at: datetime | None = None,
) -> str:
    """A new session of `person`; the secret for the cookie, which is shown to nobody else and never stored.

    Call it in a write transaction. A sign-in always begins a new one, so that a secret planted before is worth nothing.
    """
    secret = secrets.token_urlsafe(32)
    db.session.add(
        DeviceSession(
            secret_digest=digest(secret),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            is_shared=is_shared,
            proved_at=proved_at,
            second_factor_at=second_factor_at,
        )
    )
    db.session.flush()
    return secret


_FIND = (
    sa.select(
        Person.id,
        Person.role,
        Person.duties_granted,
        Person.created_at,
        Person.name,
        Person.email_confirmed_at.is_not(None),
        DeviceSession.seen_at,
        DeviceSession.created_at,
        DeviceSession.is_shared,
        DeviceSession.proved_at,
        DeviceSession.second_factor_at,
        DeviceSession.secret_digest,
    )
    .join(DeviceSession, DeviceSession.person_id == Person.id)
    .where(
        DeviceSession.secret_digest == sa.bindparam("digest"),
        DeviceSession.seen_at > sa.bindparam("since"),
        Person.suspended_at.is_(None),
        Person.erase_after.is_(None),
    )
)
_IS_WHOLE = sa.or_(Person.totp_confirmed_at.is_(None), DeviceSession.second_factor_at.is_not(None))
"""Whoever has set up codes as a second step is nobody on a device until it has been given there."""
_FIND_WHOLE, _FIND_WAITING = _FIND.where(_IS_WHOLE), _FIND.where(sa.not_(_IS_WHOLE))


def find(secret: str, now: datetime) -> Known | None:
    """Whom this secret belongs to, unless the session ended or idled out, or the person is suspended or leaving."""
    return _known(_FIND_WHOLE, secret, now)


def find_waiting(secret: str, now: datetime) -> Known | None:
    """Who proved themselves on this device minutes ago and has yet to give the second factor."""
    known = _known(_FIND_WAITING, secret, now)
    return known if known and known.is_fresh(now) else None


def _known(query: sa.Executable, secret: str, now: datetime) -> Known | None:
    row = db.session.execute(query, {"digest": digest(secret), "since": now - LONGEST_IDLE}).first()
    known = Known(*cast(Any, row)) if row else None
    return known if known and is_alive(known.seen_at, known.session_began_at, known.lifetime, now) else None


def is_alive(seen_at: datetime, began_at: datetime, rule: Lifetime, now: datetime) -> bool:
    """Is a session of this age and idleness still good? A clock that ran ahead does not shorten it."""
    return now - seen_at < rule.idle and (rule.longest is None or now - began_at < rule.longest)


def note_use(known: Known, now: datetime) -> bool:
    """Remember that the device is alive, when it is due, in a transaction of its own. True when it was."""
    if now - known.seen_at < known.lifetime.noted_every:
        return False
    with transaction() as change:
        change.execute(
            sa.update(DeviceSession).where(DeviceSession.secret_digest == known.secret_digest).values(seen_at=now)
        )
    return True


def prove_again(known: Known, now: datetime, *, second_factor: bool = False) -> None:
    """The person proved who they are once more on this device. Call it in a write transaction."""
    values = {"proved_at": now} | ({"second_factor_at": now} if second_factor else {})
    db.session.execute(
        sa.update(DeviceSession).where(DeviceSession.secret_digest == known.secret_digest).values(values)
    )


def renew(known: Known, now: datetime, *, proved: bool = False, second_factor: bool = False) -> str:
    """A new secret for this device, at a second factor and at a change of role: what was known before is worth nothing.

    `proved` and `second_factor` say what was just given. Call it in a write transaction.
    """
    secret = secrets.token_urlsafe(32)
    given = {"proved_at": now} if proved else {}
    given |= {"second_factor_at": now} if second_factor else {}
    db.session.execute(
        sa.update(DeviceSession)
        .where(DeviceSession.secret_digest == known.secret_digest)
        .values(secret_digest=digest(secret), **given)
    )
    return secret


def end(secret: str) -> None:
    """Forget this device. Call it in a write transaction."""
    _forget(DeviceSession.secret_digest == digest(secret))


def end_device(person_id: int, secret_digest: str) -> bool:
    """Forget one device of a person; False when there is none such. Call it in a write transaction."""
    if secret_digest not in {device.secret_digest for device in devices(person_id)}:
        return False
    return _forget(DeviceSession.secret_digest == secret_digest) > 0


def end_all(person_id: int, *, but_digest: str = "") -> int:
    """Forget every device of a person, perhaps but one; how many. Call it in a write transaction."""
    return _forget(sa.and_(DeviceSession.person_id == person_id, DeviceSession.secret_digest != but_digest))


def end_over(now: datetime) -> int:
    """Forget every device that `find` no longer knows; how many. Call it in a write transaction."""
    return _forget(sa.or_(*_over(now)))


def _over(now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    """`is_alive` for rows: one condition a kind of device."""
    is_staff = DeviceSession.person_id.in_(sa.select(Person.id).where(Person.duties_granted != ""))
    is_teacher = DeviceSession.person_id.in_(sa.select(Person.id).where(Person.role == Role.TEACHER))
    kinds = ((SHARED, DeviceSession.is_shared), (STAFF, is_staff), (TEACHER, is_teacher), (LEARNER, sa.true()))
    for rule, whose in kinds:
        yield sa.and_(whose, DeviceSession.seen_at <= now - rule.idle)
        if rule.longest is not None:
            yield sa.and_(whose, DeviceSession.created_at <= now - rule.longest)


def _forget(devices: sa.ColumnElement[bool]) -> int:
    """Their people keep the time when they were last here, which tells when an account has been idle for long."""
    last_here = sa.select(sa.func.max(DeviceSession.seen_at)).where(DeviceSession.person_id == Person.id)
    of_devices = Person.id.in_(sa.select(DeviceSession.person_id).where(devices))
    is_later = sa.or_(Person.seen_at.is_(None), Person.seen_at < last_here.scalar_subquery())
    db.session.execute(
        sa.update(Person).where(of_devices, is_later).values(seen_at=last_here.scalar_subquery()),
        execution_options={"synchronize_session": False},
    )
    gone = sa.delete(DeviceSession).where(devices).returning(DeviceSession.secret_digest)
    return len(db.session.execute(gone, execution_options={"synchronize_session": False}).all())


def devices(person_id: int) -> list[DeviceSession]:
    """The devices a person is known on, the last used first."""
    query = sa.select(DeviceSession).where(DeviceSession.person_id == person_id)
    return list(db.session.scalars(query.order_by(DeviceSession.seen_at.desc())))
