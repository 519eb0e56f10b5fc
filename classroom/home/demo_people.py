"""Demo people with accounts: one a role and a duty, with passwords and TOTP secrets that only this installation has."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from classroom import phrases
from classroom.accounts import addresses, passwords, sessions
from classroom.accounts.models import Person
from classroom.accounts.second_factor import SEALED_FOR
from classroom.content.model import Library
from classroom.database import db
from classroom.errors import Missing
from classroom.home import demo
from classroom.permissions import Duty, Role
from classroom.vault import Vault


@dataclass(frozen=True, slots=True)
class DemoPerson:
    id: str
    role: Role = Role.LEARNER
    duties: frozenset[Duty] = frozenset()

    @property
    def email(self) -> str:
        return f"{self.id}@example.org"

    @property
    def name(self) -> str:
        return phrases.DEMO_PEOPLE[self.id]

    def password(self, key: str) -> str:
        return f"demo-{_derived(key, 'password', self.id).hex()[:12]}"

    def totp_secret(self, key: str) -> str:
        """Base32; empty for those who need no second factor."""
        return base64.b32encode(_derived(key, "totp", self.id)[:20]).decode() if self.duties else ""


PEOPLE = {
    person.id: person
    for person in (
        DemoPerson("student"),
        DemoPerson("teacher", Role.TEACHER),
        DemoPerson("journalist"),
        DemoPerson("facilitator", duties=frozenset({Duty.FACILITATOR})),
        DemoPerson("editor", duties=frozenset({Duty.EDITOR})),
        DemoPerson("operator", duties=frozenset({Duty.OPERATOR})),
    )
}
HAS_LEARNT = "student"
"""Halfway through the first course."""


def _derived(key: str, what: str, person_id: str) -> bytes:
    """The same on every start of one installation, guessable on none."""
    return hmac.new(key.encode(), f"demo\0{what}\0{person_id}".encode(), hashlib.sha256).digest()


def fill(library: Library, key: str, vault: Vault, now: datetime) -> bool:
    """Make those who are not there; whether any were made. Call it in a write transaction."""
    missing = [one for one in PEOPLE.values() if addresses.owner(one.email) is None]
    for one in missing:
        person = _make(one, key, vault, now)
        if one.id == HAS_LEARNT:
            demo.learn_half(person.id, library, now)
    return bool(missing)


def _make(one: DemoPerson, key: str, vault: Vault, now: datetime) -> Person:
    person = Person(
        role=one.role,
        created_at=now,
        name=one.name,
        email=one.email,
        email_key=one.email,
        email_confirmed_at=now,
        password_hash=passwords.make_hash(one.password(key)),
    )
    person.duties = one.duties
    db.session.add(person)
    db.session.flush()
    if one.duties:
        person.totp_secret = vault.seal(one.totp_secret(key), purpose=SEALED_FOR, owner=str(person.id))
        person.totp_confirmed_at = now
        db.session.flush()
    return person


def become(person_id: str, now: datetime) -> str:
    """A new session of a demo person; the secret for the cookie. Raises `Missing`. Call it in a write transaction."""
    person = addresses.owner(PEOPLE[person_id].email) if person_id in PEOPLE else None
    if person is None:
        raise Missing("")
    return sessions.begin(person, now, proved_at=now, second_factor_at=now if person.has_totp else None)


def sign_ins(key: str) -> Iterator[str]:
    """A line a person: what to sign in with."""
    for one in PEOPLE.values():
        totp = f"  TOTP secret {one.totp_secret(key)}" if one.duties else ""
        yield f"{one.email:24} {one.password(key)}{totp}"
