"""What people are and do here: a teacher says so themselves, duties are granted and taken back by an operator.

Whoever gains or loses a duty is signed out everywhere: what a session was begun with is what it may do. There is always
an operator who can get in, and nobody changes their own duties.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from classroom import audit, phrases
from classroom.accounts import addresses, changes, sessions
from classroom.accounts.changes import Change
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.audit import Action
from classroom.database import db
from classroom.errors import Missing, Refusal
from classroom.permissions import Duty, Role

ACCOUNTS = (Role.LEARNER, Role.TEACHER)
MOST_FOUND = 50
SHORTEST_NAME = 2
"""Characters of a name to search by."""


class NotConfirmed(Refusal):
    """An address that nobody has confirmed: it may be somebody else's."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.CONFIRM_ADDRESS_FIRST)


class IsSuspended(Refusal):
    """A duty for somebody who cannot sign in."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.LIFT_SUSPENSION_FIRST)


class NotOneself(Refusal):
    """An operator changes their own duties, or suspends themselves."""

    status = 403

    def __init__(self) -> None:
        super().__init__(phrases.NOT_ONESELF)


class LastOperator(Refusal):
    """Then nobody could grant a duty any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.LAST_OPERATOR)


class NoLongerOperator(Refusal):
    """The operator lost the duty, or was suspended, while the form was on the way."""

    status = 403

    def __init__(self) -> None:
        super().__init__(phrases.NOT_FOR_YOU)


def set_teaching(known: Known, person: Person, *, teaches: bool, now: datetime) -> str:
    """The person says whether they teach; the new secret of this device's cookie.

    Raises `NotConfirmed`. Call it in a write transaction.
    """
    if not person.is_confirmed:
        raise NotConfirmed
    person.role = Role.TEACHER if teaches else Role.LEARNER
    db.session.flush()
    action = Action.ROLE_GRANT if teaches else Action.ROLE_REVOCATION
    audit.record(action, actor_id=person.id, object_kind="person", object_id=person.id, now=now)
    return sessions.renew(known, now)


def grant(actor_id: int, person_id: int, duty: Duty, now: datetime) -> None:
    """Raises `NotOneself`, `NoLongerOperator`, `Missing`, `NotConfirmed`, `IsSuspended`.

    Call it in a write transaction.
    """
    person = _person_of_another(actor_id, person_id)
    _give(person, duty, actor_id, now)


def promote(address: str, duty: Duty, now: datetime) -> Person:
    """Grant a duty from the command line, which makes the first operator.

    Raises `NotAnAddress`, `Missing`, `NotConfirmed`, `IsSuspended`. Call it in a write transaction.
    """
    person = addresses.owner(addresses.parse(address).key)
    if person is None or person.role not in ACCOUNTS:
        raise Missing(phrases.NO_SUCH_ADDRESS)
    _give(person, duty, None, now)
    return person


def _give(person: Person, duty: Duty, actor_id: int | None, now: datetime) -> None:
    if duty in person.duties:
        return
    if not person.is_confirmed:
        raise NotConfirmed
    if person.suspended_at is not None or person.erase_after is not None:
        raise IsSuspended
    _set_duties(person, person.duties | {duty})
    changes.tell(person.id, Change.DUTY_GRANTED, duty=duty, actor_id=actor_id, now=now)


def revoke(actor_id: int, person_id: int, duty: Duty, now: datetime) -> None:
    """Raises `NotOneself`, `NoLongerOperator`, `Missing`, `LastOperator`. Call it in a write transaction."""
    person = _person_of_another(actor_id, person_id)
    if duty not in person.duties:
        return
    if duty is Duty.OPERATOR:
        refuse_if_last_operator(person.id)
    _set_duties(person, person.duties - {duty})
    changes.tell(person.id, Change.DUTY_REVOKED, duty=duty, actor_id=actor_id, now=now)


def _set_duties(person: Person, duties: frozenset[Duty]) -> None:
    person.duties = duties
    db.session.flush()
    sessions.end_all(person.id)


def suspend(actor_id: int, person_id: int, now: datetime) -> None:
    """Nobody from now on, on every device, until it is lifted; nothing of theirs is lost.

    Raises `NotOneself`, `NoLongerOperator`, `Missing`, `LastOperator`. Call it in a write transaction.
    """
    person = _person_of_another(actor_id, person_id)
    if person.suspended_at is not None:
        return
    refuse_if_last_operator(person.id)
    person.suspended_at = now
    db.session.flush()
    sessions.end_all(person.id)
    changes.tell(person.id, Change.SUSPENDED, actor_id=actor_id, now=now)


def lift_suspension(actor_id: int, person_id: int, now: datetime) -> None:
    """Raises `NotOneself`, `NoLongerOperator`, `Missing`. Call it in a write transaction."""
    person = _person_of_another(actor_id, person_id)
    if person.suspended_at is None:
        return
    person.suspended_at = None
    db.session.flush()
    changes.tell(person.id, Change.SUSPENSION_LIFTED, actor_id=actor_id, now=now)


def refuse_if_last_operator(person_id: int) -> None:
    """Raises `LastOperator` where nobody else could grant duties. Call it in a write transaction."""
    if _operators() == [person_id]:
        raise LastOperator


def _person_of_another(actor_id: int, person_id: int) -> Person:
    """The account to be changed, by somebody who is an operator still."""
    if actor_id == person_id:
        raise NotOneself
    if actor_id not in _operators():
        raise NoLongerOperator
    return account(person_id)


def _operators() -> list[int]:
    """Who can grant duties now; of two operators who take the duty from each other at once, one waits for the other."""
    query = sa.select(Person).where(
        Person.duties_granted.contains(Duty.OPERATOR.value), Person.suspended_at.is_(None), Person.erase_after.is_(None)
    )
    locked = query.order_by(Person.id).with_for_update().execution_options(populate_existing=True)
    return [person.id for person in db.session.scalars(locked)]


def account(person_id: int) -> Person:
    """The person with this id, if they have an account of their own. Raises `Missing`."""
    person = db.session.get(Person, person_id)
    if person is None or person.role not in ACCOUNTS:
        raise Missing("")
    return person


def staff() -> Sequence[Person]:
    """Everybody with a duty, and everybody who is suspended, by id."""
    query = sa.select(Person).where(sa.or_(Person.duties_granted != "", Person.suspended_at.is_not(None)))
    return db.session.scalars(query.where(Person.role.in_(ACCOUNTS)).order_by(Person.id)).all()


def find(words: str) -> Sequence[Person]:
    """Accounts by their whole address or by a part of the name; at most 50, by id."""
    query = sa.select(Person).where(Person.role.in_(ACCOUNTS)).order_by(Person.id).limit(MOST_FOUND)
    if "@" in words:
        return db.session.scalars(query.where(Person.email_key == _key(words))).all()
    name = " ".join(words.split())
    if len(name) < SHORTEST_NAME:
        return []
    return db.session.scalars(query.where(Person.name.icontains(name, autoescape=True))).all()


def _key(address: str) -> str:
    try:
        return addresses.parse(address).key
    except addresses.NotAnAddress:
        return ""
