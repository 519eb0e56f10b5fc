"""What somebody sees of how their account is guarded: devices, second factors, and who opened their work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from classroom import audit, phrases, thai
from classroom.accounts import passkeys, recovery, sessions
from classroom.accounts.models import DeviceSession, Passkey, Person
from classroom.accounts.sessions import Known
from classroom.database import db


@dataclass(frozen=True, slots=True)
class Device:
    """A browser the person is known on. What kind of browser it is, or where, nobody here knows."""

    id: str
    """The digest of its secret: a name for it, no key to it."""
    is_this: bool
    is_shared: bool
    began_on: str
    last_seen: str
    """By day: today, yesterday, or the date."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened the person's work."""

    who: str
    on: str


@dataclass(frozen=True, slots=True)
class Overview:
    has_second_factor: bool
    """Of any kind."""
    is_half: bool
    """There is one, and it was not given on this device."""
    passkeys: Sequence[Passkey]
    codes_left: int
    devices: Sequence[Device]
    looks: Sequence[Look]


def overview(known: Known, now: datetime) -> Overview:
    """All of it, for the person themselves."""
    own_passkeys = passkeys.of_person(known.id)
    has_any = db.session.get_one(Person, known.id).has_totp or bool(own_passkeys)
    return Overview(
        has_second_factor=has_any,
        is_half=has_any and not known.has_second_factor,
        passkeys=own_passkeys,
        codes_left=recovery.left(known.id) if has_any else 0,
        devices=devices(known, now),
        looks=looks(known.id, now),
    )


def devices(known: Known, now: datetime) -> list[Device]:
    """The devices on which the person is signed in now, this one first, then the last used."""
    alive = [row for row in sessions.devices(known.id) if _is_alive(row, known, now)]
    alive.sort(key=lambda row: row.secret_digest != known.secret_digest)
    return [
        Device(
            id=row.secret_digest,
            is_this=row.secret_digest == known.secret_digest,
            is_shared=row.is_shared,
            began_on=day_words(row.created_at, now),
            last_seen=day_words(row.seen_at, now),
        )
        for row in alive
    ]


def _is_alive(row: DeviceSession, known: Known, now: datetime) -> bool:
    rule = sessions.lifetime(known.role, known.duties, is_shared=row.is_shared)
    return sessions.is_alive(row.seen_at, row.created_at, rule, now)


def looks(person_id: int, now: datetime) -> list[Look]:
    """Who opened the person's work, the last first; who is gone has no name any more."""
    entries = audit.seen_by(person_id)
    names = _names({entry.actor_id for entry in entries if entry.actor_id is not None})
    return [
        Look(names.get(entry.actor_id or 0) or phrases.SOMEBODY_GONE, day_words(entry.at, now)) for entry in entries
    ]


def _names(person_ids: set[int]) -> dict[int, str | None]:
    if not person_ids:
        return {}
    query = sa.select(Person.id, Person.name).where(Person.id.in_(person_ids))
    return {row.id: row.name for row in db.session.execute(query)}


def day_words(moment: datetime, now: datetime) -> str:
    """Today, yesterday, or the date, in Bangkok."""
    day, today = thai.today(moment), thai.today(now)
    if day == today:
        return phrases.TODAY
    return phrases.YESTERDAY if _is_day_before(day, today) else thai.date_long(day)


def _is_day_before(day: date, today: date) -> bool:
    return today - day == timedelta(days=1)
