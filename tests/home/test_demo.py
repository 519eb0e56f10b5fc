"""The demo learner who is halfway through the first course, in development."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import clock
from classroom.content.kinds import KINDS
from classroom.database import transaction
from classroom.home import demo
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import everything, rows

KEY = "a secret key for tests, 0123456789"


def fill(app: Flask) -> bool:
    with app.app_context(), transaction():
        return demo.fill(make.library(app), KEY, clock.now())


def test_the_demo_learner_is_made_once(site: Flask) -> None:
    assert fill(site) is True
    before = everything(site)
    assert fill(site) is False
    assert everything(site) == before


def test_one_becomes_the_demo_learner_with_a_button(app_with: AppWith) -> None:
    app = app_with(env="development", secret_key=KEY)
    fill(app)
    browser = Browser(app, origin="http://127.0.0.1:8000")
    browser.visit("/dev/people")
    page = browser.press("เข้าเป็นคนนี้")
    assert "เรียนจบ 1 จาก 2 บท" in page.text
    assert page.link("ไปเลย 12 นาที") == "/courses/speaking/listening#look-back"


def test_the_demo_learner_has_right_and_wrong_answers(site: Flask) -> None:
    fill(site)
    finished = next(row for row in rows(site, "progress") if row["activity_id"] == "limits")
    assert [answer["right"] for answer in finished["latest"].values()] == [False, True, True]


def test_the_demo_learners_secret_is_not_that_of_another_installation() -> None:
    assert demo.secret_of(demo.HALFWAY, KEY) != demo.secret_of(demo.HALFWAY, KEY + "!")


@pytest.mark.parametrize(
    "question", ["limits-aim", "limits-test", "listening-pairs", "listening-steps", "listening-word"]
)
def test_the_right_answer_of_every_kind_is_right(question: str, site: Flask) -> None:
    item = make.item(site, question)
    kind = KINDS[item.question.kind]
    assert kind.mark(item.question, item.key, demo.right_answer(item)).is_right
