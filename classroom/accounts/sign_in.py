"""Signing in with an address and a password: one hash, whoever is asked about, and a new session.

`prove` reads and thinks and lets go of the database; `enter` is the short rest, in a write transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from classroom import audit, phrases
from classroom.accounts import addresses, merging, passwords, sessions
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.audit import Action
from classroom.database import db, stop_reading
from classroom.errors import Refusal
from classroom.retention import Register


class WrongPair(Refusal):
    """No account has this address and this password; nobody learns which of the two is wrong."""

    def __init__(self) -> None:
        super().__init__(phrases.WRONG_PAIR)


class Shut(Refusal):
    """The password was right, and the account is suspended or waits to be erased."""

    status = 403


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody knew the password of this person a moment ago."""

    person_id: int
    password_hash: str
    """The one it was checked against."""
    renewed_hash: str | None
    """To be stored in its place, where the parameters have changed since."""


def prove(address: str, password: str) -> Proof:
    """Raises `WrongPair`, or `TooManyAtOnce`. Costs one hash, and one more where a right password's hash is renewed."""
    return _prove(Person.email_key == _key(address), password)


def prove_again(person_id: int, password: str) -> Proof:
    """As `prove`, of somebody who is signed in."""
    return _prove(Person.id == person_id, password)


def _prove(who: sa.ColumnElement[bool], password: str) -> Proof:
    found = db.session.execute(sa.select(Person.id, Person.password_hash).where(who)).first()
    person_id, stored = (found.id, found.password_hash) if found is not None else (None, None)
    stop_reading()
    if not passwords.is_right(stored, password) or person_id is None or stored is None:
        raise WrongPair
    renewed = passwords.make_hash(password) if passwords.needs_renewal(stored) else None
    return Proof(person_id, stored, renewed)


def _key(address: str) -> str:
    """Of what is no address at all, a key that nobody has."""
    try:
        return addresses.parse(address).key
    except addresses.NotAnAddress:
        return ""


def enter(
    proof: Proof, visitor: Known | None, old_secret: str | None, register: Register, *, is_shared: bool, now: datetime
) -> tuple[Person, str]:
    """Who is signed in now, and the secret of their new session; what `visitor` did as a guest is theirs.

    Somebody with a second factor is nobody yet: see `sessions.find_waiting`. Raises `WrongPair` where the password
    was changed meanwhile, or `Shut`. Call it in a write transaction.
    """
    person = person_of(proof)
    _refuse_if_shut(person)
    audit.record(Action.SIGN_IN, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    return person, let_in(person, visitor, old_secret, register, is_shared=is_shared, now=now)


def enter_by_passkey(
    person: Person, visitor: Known | None, old_secret: str | None, register: Register, now: datetime
) -> str:
    """As `enter`, of somebody whose passkey was proved, which is both factors: the secret of their new session.

    Raises `Shut`. Call it in a write transaction.
    """
    _refuse_if_shut(person)
    audit.record(Action.SIGN_IN, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    return let_in(person, visitor, old_secret, register, is_shared=False, now=now, second_factor=True)


def _refuse_if_shut(person: Person) -> None:
    if person.suspended_at is not None:
        raise Shut(phrases.ACCOUNT_SUSPENDED)
    if person.erase_after is not None:
        raise Shut(phrases.ACCOUNT_LEAVING)


def person_of(proof: Proof) -> Person:
    """The person, locked, if the password is still theirs; its hash is renewed. Raises `WrongPair`."""
    person = db.session.get(Person, proof.person_id, with_for_update=True)
    if person is None or person.password_hash != proof.password_hash:
        raise WrongPair
    person.password_hash = proof.renewed_hash or person.password_hash
    return person


def let_in(
    person: Person,
    visitor: Known | None,
    old_secret: str | None,
    register: Register,
    *,
    is_shared: bool,
    now: datetime,
    second_factor: bool = False,
) -> str:
    """A new session for somebody who has proved who they are, in the place of this browser's old one; its secret.

    A guest's work moves into the account. Call it in a write transaction.
    """
    if visitor is not None and visitor.is_guest:
        merging.take_in(visitor.id, person.id, register)
    if old_secret is not None:
        sessions.end(old_secret)
    second_factor_at = now if second_factor else None
    return sessions.begin(person, now, is_shared=is_shared, proved_at=now, second_factor_at=second_factor_at)


def enter_again(proof: Proof, known: Known, now: datetime) -> str:
    """The new secret of this device for somebody who proved once more who they are. Raises `WrongPair`.

    Call it in a write transaction.
    """
    person_of(proof)
    audit.record(Action.REAUTHENTICATION, actor_id=known.id, object_kind="person", object_id=known.id, now=now)
    return sessions.renew(known, now, proved=True)


def note_sign_out(known: Known, now: datetime) -> None:
    """Enter in the audit that somebody signs out; `web.leaving` ends the session. Call it in a write transaction."""
    audit.record(Action.SIGN_OUT, actor_id=known.id, object_kind="person", object_id=known.id, now=now)


def sign_out_everywhere(known: Known, now: datetime) -> int:
    """End all sessions of this person but this device's own; how many. Call it in a write transaction."""
    ended = sessions.end_all(known.id, but_digest=known.secret_digest)
    audit.record(Action.SIGN_OUT_EVERYWHERE, actor_id=known.id, object_kind="person", object_id=known.id, now=now)
    return ended
