"""What goes wrong is said calmly, in Thai, with a way on, and tells nothing of the inside."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from classroom.errors import Refusal
from classroom.permissions import Can
from classroom.web.guards import allow
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import everything

LESSON = "/courses/speaking/limits"
MISSING = [
    "/nothing-here",
    "/courses/nothing",
    "/courses/speaking/nothing",
    "/courses/fairness/limits",
    "/courses/speaking/unfinished",
    "/courses/speaking/unfinished/quiz",
    "/courses/speaking/listening/teach",
    "/courses/fairness/quiz/pre",
    "/courses/speaking/quiz/final",
    "/courses/speaking/limits/img/none.svg",
    "/rights/0",
    "/rights/31",
    "/rights/first",
    "/attempts/nothing",
    "/styleguide",
    "/dev/people",
]
LARGEST = 256 * 1024


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_said_in_thai_with_a_way_on(path: str, browser: Browser) -> None:
    page = browser.visit(path)
    assert (page.status, page.heading) == (404, "ไม่พบหน้านี้")
    assert {"/", "/courses"} <= {href for _, href in page.links()}


def test_a_page_that_takes_no_form_says_what_to_do(browser: Browser) -> None:
    page = browser.post(LESSON, {"x": "1"})
    assert (page.status, page.heading) == (405, "ทำแบบนี้กับหน้านี้ไม่ได้")
    assert set(page.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_address_that_only_takes_a_form_says_what_to_do(browser: Browser) -> None:
    page = browser.visit("/me/data/erasure")
    assert (page.status, page.heading) == (405, "ทำแบบนี้กับหน้านี้ไม่ได้")


@pytest.mark.parametrize("who", ["nobody", "a guest"])
def test_a_form_over_the_limit_is_refused_in_thai_and_nothing_is_stored(who: str, site: Flask) -> None:
    browser = Browser(site) if who == "nobody" else make.browser_of(site, make.guest(site))
    before = everything(site)
    page = browser.post("/courses/speaking/listening/reflections/my-moment", {"text": "ก" * 40_000})
    assert (page.status, page.heading) == (413, "ข้อความยาวเกินไป")
    assert "กดย้อนกลับในเบราว์เซอร์" in page.text
    assert everything(site) == before


def test_a_form_at_the_limit_is_read(browser: Browser) -> None:
    body = b"listening-word=" + b"x" * (LARGEST - len(b"listening-word="))
    page = browser.post("/courses/speaking/listening/checks/listening-word", body)
    assert (page.status, "ตัดให้สั้นลง" in page.text) == (422, True)


def test_a_form_in_parts_over_the_limit_is_refused_too(browser: Browser) -> None:
    line = b'--x\r\nContent-Disposition: form-data; name="limits-test"\r\n\r\nlaw\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    page = browser.post(f"{LESSON}/checks/limits-test", line * 1500 + b"--x--\r\n", headers)
    assert (page.status, page.heading) == (413, "ข้อความยาวเกินไป")


def test_what_nobody_foresaw_is_said_with_a_reference_and_without_the_cause(
    app_with: AppWith, caplog: pytest.LogCaptureFixture
) -> None:
    page = Browser(_site_that_fails(app_with, ValueError("the inside of the classroom"))).visit("/boom")
    assert (page.status, page.heading) == (500, "ระบบขัดข้อง")
    assert "inside" not in page.html
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage().rpartition(" ")[2] in page.text


def test_the_log_holds_nothing_of_what_was_sent(app_with: AppWith, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser(_site_that_fails(app_with, ValueError("x")))
    browser.set_cookie("a-secret-of-mine")
    browser.post("/boom?query=searched", {"text": "written"})
    assert not any(word in caplog.text for word in ("a-secret-of-mine", "searched", "written", "127.0.0.1"))


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 503])
def test_a_refusal_is_answered_with_its_status_and_its_sentence(status: int, app_with: AppWith) -> None:
    refusal = Refusal("กฎข้อนี้ไม่ยอม")
    refusal.status = status
    page = Browser(_site_that_fails(app_with, refusal)).visit("/boom")
    assert (page.status, "กฎข้อนี้ไม่ยอม" in page.text) == (status, True)


def test_a_refusal_undoes_what_was_written_before_it(app_with: AppWith, site: Flask) -> None:
    from classroom.web.visitor import person_or_guest

    def view() -> str:
        person_or_guest()
        raise Refusal("กฎข้อนี้ไม่ยอม")

    app = app_with()
    app.add_url_rule("/boom", view_func=allow(Can.LEARN)(view), methods=["POST"])
    browser = Browser(app)
    assert "กฎข้อนี้ไม่ยอม" in browser.post("/boom").text
    assert (browser.cookie(), everything(site)) == (None, {})


def test_an_answer_at_400_or_above_undoes_what_was_written(app_with: AppWith, site: Flask) -> None:
    from classroom.web.visitor import person_or_guest

    def view() -> tuple[str, int]:
        person_or_guest()
        return "no", 422

    app = app_with()
    app.add_url_rule("/boom", view_func=allow(Can.LEARN)(view), methods=["POST"])
    assert Browser(app).send("/boom").body == b"no"
    assert everything(site) == {}


def test_the_page_after_a_fault_is_sound(app_with: AppWith) -> None:
    app = _site_that_fails(app_with, ValueError("x"))
    browser = Browser(app)
    browser.visit("/boom")
    browser.visit(LESSON)
    page = browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")


def _site_that_fails(app_with: AppWith, error: Exception) -> Flask:
    def boom() -> str:
        raise error

    app = app_with()
    app.add_url_rule("/boom", view_func=allow(Can.READ)(boom), methods=["GET", "POST"])
    return app
