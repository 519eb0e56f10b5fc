"""People with a second factor, for tests: what they set up, and how they give it."""

from __future__ import annotations

from typing import Any

import pyotp
import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import sessions
from classroom.accounts.models import DeviceSession, Person
from classroom.accounts.second_factor import SEALED_FOR
from classroom.database import transaction
from tests import people
from tests.browser import Browser
from tests.make import Guest
from tests.page import Page

SECURITY = "/me/security"
GIVE = "/sign-in/second-factor"


def set_up_app(browser: Browser) -> tuple[Page, str]:
    """Through the pages; what comes after the first code, and the secret."""
    browser.visit(SECURITY)
    page = browser.press("ตั้งแอปสร้างรหัส")
    secret = str(pyotp.parse_uri(page.link("เปิดในแอปสร้างรหัส")).secret)
    return browser.press("ตั้งค่าให้เสร็จ", {"code": pyotp.TOTP(secret).at(clock.now())}), secret


def account_with_app(app: Flask, **columns: Any) -> str:
    """Somebody with a password and an app, signed in nowhere; the app's secret."""
    someone, secret = people.account(app, **columns), pyotp.random_base32()
    with app.app_context(), transaction() as session:
        person = session.get_one(Person, someone.person_id)
        person.totp_secret = app.extensions["vault"].seal(secret, purpose=SEALED_FOR, owner=str(person.id))
        person.totp_confirmed_at = clock.now()
        sessions.end_all(person.id)
    return secret


def code_of(secret: str) -> str:
    """What the app shows now."""
    return pyotp.TOTP(secret).at(clock.now())


def give(browser: Browser, code: str) -> Page:
    """Type a code where the second factor is asked for."""
    browser.visit(GIVE)
    return browser.press("ยืนยัน", {"code": code})


def another_device(app: Flask, someone: Guest, **options: Any) -> Guest:
    """The same person, signed in on another browser."""
    with app.app_context(), transaction() as session:
        person = session.get_one(Person, someone.person_id)
        return Guest(person.id, sessions.begin(person, clock.now(), proved_at=clock.now(), **options))


def make_fresh(app: Flask) -> None:
    """Everybody proved a moment ago who they are."""
    with app.app_context(), transaction() as session:
        session.execute(sa.update(DeviceSession).values(proved_at=clock.now()))
