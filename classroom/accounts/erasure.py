"""Erasing oneself: guests and cards at once; an account is shut at once and gone after seven days (security.md A7)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom import audit
from classroom.accounts import roles, sessions, tokens
from classroom.accounts.models import Person
from classroom.accounts.tokens import LIFE, Found, LinkIsOver, Purpose, Tokens
from classroom.audit import Action
from classroom.database import db
from classroom.mail import outbox
from classroom.permissions import Role
from classroom.retention import Register

WAY_BACK: timedelta = LIFE[Purpose.WAY_BACK]
LETTER = "erasure"


def has_way_back(person: Person) -> bool:
    """Whether there is an account to come back to, and an address that a letter reaches."""
    return person.role in (Role.LEARNER, Role.TEACHER) and person.is_confirmed


def ask(person_id: int, register: Register, all_tokens: Tokens, now: datetime) -> datetime | None:
    """Shut the account of a person and say when it will be gone; None when all is gone already.

    Every device is signed out and every open link is worthless, but for the one that leads back. Asking twice is asking
    once. Raises `LastOperator`. Call it in a write transaction.
    """
    roles.refuse_if_last_operator(person_id)
    person = db.session.get_one(Person, person_id, with_for_update=True)
    if not has_way_back(person):
        _enter(Action.ERASURE, person_id, now)
        register.erase_person(person_id)
        return None
    if person.erase_after is None:
        _shut(person, all_tokens, now)
    return person.erase_after


def _shut(person: Person, all_tokens: Tokens, now: datetime) -> None:
    person.erase_after = now + WAY_BACK
    sessions.end_all(person.id)
    tokens.cancel(person.id, *Purpose)
    seed = all_tokens.issue(Purpose.WAY_BACK, person_id=person.id, now=now).seed
    outbox.post(LETTER, key=f"{LETTER} {seed}", person_id=person.id, ids={"seed": seed}, now=now)
    _enter(Action.ERASURE_REQUEST, person.id, now)


def come_back(found: Found, now: datetime) -> None:
    """Open the account again, signed in nowhere. Raises `LinkIsOver` once gone. Call it in a write transaction."""
    tokens.use(found, now)
    person = db.session.get(Person, found.person_id, with_for_update=True)
    if person is None or person.erase_after is None or person.erase_after <= now:
        raise LinkIsOver
    person.erase_after = None
    _enter(Action.ERASURE_CANCELLATION, person.id, now)


def _enter(action: Action, person_id: int, now: datetime) -> None:
    audit.record(action, actor_id=person_id, object_kind="person", object_id=person_id, now=now)


def due(now: datetime) -> sa.Select[int]:
    """People whose seven days are over."""
    return sa.select(Person.id).where(Person.erase_after <= now)
