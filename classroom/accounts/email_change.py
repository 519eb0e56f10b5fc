"""A change of address: confirmed at the new one; the old one is told, and can take it back for seven days."""

from __future__ import annotations

from datetime import datetime

from classroom import audit
from classroom.accounts import addresses, password_reset, sessions, tokens
from classroom.accounts.addresses import Address
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.accounts.sign_up import AddressTaken
from classroom.accounts.tokens import Found, LinkIsOver, Purpose, Tokens
from classroom.audit import Action
from classroom.database import db
from classroom.mail import outbox
from classroom.vault import Vault

LETTER = "new-email"
NOTICE = "old-email"


def begin(known: Known, address: Address, all_tokens: Tokens, vault: Vault, now: datetime) -> None:
    """Post a letter to the new address; nothing changes until its link is used.

    Does the same for an address that another account has: then the letter says so (`mails.new_email`).
    Call it in a write transaction.
    """
    tokens.cancel(known.id, Purpose.NEW_EMAIL)
    holds = {"email": address.shown, "email_key": address.key}
    seed = all_tokens.issue(Purpose.NEW_EMAIL, person_id=known.id, holds=holds, now=now).seed
    outbox.post(LETTER, key=f"{LETTER} {seed}", address=address.shown, vault=vault, ids={"seed": seed}, now=now)


def finish(found: Found, all_tokens: Tokens, vault: Vault, now: datetime) -> None:
    """The new address is theirs from now on; the old one gets the way back.

    Raises `LinkIsOver`, `AddressTaken`. Call it in a write transaction.
    """
    tokens.use(found, now)
    person = _person(found)
    old = (person.email, person.email_key)
    _give(person, found, now)
    tokens.cancel(person.id, Purpose.PASSWORD_RESET)
    audit.record(Action.EMAIL_CHANGE, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    if old[0] is not None:
        _tell_old(person, old[0], {"email": old[0], "email_key": old[1]}, all_tokens, vault, now)


def _tell_old(
    person: Person, address: str, holds: dict[str, str | None], all_tokens: Tokens, vault: Vault, now: datetime
) -> None:
    seed = all_tokens.issue(Purpose.OLD_EMAIL, person_id=person.id, holds=holds, now=now).seed
    outbox.post(NOTICE, key=f"{NOTICE} {seed}", address=address, vault=vault, ids={"seed": seed}, now=now)


def take_back(found: Found, all_tokens: Tokens, vault: Vault, now: datetime) -> None:
    """The old address is theirs again. All devices are signed out and a letter leads to a new password: whoever changed
    the address knew the old one.

    Raises `LinkIsOver`, `AddressTaken`. Call it in a write transaction.
    """
    tokens.use(found, now)
    person = _person(found)
    _give(person, found, now)
    sessions.end_all(person.id)
    person.password_hash = None
    tokens.cancel(person.id, Purpose.NEW_EMAIL, Purpose.OLD_EMAIL, Purpose.PASSWORD_RESET)
    audit.record(Action.EMAIL_CHANGE, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    address = Address(found.holds["email"], found.holds["email_key"])
    password_reset.begin(address, all_tokens, vault, now)


def _person(found: Found) -> Person:
    person = db.session.get(Person, found.person_id, with_for_update=True)
    if person is None or person.suspended_at is not None:
        raise LinkIsOver
    return person


def _give(person: Person, found: Found, now: datetime) -> None:
    owner = addresses.owner(found.holds["email_key"])
    if owner is not None and owner.id != person.id:
        raise AddressTaken
    person.email, person.email_key, person.email_confirmed_at = found.holds["email"], found.holds["email_key"], now
    db.session.flush()
