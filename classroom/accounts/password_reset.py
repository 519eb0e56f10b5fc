"""A new password: by a letter for who forgot it, by the old one for who is signed in. Other sessions end with it."""

from __future__ import annotations

from datetime import datetime

from classroom import audit
from classroom.accounts import addresses, passwords, sessions, tokens
from classroom.accounts.addresses import Address
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.accounts.tokens import Found, LinkIsOver, Purpose, Tokens
from classroom.audit import Action
from classroom.database import db, stop_reading
from classroom.mail import outbox
from classroom.vault import Vault

LETTER = "password-reset"
NOTICE = "password-changed"


def begin(address: Address, all_tokens: Tokens, vault: Vault, now: datetime) -> None:
    """Post the letter, which is dropped where nobody has the address. Does the same for every address.

    Call it in a write transaction.
    """
    person = addresses.owner(address.key)
    seed = all_tokens.issue(Purpose.PASSWORD_RESET, person_id=person.id if person else None, now=now).seed
    to = person.email if person and person.email else address.shown
    outbox.post(LETTER, key=f"{LETTER} {seed}", address=to, vault=vault, ids={"seed": seed}, now=now)


def hash_of(person_id: int | None, password: str, site_name: str) -> str:
    """The hash of a new password for this person. Raises `PasswordRefused`, `TooManyAtOnce`, `LinkIsOver`.

    Lets go of the database: call it before the write transaction.
    """
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        raise LinkIsOver
    known_words = (person.name or "", person.email or "", site_name)
    stop_reading()
    passwords.check_new(password, *known_words)
    return passwords.make_hash(password)


def finish(found: Found, password_hash: str, now: datetime) -> None:
    """Set the password, end all sessions, and tell the person. Raises `LinkIsOver`. Call it in a write transaction."""
    tokens.use(found, now)
    person = db.session.get(Person, found.person_id, with_for_update=True)
    if person is None or person.suspended_at is not None:
        raise LinkIsOver
    _set(person, password_hash, Action.PASSWORD_RESET, now)


def change(known: Known, password_hash: str, now: datetime) -> None:
    """As `finish`, for somebody signed in, who stays so on this device alone. Call it in a write transaction."""
    person = db.session.get_one(Person, known.id, with_for_update=True)
    _set(person, password_hash, Action.PASSWORD_CHANGE, now, but_digest=known.secret_digest)


def _set(person: Person, password_hash: str, action: Action, now: datetime, *, but_digest: str = "") -> None:
    person.password_hash = password_hash
    sessions.end_all(person.id, but_digest=but_digest)
    tokens.cancel(person.id, Purpose.PASSWORD_RESET, Purpose.NEW_EMAIL)
    audit.record(action, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    outbox.post(NOTICE, key=f"{NOTICE} {person.id} {now.isoformat()}", person_id=person.id, now=now)
