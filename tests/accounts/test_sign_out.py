"""Signing out, and proving once more who one is."""

from __future__ import annotations

from flask import Flask

from classroom.permissions import Role
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.people import PASSWORD, account, desk, sign_in
from tests.rows import rows

LESSON = "/courses/speaking/limits"
CHECK, ANSWER = f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"]
WRONG = "not the password"
SECURITY = "/me/security/name"


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
