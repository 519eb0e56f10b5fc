"""A new password: by letter or by the old one; other sessions end, and the person is told."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import clock, phrases
from classroom.accounts.models import Passkey
from classroom.database import transaction
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, PASSWORD, account, desk, letters, sign_in
from tests.rows import everything, row, rows

SEND, SET = "ส่งลิงก์ให้ฉัน", "ตั้งรหัสผ่านนี้"
NEW = "ปลาทูหนีแมวทุกวัน"


def ask(browser: Browser, email: str = EMAIL) -> Page:
    browser.visit("/password-reset")
    return browser.press(SEND, {"email": email})


def link_for(site: Flask, email: str = EMAIL) -> str:
    ask(Browser(site), email)
    (letter,) = letters(site)
    return letter.link


def test_the_letter_leads_to_a_new_password(browser: Browser, site: Flask) -> None:
    account(site)
    browser.visit(link_for(site))
    page = browser.press(SET, {"password": NEW})
    assert (page.status, page.heading) == (200, "ตั้งรหัสผ่านใหม่แล้ว")
    assert sign_in(Browser(site), password=PASSWORD).status == 422
    assert sign_in(Browser(site), password=NEW).path == "/me"


def test_it_signs_nobody_in(browser: Browser, site: Flask) -> None:
    account(site)
    browser.visit(link_for(site))
    browser.press(SET, {"password": NEW})
    assert browser.cookie() is None


def test_it_ends_all_sessions_and_tells_the_person(browser: Browser, site: Flask) -> None:
    someone = account(site)
    browser.visit(link_for(site))
    browser.press(SET, {"password": NEW})
    assert rows(site, "device_session") == []
    assert make.browser_of(site, someone).visit("/me/security/name").path.startswith("/sign-in")
    (letter,) = letters(site)
    assert (letter.to, letter.subject) == (EMAIL, "รหัสผ่านของคุณถูกเปลี่ยน")
    assert "/password-reset" in letter.text


def test_the_letter_names_its_hour_and_no_topic(site: Flask) -> None:
    account(site)
    ask(Browser(site))
    (letter,) = letters(site)
    assert (letter.to, letter.subject) == (EMAIL, "ตั้งรหัสผ่านใหม่")
    assert "1 ชั่วโมง" in letter.text


def test_it_goes_to_the_address_of_the_account_not_to_what_was_typed(site: Flask) -> None:
    account(site, "Mali@example.org")
    ask(Browser(site), "mALI@example.org")
    assert letters(site)[0].to == "Mali@example.org"


def test_known_and_unknown_addresses_get_the_same_answer(site: Flask) -> None:
    account(site)
    known, unknown = ask(Browser(site)), ask(Browser(site), "somchai@example.org")
    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert [letter.to for letter in letters(site)] == [EMAIL]


def test_known_and_unknown_addresses_leave_the_same_rows(site: Flask) -> None:
    account(site)
    counts = []
    for email in (EMAIL, "somchai@example.org"):
        before = everything(site)
        ask(Browser(site), email)
        after = everything(site)
        counts.append({table: len(after[table]) - len(before.get(table, [])) for table in ("token", "letter")})
    assert counts == [{"token": 1, "letter": 1}] * 2


def test_an_unknown_address_is_kept_no_longer_than_its_letter_waits(site: Flask) -> None:
    ask(Browser(site), "somchai@example.org")
    assert "somchai" not in repr(everything(site))
    letters(site)
    assert row(site, "letter")["sealed_address"] is None


def test_a_link_works_once(browser: Browser, site: Flask) -> None:
    account(site)
    link = link_for(site)
    browser.visit(link)
    browser.press(SET, {"password": NEW})
    again = Browser(site).visit(link)
    assert (again.status, phrases.LINK_IS_OVER in again.text) == (404, True)
    assert Browser(site).post(link, {"password": "a third password"}).status == 404
    assert sign_in(Browser(site), password=NEW).path == "/me"


def test_a_link_works_for_an_hour(site: Flask, moved_clock: MovedClock) -> None:
    account(site)
    link = link_for(site)
    moved_clock.forward(minutes=59, seconds=59)
    assert Browser(site).visit(link).status == 200
    moved_clock.forward(seconds=1)
    assert Browser(site).visit(link).status == 404
    assert Browser(site).post(link, {"password": NEW}).status == 404
    assert sign_in(Browser(site)).path == "/me"


def test_the_first_new_password_makes_other_links_worthless(site: Flask) -> None:
    account(site)
    first, second = link_for(site), link_for(site)
    Browser(site).post(first, {"password": NEW})
    assert Browser(site).post(second, {"password": "a third password"}).status == 404


def test_a_password_that_will_not_do_leaves_the_link_good(browser: Browser, site: Flask) -> None:
    account(site)
    browser.visit(link_for(site))
    page = browser.press(SET, {"password": "mali"})
    assert (page.status, phrases.PASSWORD_TOO_SHORT in page.text) == (422, True)
    assert browser.press(SET, {"password": EMAIL}).status == 422
    assert browser.press(SET, {"password": NEW}).heading == "ตั้งรหัสผ่านใหม่แล้ว"


def test_a_suspended_person_gets_no_letter(site: Flask) -> None:
    account(site, suspended_at=clock.now())
    assert ask(Browser(site)).heading == "เปิดอีเมลของคุณ"
    assert letters(site) == []


def test_a_second_factor_is_asked_for_after_a_reset_too(site: Flask) -> None:
    account(site, totp_secret=b"x", totp_confirmed_at=clock.now())
    Browser(site).post(link_for(site), {"password": NEW})
    answer = Browser(site).send("/sign-in", {"email": EMAIL, "password": NEW})
    assert answer.headers["Location"] == "/sign-in/second-factor"


def test_a_reset_is_audited(site: Flask) -> None:
    someone = account(site)
    Browser(site).post(link_for(site), {"password": NEW})
    assert [(entry["action"], entry["object_id"]) for entry in rows(site, "audit_entry")] == [
        ("password-reset", str(someone.person_id))
    ]


@pytest.mark.parametrize("email", ["mali", "m\u0430li@example.org", ""])
def test_what_is_no_address_is_pointed_out(email: str, browser: Browser, site: Flask) -> None:
    page = ask(browser, email)
    assert (page.status, page.value("email"), everything(site)) == (422, email, {})


def test_letters_to_one_address_are_counted_whoever_asks(site: Flask) -> None:
    statuses = [ask(Browser(site, address=f"192.0.2.{number}")).status for number in range(1, 7)]
    assert statuses == [200] * 5 + [429]


class TestChangingIt:
    """By somebody who is signed in and proved it a moment ago."""

    def test_this_device_stays_and_others_go(self, site: Flask) -> None:
        browser, elsewhere = desk(site), Browser(site)
        sign_in(elsewhere)
        browser.visit("/me/security/password")
        browser.press("เปลี่ยนรหัสผ่าน", {"password": NEW})
        assert browser.visit("/me/security/name").path == "/me/security/name"
        assert elsewhere.visit("/me/security/name").path.startswith("/sign-in")
        assert sign_in(Browser(site), password=NEW).path == "/me"
        assert [letter.subject for letter in letters(site)] == ["รหัสผ่านของคุณถูกเปลี่ยน"]

    def test_a_password_that_will_not_do_changes_nothing(self, site: Flask) -> None:
        browser = desk(site)
        browser.visit("/me/security/password")
        page = browser.press("เปลี่ยนรหัสผ่าน", {"password": "12345678"})
        assert (page.status, phrases.PASSWORD_TOO_COMMON in page.text) == (422, True)
        assert sign_in(Browser(site)).path == "/me"

    def test_a_proof_of_long_ago_is_not_enough(self, site: Flask, moved_clock: MovedClock) -> None:
        browser = desk(site)
        moved_clock.forward(minutes=10)
        assert browser.post("/me/security/password", {"password": NEW}).path.startswith("/sign-in/again")
        assert sign_in(Browser(site)).path == "/me"

    def test_the_name_can_be_changed(self, site: Flask) -> None:
        browser = desk(site)
        browser.visit("/me/security/name")
        browser.press("บันทึก", {"name": "  ดอกมะลิ "})
        assert row(site, "person")["name"] == "ดอกมะลิ"

    def test_a_name_that_will_not_do_is_kept_to_be_mended(self, site: Flask) -> None:
        browser = desk(site)
        browser.visit("/me/security/name")
        page = browser.press("บันทึก", {"name": "1101700230708"})
        assert (page.status, phrases.NAME_HAS_ID_NUMBER in page.text, page.value("name")) == (
            422,
            True,
            "1101700230708",
        )
        assert row(site, "person")["name"] == "มะลิ"

    def test_with_a_second_factor_that_was_not_given_here_it_cannot(self, site: Flask) -> None:
        someone = account(site)
        with site.app_context(), transaction() as session:
            values = {
                "credential_id": "x",
                "public_key": b"x",
                "sign_count": 0,
                "label": "x",
                "created_at": clock.now(),
            }
            session.add(Passkey(person_id=someone.person_id, **values))
        browser = make.browser_of(site, someone)
        assert [browser.send(f"/me/security/{page}").status for page in ("password", "e-mail")] == [403, 403]
