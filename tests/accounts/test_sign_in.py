"""Signing in: a new session, a guest's work, the same answer to known and unknown people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from classroom import clock, phrases
from classroom.permissions import Duty
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, PASSWORD, account, desk, sign_in
from tests.rows import row, rows

LESSON = "/courses/speaking/limits"
CHECK, ANSWER = f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"]
WRONG = "not the password"
SECURITY = "/me/security/name"


def test_the_right_pair_opens_the_account(browser: Browser, site: Flask) -> None:
    account(site)
    page = sign_in(browser)
    assert (page.path, "ออกจากระบบ" in page.text) == ("/me", True)
    assert browser.visit(SECURITY).status == 200


@pytest.mark.parametrize("email", ["Mali@Example.org", "  mali@example.org "])
def test_the_address_is_compared_forgivingly(email: str, browser: Browser, site: Flask) -> None:
    account(site)
    assert sign_in(browser, email).path == "/me"


@pytest.mark.parametrize("password", [f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1], "", "x" * 10_000])
def test_the_password_is_not(password: str, browser: Browser, site: Flask) -> None:
    account(site)
    page = sign_in(browser, password=password)
    assert (page.status, phrases.WRONG_PAIR in page.text, browser.cookie()) == (422, True, None)


def test_what_was_typed_stays_but_for_the_password(browser: Browser, site: Flask) -> None:
    page = sign_in(browser, EMAIL, WRONG, shared="yes")
    assert (page.value("email"), page.value("password"), page.ticked("shared")) == (EMAIL, "", ["yes"])
    assert WRONG not in page.html


@pytest.mark.parametrize(
    "email", ["somchai@example.org", "no address", "", "m\u0430li@example.org", "x\x00@example.org"]
)
def test_unknown_people_get_the_answer_of_a_wrong_password(email: str, site: Flask) -> None:
    account(site)
    wrong, unknown = (wrong_answer(site, typed) for typed in (EMAIL, email))
    assert (unknown.status, unknown.html.replace(email, "")) == (wrong.status, wrong.html.replace(EMAIL, ""))


def wrong_answer(site: Flask, email: str) -> Page:
    return Browser(site).send("/sign-in", {"email": email, "password": WRONG})


def test_a_planted_session_is_worth_nothing_after_the_sign_in(browser: Browser, site: Flask) -> None:
    account(site)
    planted = make.guest(site)
    browser.set_cookie(planted.secret)
    sign_in(browser)
    assert browser.cookie() != planted.secret
    thief = Browser(site)
    thief.set_cookie(planted.secret)
    assert thief.visit(SECURITY).path.startswith("/sign-in")


def test_a_second_sign_in_ends_the_first_session_of_this_browser(browser: Browser, site: Flask) -> None:
    account(site)
    other = account(site, "somchai@example.org")
    browser.set_cookie(other.secret)
    browser.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    replayed = Browser(site)
    replayed.set_cookie(other.secret)
    assert replayed.visit(SECURITY).path.startswith("/sign-in")


def test_a_guests_work_moves_in_and_the_guest_is_gone(browser: Browser, site: Flask) -> None:
    someone = account(site)
    browser.send(CHECK, ANSWER)
    assert "ย้ายเข้าบัญชี" in browser.visit("/sign-in").text
    sign_in(browser)
    assert row(site, "progress")["person_id"] == someone.person_id
    assert [person["id"] for person in rows(site, "person")] == [someone.person_id]


def test_another_accounts_work_stays_where_it_is(browser: Browser, site: Flask) -> None:
    account(site)
    other = account(site, "somchai@example.org")
    make.answered_check(site, other, "limits-aim")
    browser.set_cookie(other.secret)
    browser.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert row(site, "progress")["person_id"] == other.person_id


def test_a_failed_sign_in_moves_nothing(browser: Browser, site: Flask) -> None:
    account(site)
    browser.send(CHECK, ANSWER)
    guest = browser.cookie()
    sign_in(browser, password=WRONG)
    assert browser.cookie() == guest
    assert "ถูกแล้ว" in browser.visit(LESSON).words_in("check-limits-aim")


def test_two_sign_ins_at_once_with_one_guests_cookie_lose_nothing(site: Flask) -> None:
    someone = account(site)
    guest = make.guest(site)
    make.answered_check(site, guest, "limits-aim")
    browsers = [make.browser_of(site, guest) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        fields = {"email": EMAIL, "password": PASSWORD}
        answers = list(pool.map(lambda browser: browser.send("/sign-in", fields).status, browsers))
    assert answers == [303] * 4
    assert row(site, "progress")["person_id"] == someone.person_id
    assert len({browser.cookie() for browser in browsers}) == 4


def test_the_shared_tick_keeps_the_cookie_for_this_window_and_twenty_minutes(
    browser: Browser, site: Flask, moved_clock: MovedClock
) -> None:
    account(site)
    answer = browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD, "shared": "yes"})
    assert "Max-Age" not in answer.headers["Set-Cookie"]
    moved_clock.forward(minutes=19)
    assert browser.visit(SECURITY).path == SECURITY
    moved_clock.forward(minutes=20)
    assert browser.visit(SECURITY).path.startswith("/sign-in")


def test_on_ones_own_device_it_lasts(browser: Browser, site: Flask, moved_clock: MovedClock) -> None:
    account(site)
    answer = browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert "Max-Age=2592000" in answer.headers["Set-Cookie"]
    moved_clock.forward(days=29)
    assert browser.visit(SECURITY).path == SECURITY


def test_a_suspended_person_is_told_so_only_with_the_right_password(browser: Browser, site: Flask) -> None:
    account(site, suspended_at=clock.now())
    assert phrases.WRONG_PAIR in sign_in(browser, password=WRONG).text
    page = sign_in(browser)
    assert (page.status, phrases.ACCOUNT_SUSPENDED in page.text, browser.cookie()) == (403, True, None)


def test_somebody_who_asked_to_be_erased_is_shown_the_way_back(browser: Browser, site: Flask) -> None:
    account(site, erase_after=clock.now())
    page = sign_in(browser)
    assert (page.status, phrases.ACCOUNT_LEAVING in page.text, browser.cookie()) == (403, True, None)


def test_with_a_second_factor_the_password_alone_opens_nothing(browser: Browser, site: Flask) -> None:
    account(site, totp_secret=b"x", totp_confirmed_at=clock.now())
    answer = browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in/second-factor")
    assert browser.visit("/me/security/name").path.startswith("/sign-in")


def test_the_way_on_leads_back_to_the_page_that_was_asked_for(browser: Browser, site: Flask) -> None:
    account(site)
    assert browser.visit("/me/security/name").path == "/sign-in?to=account.name_page"
    page = browser.press("เข้าสู่ระบบ", {"email": EMAIL, "password": PASSWORD})
    assert page.path == "/me/security/name"


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.test",
        "//elsewhere.test",
        "/rights",
        "quizzes.attempt",
        "entry.sign_out",
        "x",
        "leaving.quick_exit",
    ],
)
def test_the_way_on_leads_nowhere_else(to: str, browser: Browser, site: Flask) -> None:
    account(site)
    browser.visit(f"/sign-in?to={to}")
    assert browser.press("เข้าสู่ระบบ", {"email": EMAIL, "password": PASSWORD}).path == "/me"


def test_a_form_of_another_site_signs_nobody_in(browser: Browser, site: Flask) -> None:
    account(site)
    page = browser.post("/sign-in", {"email": EMAIL, "password": PASSWORD}, {"Sec-Fetch-Site": "cross-site"})
    assert (page.status, browser.cookie()) == (403, None)


def test_a_password_is_not_shown_where_a_browser_has_to_press_once_more(site: Flask) -> None:
    account(site)
    browser = Browser(site, is_old=True)
    browser.visit("/sign-in")
    asked = browser.press("เข้าสู่ระบบ", {"email": EMAIL, "password": PASSWORD})
    assert (asked.status, PASSWORD in asked.html) == (403, False)
    assert browser.press("ส่งอีกครั้ง", {"password": PASSWORD}).path == "/me"


def test_the_header_offers_the_way_in_to_those_who_are_not_signed_in(browser: Browser, site: Flask) -> None:
    assert browser.visit("/").link("เข้าสู่ระบบ") == "/sign-in"
    browser.send(CHECK, ANSWER)
    assert browser.visit(LESSON).link("เข้าสู่ระบบ") == "/sign-in"
    for path in ("/", LESSON, "/me"):
        page = desk(site, f"mali{len(path)}@example.org").visit(path)
        assert "เข้าสู่ระบบ" not in [words for words, _ in page.links()]
        assert "ออกจากระบบ" in page.text


def test_a_lesson_kept_for_all_holds_ones_own_token(site: Flask) -> None:
    first, second = desk(site), desk(site, "somchai@example.org")
    tokens = {dict(form.filled({}))["csrf_token"] for form in first.visit(LESSON).forms() if form.method == "post"}
    others = {dict(form.filled({}))["csrf_token"] for form in second.visit(LESSON).forms() if form.method == "post"}
    assert (len(tokens), len(others), tokens & others) == (1, 1, set())


def test_staff_are_led_to_their_second_factor(site: Flask) -> None:
    browser = Browser(site)
    account(site, duties=frozenset({Duty.OPERATOR}))
    sign_in(browser)
    assert browser.fetch("/staff/letters").headers["Location"] == "/sign-in/second-factor?to=letters.letters"
