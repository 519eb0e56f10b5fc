"""The demo class has 38 cards, and the words of one of them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from classroom import clock
from classroom.database import transaction
from classroom.home import demo_cards, demo_people
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import row, rows

DEVELOPER = "http://127.0.0.1:8000"


@pytest.fixture
def app(app_with: AppWith) -> Flask:
    app = app_with(env="development")
    with app.app_context(), transaction():
        demo_people.fill(make.library(app), key(app), app.extensions["vault"], clock.now())
    return app


def key(app: Flask) -> str:
    found: str = app.extensions["settings"].secret_key
    return found


def fill(app: Flask) -> bool:
    with app.app_context():
        return demo_cards.fill(make.library(app), key(app), clock.now())


def test_the_set_is_made_once(app: Flask) -> None:
    assert [fill(app), fill(app)] == [True, False]
    assert sorted(card["seat"] for card in rows(app, "card")) == list(range(1, 39))
    assert row(app, "card_set")["code"] == demo_cards.code(key(app))


def test_what_is_printed_opens_a_learner_halfway(app: Flask) -> None:
    fill(app)
    line = re.fullmatch(r"card +code (\w{8})  seat (\d+)  (\w.*)", demo_cards.sign_in(key(app)))
    assert line is not None
    browser = Browser(app, origin=DEVELOPER)
    browser.visit("/join")
    page = browser.press("เข้าเรียน", dict(zip(("code", "seat", "words"), line.groups(), strict=True)))
    assert (page.path, "ยังไม่มีอะไรที่นี่" in page.text) == ("/me", False)


def test_another_installation_has_another_card(app: Flask) -> None:
    assert demo_cards.code(key(app)) != demo_cards.code("another key")
    assert demo_cards.words(key(app)) != demo_cards.words("another key")


def test_one_can_be_the_learner_without_the_card(app: Flask) -> None:
    fill(app)
    browser = Browser(app, origin=DEVELOPER)
    browser.visit("/dev/people")
    browser.press("เข้าเป็นผู้เรียนที่ใช้บัตร")
    assert f"บัตรเลขที่ {demo_cards.SEAT}" in browser.visit("/me/card").text


def test_before_the_cards_are_there_nobody_can_be(app: Flask) -> None:
    assert Browser(app, origin=DEVELOPER).send("/dev/people", {"person": demo_cards.LEARNER}).status == 404
