"""Signing up: a name and an address; the password is chosen behind the link in the letter.

So nobody can open an account for another's address, and the answer to an address that has an account already is the
same to the byte: which of two letters goes out is decided when it is sent (`mails.sign_up`).
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from classroom import audit, phrases
from classroom.accounts import addresses, cards, merging, passwords, tokens
from classroom.accounts.addresses import Address
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.accounts.tokens import Found, Purpose, Tokens
from classroom.audit import Action
from classroom.database import db, stop_reading
from classroom.errors import Refusal
from classroom.mail import outbox
from classroom.permissions import Role
from classroom.retention import Register
from classroom.vault import Vault

LETTER = "sign-up"


class AddressTaken(Refusal):
    """Between the letter and the press of the button the address got an account."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.ADDRESS_HAS_ACCOUNT)


def begin(address: Address, name: str, visitor: Known | None, all_tokens: Tokens, vault: Vault, now: datetime) -> None:
    """Post the letter that leads on. Does and takes the same whether or not the address has an account.

    Call it in a write transaction.
    """
    begun_by = visitor.id if visitor is not None and visitor.role in (Role.GUEST, Role.CARD) else None
    holds = {"email": address.shown, "email_key": address.key, "name": name}
    seed = all_tokens.issue(Purpose.SIGN_UP, person_id=begun_by, holds=holds, now=now).seed
    outbox.post(LETTER, key=f"{LETTER} {seed}", address=address.shown, vault=vault, ids={"seed": seed}, now=now)


def hash_of(found: Found, password: str, site_name: str) -> str:
    """The hash of the password chosen for this account. Raises `PasswordRefused`, `TooManyAtOnce`.

    Lets go of the database: call it before the write transaction.
    """
    passwords.check_new(password, found.holds["name"], found.holds["email"], site_name)
    stop_reading()
    return passwords.make_hash(password)


def finish(found: Found, password_hash: str, visitor: Known | None, register: Register, now: datetime) -> Person:
    """The new account; the work of the guest who signed up, and of the guest who came with the letter, is in it.

    A card learner who signed up keeps their number and all that hangs on it; the card opens nothing any more.
    Raises `LinkIsOver`, `AddressTaken`. Call it in a write transaction.
    """
    tokens.use(found, now)
    if addresses.owner(found.holds["email_key"]) is not None:
        raise AddressTaken
    person = _give_up_card(found.person_id, now) or Person(created_at=now)
    person.role, person.name = Role.LEARNER, found.holds["name"]
    person.email, person.email_key = found.holds["email"], found.holds["email_key"]
    person.email_confirmed_at, person.password_hash = now, password_hash
    db.session.add(person)
    db.session.flush()
    audit.record(Action.SIGN_UP, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    merging.take_in(found.person_id, person.id, register)
    if visitor is not None:
        merging.take_in(visitor.id, person.id, register)
    return person


def _give_up_card(person_id: int | None, now: datetime) -> Person | None:
    """The card learner who signed up, if it was one, without the card; their other links are worthless from now on."""
    if person_id is None:
        return None
    query = sa.select(Person).where(Person.id == person_id, Person.role == Role.CARD).with_for_update()
    learner = db.session.scalar(query)
    if learner is not None:
        cards.give_up_for_account(learner, now)
        tokens.cancel(learner.id, Purpose.SIGN_UP)
    return learner
