"""People with accounts, and the letters they get, for tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from classroom import clock
from classroom.accounts import mails, passwords, sessions
from classroom.accounts.models import Person
from classroom.accounts.tokens import Tokens
from classroom.database import transaction
from classroom.mail.delivery import Delivery
from classroom.permissions import Role
from tests.browser import Browser
from tests.make import Guest, browser_of
from tests.page import Page

PASSWORD = "แมวกินปลาทูวันละตัว"
EMAIL = "mali@example.org"
SIGN_IN, NEW_HERE = "เข้าสู่ระบบ", "เริ่มใช้บัญชี"


@cache
def hash_of(password: str) -> str:
    return passwords.make_hash(password)


def account(app: Flask, email: str = EMAIL, password: str = PASSWORD, **columns: Any) -> Guest:
    """Somebody with an account, signed in a moment ago."""
    now = clock.now()
    values: dict[str, Any] = {"role": Role.LEARNER, "name": "มะลิ", "email_confirmed_at": now, "created_at": now}
    with app.app_context(), transaction() as session:
        person = Person(email=email, email_key=email.lower(), password_hash=hash_of(password), **(values | columns))
        session.add(person)
        session.flush()
        return Guest(person.id, sessions.begin(person, now, proved_at=now))


def desk(app: Flask, email: str = EMAIL, **columns: Any) -> Browser:
    """The browser of somebody with an account, signed in."""
    return browser_of(app, account(app, email, **columns))


def sign_in(browser: Browser, email: str = EMAIL, password: str = PASSWORD, **fields: str) -> Page:
    """Through the page, as people do."""
    browser.visit("/sign-in")
    return browser.press(SIGN_IN, {"email": email, "password": password, **fields})


@dataclass(frozen=True, slots=True)
class Received:
    """A letter that arrived."""

    to: str
    subject: str
    text: str
    html: str

    @property
    def link(self) -> str:
        """The address, on our site, of the one link with a secret."""
        found: str
        (found,) = set(re.findall(r"https?://\S+/e-mail/[\w-]+", self.text))
        assert found in self.html
        return urlsplit(found).path


def letters(app: Flask, now: datetime | None = None) -> list[Received]:
    """Send what is due, and hand out what arrived."""
    box: list[EmailMessage] = []

    class Box:
        def send(self, message: EmailMessage) -> None:
            box.append(message)

    settings, vault = app.extensions["settings"], app.extensions["vault"]
    kinds = mails.kinds(Tokens(settings.secret_key, vault))
    with app.app_context():
        Delivery(kinds, Box(), settings, vault, app.jinja_env).deliver_due(now or clock.now())
    return [Received(str(one["To"]), str(one["Subject"]), _part(one, "plain"), _part(one, "html")) for one in box]


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())
