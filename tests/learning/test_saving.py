"""A script saves each answer as it is given; a page older than what is stored wipes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests import make
from tests.answers import RIGHT, together
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock
from tests.rows import everything, row, rows

POST = "/courses/speaking/quiz/post"
BY_SCRIPT = {"X-Fragment": "1"}


def save(browser: Browser, path: str, fields: Any) -> dict[str, Any]:
    """What a script learns of saving these fields."""
    answer = browser.send(path, fields, BY_SCRIPT)
    assert answer.headers["Content-Type"] == "application/json", answer.html
    state: dict[str, Any] = json.loads(answer.body)
    return state


def given(site: Flask) -> dict[str, Any]:
    return {answer["question_id"]: answer["given"] for answer in rows(site, "answer")}


def test_the_first_answer_begins_the_attempt_and_says_where_it_is(
    browser: Browser, site: Flask, moved_clock: MovedClock
) -> None:
    state = save(browser, POST, RIGHT["speaking-post-true"])
    token = state.pop("token")
    attempt = row(site, "attempt")["id"]
    assert state == {"attempt": f"/attempts/{attempt}", "revision": 1, "unanswered": 5, "saved_at": "12.30\u00a0น."}
    assert browser.visit(f"/attempts/{attempt}").html.count(f'value="{token}"') >= 1


def test_each_answer_adds_to_the_others(browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-true"])["attempt"]
    state = save(browser, path, {**RIGHT["speaking-post-word"], "revision": "1"})
    assert (state["attempt"], state["revision"], state["unanswered"]) == (path, 2, 4)
    assert given(site) == {"speaking-post-true": ["false"], "speaking-post-word": "ได้สัดส่วน"}


def test_an_answer_sent_twice_after_a_dropped_line_is_one(browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-true"])["attempt"]
    for _ in range(2):
        state = save(browser, path, {**RIGHT["speaking-post-word"], "revision": "1"})
    assert state["unanswered"] == 4
    assert given(site) == {"speaking-post-true": ["false"], "speaking-post-word": "ได้สัดส่วน"}


def test_an_emptied_field_is_emptied(browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-word"])["attempt"]
    save(browser, path, {"speaking-post-word": "", "revision": "1"})
    assert given(site) == {}


@pytest.mark.parametrize("revision", ["0", "", "x", "-1", "99", "9" * 40, "\u0e51"])
def test_a_page_of_another_state_wipes_nothing(revision: str, browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-word"])["attempt"]
    save(browser, path, {"speaking-post-word": "", "speaking-post-several": "", "revision": revision})
    assert given(site) == {"speaking-post-word": "ได้สัดส่วน"}


def test_an_old_page_still_saves_what_it_knows(browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-word"])["attempt"]
    save(browser, path, {**RIGHT["speaking-post-true"], "speaking-post-word": "", "revision": "0"})
    assert given(site) == {"speaking-post-true": ["false"], "speaking-post-word": "ได้สัดส่วน"}


def test_of_two_tabs_neither_wipes_what_the_other_saved(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone)
    first, second = make.browser_of(site, someone), make.browser_of(site, someone)
    first.visit(f"/attempts/{attempt}")
    second.visit(f"/attempts/{attempt}")
    first.press("save", together(RIGHT["speaking-post-word"], RIGHT["speaking-post-several"]))
    page = second.press("save", RIGHT["speaking-post-true"])
    assert page.value("speaking-post-word") == "ได้สัดส่วน"
    assert page.ticked("speaking-post-several") == ["law", "need"]
    assert page.ticked("speaking-post-true") == ["false"]


def test_handing_in_from_an_old_tab_wipes_nothing_either(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone)
    first, second = make.browser_of(site, someone), make.browser_of(site, someone)
    second.visit(f"/attempts/{attempt}")
    save(first, f"/attempts/{attempt}", {**RIGHT["speaking-post-word"], "revision": "0"})
    assert "ตอบถูก 2 จาก 6 ข้อ" in second.press("hand-in", RIGHT["speaking-post-true"]).text


def test_saving_survives_a_restart(browser: Browser, site: Flask, app_with: AppWith) -> None:
    path = save(browser, POST, RIGHT["speaking-post-word"])["attempt"]
    browser.move_to(app_with())
    assert save(browser, path, {**RIGHT["speaking-post-true"], "revision": "1"})["unanswered"] == 4


@pytest.mark.parametrize("fields", [{"speaking-post-choice": "nothing"}, {"speaking-post-word": "1" * 501}])
def test_what_is_refused_changes_nothing(fields: dict[str, str], browser: Browser, site: Flask) -> None:
    path = save(browser, POST, RIGHT["speaking-post-word"])["attempt"]
    before = everything(site)
    assert browser.send(path, fields, BY_SCRIPT).status == 422
    assert everything(site) == before
