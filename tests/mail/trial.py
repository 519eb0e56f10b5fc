"""A kind of letter for tests: to a person with an address, with a name in its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, DictLoader, Environment

from classroom.accounts.models import Person
from classroom.database import db
from classroom.mail.delivery import Delivery, Transport
from classroom.mail.kinds import Context, LetterKind, Message
from classroom.mail.models import Letter
from classroom.mail.smtp import SmtpTransport

SENDER = "no-reply@classroom.test"
SUBJECT = "มีข่าวถึงคุณจากห้องเรียน"
TEMPLATES = {
    "mail/trial.txt": (
        "{% extends 'layouts/letter.txt' %}{% block body %}สวัสดี {{ name }} เปิดดูที่ {{ link }}{% endblock %}"
    ),
    "mail/trial.html": (
        "{% extends 'layouts/letter.html' %}{% from 'components/letter_link.html' import letter_link %}"
        "{% block body %}<p>สวัสดี {{ name }}</p>{{ letter_link(text='เปิดดู', href=link) }}{% endblock %}"
    ),
}


def write(letter: Letter, context: Context) -> Message:
    return context.message("trial", SUBJECT, name=letter.ids.get("name", "คุณ"), link=context.address("/me"))


def address_of(person_id: int) -> str | None:
    person = db.session.get(Person, person_id)
    return None if person is None else person.email


TRIAL = LetterKind("trial", write=write, still_wanted=lambda letter: True, address_of=address_of)


def delivery(app: Flask, transport: Transport, **changes: Any) -> Delivery:
    """Delivers letters of the trial kind, changed so."""
    return Delivery(
        kinds=[replace(TRIAL, **changes)],
        transport=transport,
        settings=replace(app.extensions["settings"], mail_from=SENDER),
        vault=app.extensions["vault"],
        templates=with_trial_templates(app.jinja_env),
    )


def with_trial_templates(templates: Environment) -> Environment:
    assert templates.loader is not None
    return templates.overlay(loader=ChoiceLoader([DictLoader(TEMPLATES), templates.loader]))


def smtp(port: int, scheme: str = "smtp", login: str = "") -> SmtpTransport:
    """The way to a server of this computer."""
    return SmtpTransport(f"{scheme}://{login}127.0.0.1:{port}", greeting="classroom.test")


class Broken:
    """A way out that leads nowhere; `error` says why."""

    def __init__(self, error: Callable[[], Exception] = lambda: ConnectionRefusedError("learner@school.test")) -> None:
        self._error = error

    def send(self, message: object) -> None:
        raise self._error()
