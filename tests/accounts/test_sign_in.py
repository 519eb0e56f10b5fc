"""Signing in and out: one hash, a new session, the same answer to known and unknown people."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import argon2._password_hasher
import pytest
from argon2 import PasswordHasher
from flask import Flask

from classroom import clock, phrases
from classroom.accounts import passwords
from classroom.accounts.models import Person
from classroom.accounts.views import entry
from classroom.database import db, transaction
from classroom.permissions import Duty, Role
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, PASSWORD, account, desk, hash_of, sign_in
from tests.rows import row, rows

LESSON = "/courses/speaking/limits"
CHECK, ANSWER = f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"]
WRONG = "not the password"
SECURITY = "/me/security/name"


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that argon2 works out from now on: what it was asked for."""
    asked: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        work = getattr(argon2._password_hasher, name)

        def ask(*args: Any, **options: Any) -> Any:
            asked.append(name)
            return work(*args, **options)

        return ask

    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(argon2._password_hasher, name, counted(name))
    return asked


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
    wrong, unknown = (_answer(site, typed) for typed in (EMAIL, email))
    assert (unknown.status, unknown.html.replace(email, "")) == (wrong.status, wrong.html.replace(EMAIL, ""))


def _answer(site: Flask, email: str) -> Page:
    return Browser(site).send("/sign-in", {"email": email, "password": WRONG})


@pytest.mark.parametrize("email", [EMAIL, "somchai@example.org", "no address"])
@pytest.mark.parametrize("password", [PASSWORD, WRONG, "", "x" * 10_000])
def test_a_sign_in_costs_one_hash(email: str, password: str, site: Flask, hashes: list[str]) -> None:
    account(site)
    hashes.clear()
    Browser(site).send("/sign-in", {"email": email, "password": password})
    assert hashes == ["verify_secret"]


def test_somebody_without_a_password_costs_one_hash_and_is_let_in_by_none(site: Flask, hashes: list[str]) -> None:
    _change(site, account(site).person_id, password_hash=None)
    hashes.clear()
    assert Browser(site).send("/sign-in", {"email": EMAIL, "password": ""}).status == 422
    assert hashes == ["verify_secret"]


def _change(site: Flask, person_id: int, **columns: Any) -> None:
    with site.app_context(), transaction() as session:
        person = session.get_one(Person, person_id)
        for name, value in columns.items():
            setattr(person, name, value)


def test_a_hash_of_old_parameters_is_renewed_by_the_right_password_only(site: Flask, hashes: list[str]) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    _change(site, account(site).person_id, password_hash=old)
    hashes.clear()
    Browser(site).send("/sign-in", {"email": EMAIL, "password": WRONG})
    assert (row(site, "person")["password_hash"], hashes) == (old, ["verify_secret"])
    hashes.clear()
    Browser(site).send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert hashes == ["verify_secret", "hash_secret"]
    assert not passwords.needs_renewal(row(site, "person")["password_hash"])
    assert sign_in(Browser(site)).path == "/me"


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


def test_a_guesser_has_to_wait_and_the_owner_elsewhere_does_not(site: Flask, moved_clock: MovedClock) -> None:
    account(site)
    guesser = Browser(site, address="192.0.2.7")
    statuses = [
        guesser.send("/sign-in", {"email": EMAIL, "password": f"{WRONG} {number}"}).status for number in range(12)
    ]
    assert statuses == [422] * 10 + [429] * 2
    slowed = guesser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "900")
    assert "รออีก" in slowed.text
    assert sign_in(Browser(site, address="192.0.2.8")).path == "/me"
    moved_clock.forward(minutes=15)
    assert sign_in(guesser).path == "/me"


