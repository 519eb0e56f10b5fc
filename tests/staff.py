"""People with duties, signed in with their second factor, for tests of the staff desk."""

from __future__ import annotations

from flask import Flask

from classroom import clock
from classroom.accounts import sessions
from classroom.accounts.models import Person
from classroom.database import transaction
from classroom.permissions import Duty, Role
from tests import make
from tests.browser import Browser
from tests.make import Guest


def staff(app: Flask, *duties: Duty) -> Guest:
    """Someone with an account and these duties; without any, a learner."""
    now = clock.now()
    with app.app_context(), transaction() as session:
        person = Person(role=Role.LEARNER, duties=frozenset(duties), created_at=now)
        session.add(person)
        session.flush()
        return Guest(person.id, sessions.begin(person, now, proved_at=now, second_factor_at=now))


def desk_of(app: Flask, *duties: Duty) -> Browser:
    """The browser of someone with these duties."""
    return make.browser_of(app, staff(app, *duties))
