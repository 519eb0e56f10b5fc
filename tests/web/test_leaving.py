"""The quick exit ends the session, changes the cookie and goes on to somewhere harmless (security.md A12, D17)."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom.config import UnsafeSettings, from_environment
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import everything, rows

BUTTON = "ออกด่วน"
KEYS = {"SECRET_KEY": "a secret key for tests, 0123456789", "DATA_KEY": "a data key for tests, 9876543210 abc"}


def test_the_button_stands_on_every_page_of_somebody(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    for path in ("/", "/me", "/me/data", "/courses/speaking/limits", "/courses/speaking/limits/quiz", "/nothing-here"):
        assert BUTTON in browser.visit(path).text


def test_nobody_is_offered_a_way_out(browser: Browser) -> None:
    for path in ("/", "/me", "/courses/speaking/limits"):
        assert BUTTON not in browser.visit(path).text


@pytest.mark.parametrize("path", ["/me", "/courses/speaking/limits"])
def test_leaving_ends_the_session_and_takes_the_cookie(path: str, site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.visit(path)
    browser.press(BUTTON)
    assert (browser.cookie(), rows(site, "device_session")) == (None, [])


def test_the_page_goes_on_by_itself_is_stored_nowhere_and_names_nothing(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.visit("/me")
    page = browser.press(BUTTON)
    (refresh,) = [element.get("content") for element in page if element.get("http-equiv") == "refresh"]
    assert refresh == "0; url=https://www.tmd.go.th/"
    assert [href for _, href in page.links()] == ["https://www.tmd.go.th/"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "สิทธิ" not in page.html


def test_the_operator_says_where_it_leads(app_with: AppWith) -> None:
    app = app_with(quick_exit_url="https://news.example/")
    browser = make.browser_of(app, make.guest(app))
    browser.visit("/me")
    assert browser.press(BUTTON).links()[0][1] == "https://news.example/"


def test_other_devices_of_the_person_stay_known(site: Flask) -> None:
    someone = make.account(site)
    with_more = make.browser_of(site, someone)
    other = make.account(site, "two@school.test")
    with_more.visit("/me")
    with_more.press(BUTTON)
    assert [session["person_id"] for session in rows(site, "device_session")] == [other.person_id]


def test_leaving_twice_and_leaving_as_nobody_is_leaving(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.visit("/me")
    browser.press(BUTTON)
    before = everything(site)
    for someone in (browser, Browser(site)):
        assert someone.post("/exit").heading == "กำลังเปิดหน้าอื่น"
    assert everything(site) == before


def test_another_site_cannot_make_one_leave(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    assert browser.post("/exit", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert len(rows(site, "device_session")) == 1


def test_a_lesson_kept_for_all_holds_nobodys_token(site: Flask) -> None:
    """The button's form is in the frame of the page, and the frame of a lesson is kept for the next reader."""
    one, two = (make.browser_of(site, make.guest(site)) for _ in range(2))
    pages = [browser.visit("/courses/speaking/limits") for browser in (one, two)]
    tokens = [{form.filled({})[0][1] for form in page.forms() if form.method == "post"} for page in pages]
    assert len(tokens[0]) == len(tokens[1]) == 1
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize("shared", [True, False])
def test_only_a_page_on_a_shared_computer_goes_blank_when_nobody_uses_it(shared: bool, site: Flask) -> None:
    browser = make.browser_of(site, make.account(site, is_shared=shared))
    for path in ("/me", "/courses/speaking/limits"):
        assert browser.visit(path).tree.get("data-idle") == ("1200" if shared else None)


@pytest.mark.parametrize("url", ["http://news.example/", "javascript:alert(1)", "//news.example", "https://x\r\ny", ""])
def test_an_exit_to_what_is_no_https_page_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(UnsafeSettings, match="QUICK_EXIT_URL"):
        from_environment(KEYS | {"QUICK_EXIT_URL": url})
