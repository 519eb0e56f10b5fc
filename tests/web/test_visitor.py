"""Nobody is forced to be someone: no cookie and no row until there is something to keep."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom.home.views import public_paths
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock
from tests.rows import everything, row, rows

LESSON = "/courses/speaking/limits"
REMEMBERED = "เราจำการเรียนของคุณไว้บนเครื่องนี้ 30 วันหลังเข้ามาครั้งล่าสุด"


def test_reading_every_page_sets_no_cookie_and_leaves_no_row(browser: Browser, site: Flask) -> None:
    pages = [browser.visit(path) for path in [*public_paths(make.library(site)), "/me", "/nothing-here"]]
    assert [page.path for page in pages if "Set-Cookie" in page.headers] == []
    assert everything(site) == {}


def test_the_place_in_a_lesson_makes_nobody_of_a_reader(browser: Browser, site: Flask) -> None:
    answer = browser.send(f"{LESSON}/place", {"part": "history"})
    assert (answer.status, answer.body, "Set-Cookie" in answer.headers) == (204, b"", False)
    assert everything(site) == {}


def test_a_refused_answer_makes_nobody_of_a_reader(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    page = browser.press("ตรวจคำตอบ", within="check-limits-aim")
    assert "ยังไม่ได้ตอบ" in page.words_in("check-limits-aim")
    assert REMEMBERED not in page.text
    assert (browser.cookie(), everything(site)) == (None, {})


def test_the_first_answer_makes_a_guest_and_says_so(browser: Browser, site: Flask) -> None:
    assert REMEMBERED not in browser.visit(LESSON).text
    page = browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    assert REMEMBERED in page.text
    assert row(site, "person")["role"] == "guest"
    assert browser.cookie() is not None


def test_the_second_answer_is_the_same_guests(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    browser.press("ตรวจคำตอบ", RIGHT["limits-spoken"], within="check-limits-spoken")
    assert row(site, "progress")["latest"].keys() == {"limits-aim", "limits-spoken"}
    assert len(rows(site, "person")) == 1


def test_the_cookie_is_bound_to_this_host_and_closed_to_script(browser: Browser) -> None:
    answer = browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    name, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-classroom=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=2592000"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_the_database_knows_a_digest_of_the_cookie_and_not_the_cookie(browser: Browser, site: Flask) -> None:
    browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    secret = browser.cookie()
    assert secret is not None
    assert len(secret) >= 43
    assert secret not in repr(everything(site))


def test_in_development_the_cookie_works_over_plain_http(app_with: AppWith) -> None:
    browser = Browser(app_with(env="development"), origin="http://127.0.0.1:8000")
    answer = browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    assert answer.headers["Set-Cookie"].startswith("classroom=")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert REMEMBERED in browser.visit(LESSON).text


@pytest.mark.parametrize("secret", ["gone", "x" * 3000, "\u0e01", "a\\000b", '";Path=/'])
def test_a_cookie_that_means_nobody_reads_like_none(secret: str, browser: Browser, site: Flask) -> None:
    browser.set_cookie(secret)
    page = browser.visit(LESSON)
    assert (page.status, REMEMBERED in page.text) == (200, False)
    page = browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")
    assert len(rows(site, "person")) == 1


def test_each_visit_gives_the_cookie_thirty_days_more_once_a_day(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.guest(site))
    assert "Set-Cookie" not in browser.visit("/me").headers
    moved_clock.forward(hours=25)
    assert "Max-Age=2592000" in browser.visit("/me").headers["Set-Cookie"]
    assert "Set-Cookie" not in browser.visit("/me").headers
