"""Demo people with accounts: one a role and duty, made once, whom one becomes with a button or signs in as."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask

from classroom import clock
from classroom.database import transaction
from classroom.home import demo_people
from classroom.home.demo_people import PEOPLE
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.factors import give
from tests.people import sign_in
from tests.rows import everything, rows

KEY = "a secret key for tests, 0123456789"
HERE = "http://127.0.0.1:8000"


def fill(app: Flask) -> bool:
    with app.app_context(), transaction():
        return demo_people.fill(make.library(app), KEY, app.extensions["vault"], clock.now())


def test_they_are_made_once(site: Flask) -> None:
    assert fill(site) is True
    before = everything(site)
    assert fill(site) is False
    assert everything(site) == before
    assert {row["duties"] for row in rows(site, "person")} == {"", "facilitator", "editor", "operator"}


@pytest.mark.parametrize("person", PEOPLE)
def test_one_becomes_each_of_them_with_a_button(person: str, app_with: AppWith) -> None:
    app = app_with(env="development", secret_key=KEY, base_url=HERE)
    fill(app)
    browser = Browser(app, origin=HERE)
    browser.visit("/dev/people")
    browser.press(f"เข้าเป็น{PEOPLE[person].name}")
    assert browser.visit("/me/security").heading == "บัญชีและเครื่องที่เข้าไว้"
    assert browser.fetch("/staff").status == (200 if PEOPLE[person].duties else 403)


@pytest.mark.parametrize("person", ["student", "operator"])
def test_one_signs_in_with_what_is_printed(person: str, site: Flask) -> None:
    fill(site)
    email, password, *totp = next(
        line for line in demo_people.sign_ins(KEY) if line.startswith(PEOPLE[person].email)
    ).split()
    browser = Browser(site)
    sign_in(browser, email, password)
    if totp:
        give(browser, pyotp.TOTP(totp[-1]).at(clock.now()))
    assert browser.visit("/me/security").heading == "บัญชีและเครื่องที่เข้าไว้"


def test_what_is_printed_is_not_that_of_another_installation() -> None:
    here, there = (set(" ".join(demo_people.sign_ins(key)).split()) for key in (KEY, KEY + "!"))
    assert here & there == {one.email for one in PEOPLE.values()} | {"TOTP", "secret"}


@pytest.mark.parametrize("person", ["nobody", "", "operator\x00"])
def test_nobody_becomes_somebody_who_is_not_there(person: str, app_with: AppWith) -> None:
    browser = Browser(app_with(env="development", base_url=HERE), origin=HERE)
    assert browser.send("/dev/people", {"person": person}).status == 404