def test_unknown_people_are_slowed_alike(site: Flask) -> None:
    statuses = [_answer(site, "somchai@example.org").status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_somebody_who_is_slowed_costs_no_hash(site: Flask, hashes: list[str]) -> None:
    for _ in range(10):
        _answer(site, EMAIL)
    hashes.clear()
    assert (_answer(site, EMAIL).status, hashes) == (429, [])


def test_right_passwords_are_never_slowed(site: Flask) -> None:
    account(site)
    fields = {"email": EMAIL, "password": PASSWORD}
    assert {Browser(site).send("/sign-in", fields).status for _ in range(15)} == {303}


def test_one_address_that_tries_many_accounts_has_to_wait(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "WRONG_FROM_ADDRESS", replace(entry.WRONG_FROM_ADDRESS, allowed=5))
    statuses = [_answer(site, f"learner{number}@example.org").status for number in range(6)]
    assert statuses == [422] * 5 + [429]


def test_when_too_many_sign_in_at_once_the_form_asks_to_press_again(
    browser: Browser, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(site)
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)
    for _ in range(passwords.MOST_AT_ONCE):
        passwords._turns.acquire()
    page = sign_in(browser)
    for _ in range(passwords.MOST_AT_ONCE):
        passwords._turns.release()
    assert (page.status, phrases.TOO_MANY_SIGN_INS in page.text, page.value("email")) == (503, True, EMAIL)
    assert browser.press("เข้าสู่ระบบ", {"password": PASSWORD}).path == "/me"


def test_no_connection_is_held_while_hashing(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account(site)
    checked_out: list[int] = []
    is_right = passwords.is_right

    def look(*asked: Any) -> bool:
        checked_out.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return is_right(*asked)

    monkeypatch.setattr(passwords, "is_right", look)
    Browser(site).send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert checked_out == [0]


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


def test_signing_out_ends_the_session_and_changes_the_cookie(site: Flask) -> None:
    someone = account(site)
    browser = make.browser_of(site, someone)
    browser.visit("/me")
    page = browser.press("ออกจากระบบ")
    assert (page.heading, browser.cookie()) == ("คุณออกจากระบบแล้ว", None)
    replayed = Browser(site)
    replayed.set_cookie(someone.secret)
    assert replayed.visit(SECURITY).path.startswith("/sign-in")
    assert rows(site, "device_session") == []


def test_opening_the_page_signs_nobody_out(site: Flask) -> None:
    browser = desk(site)
    assert browser.visit("/sign-out").heading == "ออกจากระบบ"
    assert browser.visit(SECURITY).path == SECURITY


def test_a_guest_who_signs_out_keeps_their_work(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.send(CHECK, ANSWER)
    browser.post("/sign-out")
    assert "ถูกแล้ว" in browser.visit(LESSON).words_in("check-limits-aim")


def test_a_card_signs_out_too(site: Flask) -> None:
    browser = desk(site, role=Role.CARD)
    browser.visit("/me")
    assert browser.press("ออกจากระบบ").heading == "คุณออกจากระบบแล้ว"


def test_signing_in_and_out_is_audited(browser: Browser, site: Flask) -> None:
    someone = account(site)
    sign_in(browser)
    browser.press("ออกจากระบบ")
    entries = [(entry["action"], entry["actor_id"]) for entry in rows(site, "audit_entry")]
    assert entries == [("sign-in", someone.person_id), ("sign-out", someone.person_id)]


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


class TestProvingOneselfOnceMore:
    """`/sign-in/again`, where a page asks for it."""

    def test_the_password_makes_it_fresh_and_leads_back(self, site: Flask, moved_clock: MovedClock) -> None:
        browser = desk(site)
        moved_clock.forward(minutes=11)
        assert browser.visit("/me/security/password").path == "/sign-in/again?to=account.password_page"
        page = browser.press("ยืนยัน", {"password": PASSWORD})
        assert page.path == "/me/security/password"

    def test_the_session_gets_a_new_id(self, site: Flask, moved_clock: MovedClock) -> None:
        browser = desk(site)
        before = browser.cookie()
        moved_clock.forward(minutes=11)
        browser.visit("/sign-in/again")
        browser.press("ยืนยัน", {"password": PASSWORD})
        assert browser.cookie() != before
        assert len(rows(site, "device_session")) == 1

    def test_a_wrong_password_does_not(self, site: Flask, moved_clock: MovedClock) -> None:
        browser = desk(site)
        moved_clock.forward(minutes=11)
        browser.visit("/sign-in/again")
        pages = [browser.press("ยืนยัน", {"password": WRONG}) for _ in range(11)]
        assert [page.status for page in pages] == [422] * 10 + [429]
        assert browser.visit("/me/security/password").path.startswith("/sign-in/again")

    def test_another_persons_password_does_not(self, site: Flask, moved_clock: MovedClock) -> None:
        account(site, "somchai@example.org", "another good password")
        browser = desk(site)
        moved_clock.forward(minutes=11)
        browser.visit("/sign-in/again")
        assert browser.press("ยืนยัน", {"password": "another good password"}).status == 422

    def test_guests_and_visitors_are_not_asked(self, browser: Browser, site: Flask) -> None:
        assert browser.visit("/sign-in/again").status == 404
        assert make.browser_of(site, make.guest(site)).visit("/sign-in/again").path == "/me"

    def test_a_fresh_person_goes_on_at_once(self, site: Flask) -> None:
        assert desk(site).visit("/sign-in/again").path == "/me"


def test_staff_are_led_to_their_second_factor(site: Flask) -> None:
    browser = Browser(site)
    account(site, duties=frozenset({Duty.OPERATOR}))
    sign_in(browser)
    assert browser.fetch("/staff/letters").headers["Location"] == "/sign-in/second-factor?to=letters.letters"


def test_the_hash_of_the_tests_is_the_products(site: Flask) -> None:
    assert not passwords.needs_renewal(hash_of(PASSWORD))
