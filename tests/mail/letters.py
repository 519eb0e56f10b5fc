"""Letters in the outbox, posted and looked at by plain functions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from classroom.accounts.models import Person
from classroom.database import db, transaction
from classroom.mail import outbox
from classroom.mail.delivery import Delivery
from classroom.permissions import Role
from tests.rows import Row, rows

NOW = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
ADDRESS = "learner@school.test"


def learner(app: Flask, email: str | None = ADDRESS) -> int:
    """The id of a person with this address."""
    with app.app_context(), transaction():
        person = Person(role=Role.LEARNER, created_at=NOW, email=email, email_key=email, email_confirmed_at=NOW)
        db.session.add(person)
        db.session.flush()
        return person.id


def post(app: Flask, key: str = "trial:1", **options: Any) -> None:
    """Post a letter of the trial kind; to a new person unless `options` say to whom."""
    recipient = {} if options.keys() & {"person_id", "address"} else {"person_id": learner(app)}
    with app.app_context(), transaction():
        outbox.post("trial", key=key, **{"now": NOW} | recipient | options)


def deliver(app: Flask, delivery: Delivery, now: datetime = NOW) -> int:
    """As one round of the worker; how many letters it tried."""
    with app.app_context():
        return delivery.deliver_due(now)


def letter(app: Flask) -> Row:
    """The only letter."""
    (row,) = rows(app, "letter")
    return row
