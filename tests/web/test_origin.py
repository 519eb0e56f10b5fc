"""A form is taken only from our own pages (security.md C8; OWASP ASVS 5.0 3.5.1)."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import phrases
from tests import make
from tests.answers import RIGHT
from tests.browser import ORIGIN, Browser
from tests.conftest import AppWith
from tests.rows import everything, row

LESSON = "/courses/speaking/limits"
CHECK = f"{LESSON}/checks/limits-test"
ANSWER = RIGHT["limits-test"]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
    {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.test"},
    {"Sec-Fetch-Site": "", "Origin": "https://classroom.test.elsewhere.test"},
    {"Sec-Fetch-Site": "", "Origin": "null"},
]
OURS = [
    {"Sec-Fetch-Site": "same-origin", "Origin": ""},
    {"Sec-Fetch-Site": "", "Origin": ORIGIN},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_of_another_site_is_refused_and_nothing_is_stored(headers: dict[str, str], browser: Browser) -> None:
    page = browser.post(CHECK, ANSWER, headers)
    assert (page.status, phrases.FOREIGN_FORM in page.text) == (403, True)
    assert browser.cookie() is None


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_of_another_site_is_refused_for_a_guest_too(headers: dict[str, str], site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    before = everything(site)
    page = browser.post("/me/data/erasure", {}, headers)
    assert phrases.FOREIGN_FORM in page.text
    assert everything(site) == before


@pytest.mark.parametrize("headers", OURS)
def test_one_of_both_headers_is_enough_and_no_referer_is_asked_for(headers: dict[str, str], browser: Browser) -> None:
    page = browser.post(CHECK, ANSWER, headers)
    assert "ถูกแล้ว" in page.words_in("check-limits-test")


def test_a_browser_that_says_nothing_is_asked_to_press_once_more(site: Flask) -> None:
    browser = Browser(site, is_old=True)
    browser.visit(LESSON)
    asked = browser.press("ตรวจคำตอบ", ANSWER, within="check-limits-test")
    assert (asked.status, phrases.PRESS_ONCE_MORE in asked.text) == (403, True)
    assert everything(site) == {}
    page = browser.press("ส่งอีกครั้ง")
    assert "ถูกแล้ว" in page.words_in("check-limits-test")
    assert row(site, "progress")["latest"]["limits-test"] == {"given": ["law", "need"], "right": True}


def test_what_was_typed_survives_the_second_press(site: Flask) -> None:
    browser = Browser(site, is_old=True)
    browser.visit("/courses/speaking/listening")
    browser.press("เก็บไว้", {"text": 'บรรทัดแรก\nบรรทัดที่สอง <b>"หนา"</b> &amp;'}, within="reflect-my-moment")
    page = browser.press("ส่งอีกครั้ง")
    assert page.value("text") == 'บรรทัดแรก\r\nบรรทัดที่สอง <b>"หนา"</b> &amp;'


def test_a_guest_whose_browser_says_nothing_needs_one_press(site: Flask) -> None:
    browser = Browser(site, is_old=True)
    browser.set_cookie(make.guest(site).secret)
    browser.visit(LESSON)
    page = browser.press("ตรวจคำตอบ", ANSWER, within="check-limits-test")
    assert "ถูกแล้ว" in page.words_in("check-limits-test")


def test_a_guest_whose_browser_says_nothing_needs_the_token(site: Flask) -> None:
    browser = Browser(site, is_old=True)
    browser.set_cookie(make.guest(site).secret)
    assert phrases.PRESS_ONCE_MORE in browser.post(CHECK, ANSWER).text
    assert "progress" not in everything(site)


@pytest.mark.parametrize("token", ["wrong", "0" * 64, "\u0e01", "a\x00b"])
def test_a_wrong_token_is_not_taken_even_from_our_own_page(token: str, site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    page = browser.post(CHECK, {**ANSWER, "csrf_token": token})
    assert (page.status, phrases.PRESS_ONCE_MORE in page.text) == (403, True)
    assert "progress" not in everything(site)
    assert "ถูกแล้ว" in browser.press("ส่งอีกครั้ง").words_in("check-limits-test")


def test_the_token_of_another_guest_is_wrong(site: Flask) -> None:
    browser, another = (make.browser_of(site, make.guest(site)) for _ in range(2))
    token = _token(another)
    assert phrases.PRESS_ONCE_MORE in browser.post(CHECK, {**ANSWER, "csrf_token": token}).text
    assert "ถูกแล้ว" in another.post(CHECK, {**ANSWER, "csrf_token": token}).words_in("check-limits-test")


def test_the_token_of_another_installation_is_wrong(site: Flask, app_with: AppWith) -> None:
    browser = make.browser_of(site, make.guest(site))
    token = _token(browser)
    browser.move_to(app_with(secret_key="another secret key, 0123456789 abc"))
    assert phrases.PRESS_ONCE_MORE in browser.post(CHECK, {**ANSWER, "csrf_token": token}).text


def test_a_page_for_everyone_never_holds_the_token_of_one(app_with: AppWith) -> None:
    app = app_with()
    pressing, reading = Browser(app, is_old=True), Browser(app)
    pressing.post(CHECK, ANSWER)
    assert pressing.cookie("__Host-classroom-form") is not None
    pressing.visit(LESSON)
    reading.visit(LESSON)
    assert _token(reading) == ""
    page = reading.press("ตรวจคำตอบ", ANSWER, within="check-limits-test")
    assert "ถูกแล้ว" in page.words_in("check-limits-test")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_asks_for_no_header_of_a_form(method: str, browser: Browser) -> None:
    assert browser.fetch(LESSON, {"Sec-Fetch-Site": "cross-site"}, method).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_reach_no_page(method: str, browser: Browser) -> None:
    page = browser.fetch("/me/data/erasure", {"Sec-Fetch-Site": "same-origin"}, method)
    assert (page.status, page.heading) == (405, "ทำแบบนี้กับหน้านี้ไม่ได้")


def _token(browser: Browser) -> str:
    form = next(form for form in browser.visit(LESSON).forms() if form.method == "post")
    return dict(form.filled({}))["csrf_token"]
