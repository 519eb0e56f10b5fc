"""Signing up: a name and an address, a letter, a password; and nobody learns who has an account."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from classroom import clock, phrases
from classroom.database import transaction
from classroom.permissions import Role
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, NEW_HERE, PASSWORD, account, letters, sign_in
from tests.rows import everything, row, rows

SEND = "ส่งลิงก์ให้ฉัน"
LESSON = "/courses/speaking/limits"


def ask(browser: Browser, email: str = EMAIL, name: str = "มะลิ") -> Page:
    browser.visit("/sign-up")
    return browser.press(SEND, {"name": name, "email": email})


def sign_up(browser: Browser, app: Flask, email: str = EMAIL, password: str = PASSWORD, **fields: str) -> Page:
    ask(browser, email)
    browser.visit(letters(app)[-1].link)
    return browser.press(NEW_HERE, {"password": password, **fields})


def test_a_name_an_address_a_letter_and_a_password_make_an_account(browser: Browser, site: Flask) -> None:
    page = sign_up(browser, site)
    assert (page.path, page.status) == ("/me", 200)
    person = row(site, "person")
    assert (person["role"], person["name"], person["email"], person["email_key"]) == ("learner", "มะลิ", EMAIL, EMAIL)
    assert person["email_confirmed_at"] is not None
    assert browser.visit("/me/security/name").value("name") == "มะลิ"


def test_the_password_is_in_no_row(browser: Browser, site: Flask) -> None:
    sign_up(browser, site)
    assert PASSWORD not in repr(everything(site))
    assert row(site, "person")["password_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_before_the_letter_is_used_there_is_no_account_and_no_address_to_read(browser: Browser, site: Flask) -> None:
    page = ask(browser)
    assert page.heading == "เปิดอีเมลของคุณ"
    assert everything(site).keys() == {"token", "letter", "limit_key", "limit_window"}
    assert EMAIL not in repr(everything(site))
    assert browser.cookie() is None


def test_the_letter_says_what_it_is_for_and_names_no_topic(browser: Browser, site: Flask) -> None:
    ask(browser)
    (letter,) = letters(site)
    assert (letter.to, letter.subject) == (EMAIL, "ยืนยันอีเมลเพื่อเปิดบัญชี")
    assert "24 ชั่วโมง" in letter.text
    assert "ไม่ต้องทำอะไร" in letter.html


def test_opening_the_link_changes_nothing(browser: Browser, site: Flask) -> None:
    ask(browser)
    link = letters(site)[0].link
    before = everything(site)
    browser.visit(link)
    assert everything(site) == before


def test_a_guests_work_moves_into_the_account(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    sign_up(browser, site)
    assert row(site, "person")["role"] == "learner"
    assert row(site, "progress")["person_id"] == row(site, "person")["id"]
    assert "ถูกแล้ว" in browser.visit(LESSON).words_in("check-limits-aim")


def test_it_moves_too_when_the_letter_is_opened_elsewhere(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    browser.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    ask(browser)
    elsewhere = Browser(site)
    elsewhere.visit(LESSON)
    elsewhere.press("ตรวจคำตอบ", RIGHT["limits-spoken"], within="check-limits-spoken")
    elsewhere.visit(letters(site)[0].link)
    elsewhere.press(NEW_HERE, {"password": PASSWORD})
    assert row(site, "progress")["latest"].keys() == {"limits-aim", "limits-spoken"}
    assert sign_in(browser).path == "/me"
    assert "ถูกแล้ว" in browser.visit(LESSON).words_in("check-limits-aim")


def test_the_session_is_a_new_one(browser: Browser, site: Flask) -> None:
    browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    guests = browser.cookie()
    sign_up(browser, site)
    assert browser.cookie() != guests
    planted = Browser(site)
    planted.set_cookie(guests or "")
    assert "ออกจากระบบ" not in planted.visit("/me").text


def test_a_known_address_gets_the_same_answer_and_another_letter(site: Flask) -> None:
    account(site)
    known, unknown = Browser(site), Browser(site)
    of_known, of_unknown = ask(known), ask(unknown, "somchai@example.org")
    assert (of_known.status, of_known.body) == (of_unknown.status, of_unknown.body)
    assert known.cookie() == unknown.cookie()
    told = {letter.to: letter for letter in letters(site)}
    assert told[EMAIL].subject == "อีเมลนี้มีบัญชีอยู่แล้ว"
    assert "/e-mail/" not in told[EMAIL].text
    assert "/password-reset" in told[EMAIL].text
    assert told["somchai@example.org"].link.startswith("/e-mail/")


def test_known_and_unknown_addresses_leave_the_same_rows(site: Flask) -> None:
    account(site)
    counts = []
    for email in (EMAIL, "somchai@example.org"):
        before = _counts(site)
        ask(Browser(site), email)
        counts.append({table: count - before.get(table, 0) for table, count in _counts(site).items()})
    assert counts[0]["token"] == counts[1]["token"] == 1
    assert counts[0]["letter"] == counts[1]["letter"] == 1


def _counts(site: Flask) -> dict[str, int]:
    return {table: len(stored) for table, stored in everything(site).items()}


def test_the_same_address_in_other_letters_is_known_too(browser: Browser, site: Flask) -> None:
    account(site)
    ask(browser, "MALI@EXAMPLE.ORG")
    assert letters(site)[0].subject == "อีเมลนี้มีบัญชีอยู่แล้ว"


def test_a_link_that_was_used_is_over(browser: Browser, site: Flask) -> None:
    ask(browser)
    link = letters(site)[0].link
    browser.visit(link)
    browser.press(NEW_HERE, {"password": PASSWORD})
    again = Browser(site).visit(link)
    assert (again.status, phrases.LINK_IS_OVER in again.text) == (404, True)
    assert Browser(site).post(link, {"password": "another password"}).status == 404
    assert len(rows(site, "person")) == 1


def test_a_link_of_yesterday_is_over(browser: Browser, site: Flask, moved_clock: MovedClock) -> None:
    ask(browser)
    link = letters(site)[0].link
    moved_clock.forward(hours=23, minutes=59)
    assert browser.visit(link).status == 200
    moved_clock.forward(minutes=1)
    assert browser.visit(link).status == 404
    assert browser.post(link, {"password": PASSWORD}).status == 404
    assert rows(site, "person") == []


def test_a_letter_that_comes_too_late_is_not_sent(browser: Browser, site: Flask, moved_clock: MovedClock) -> None:
    ask(browser)
    moved_clock.forward(hours=25)
    assert letters(site) == []


@pytest.mark.parametrize("token", ["x", "x" * 3000, "\u0e01", "a%00b", "../me"])
def test_a_link_of_nobody_is_over(token: str, browser: Browser) -> None:
    assert browser.visit(f"/e-mail/{token}").status == 404


def test_of_two_letters_to_one_address_one_makes_the_account(site: Flask) -> None:
    first, second = Browser(site), Browser(site)
    ask(first)
    ask(second)
    links = [letter.link for letter in letters(site)]
    first.visit(links[0])
    second.visit(links[1])
    first.press(NEW_HERE, {"password": PASSWORD})
    page = second.press(NEW_HERE, {"password": "another password"})
    assert (page.status, phrases.ADDRESS_HAS_ACCOUNT in page.text) == (409, True)
    assert len(rows(site, "person")) == 1
    assert second.cookie() is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", phrases.PASSWORD_TOO_SHORT),
        ("x", phrases.PASSWORD_TOO_SHORT),
        ("x" * 10_000, phrases.PASSWORD_TOO_LONG),
        ("12345678", phrases.PASSWORD_TOO_COMMON),
        (EMAIL, phrases.PASSWORD_IS_KNOWN),
        ("ห้องเรียนสิทธิ", phrases.PASSWORD_IS_KNOWN),
    ],
)
def test_a_password_that_will_not_do_can_be_mended(password: str, says: str, browser: Browser, site: Flask) -> None:
    ask(browser)
    browser.visit(letters(site)[0].link)
    page = browser.press(NEW_HERE, {"password": password, "shared": "yes"})
    assert (page.status, says in page.text, page.value("password")) == (422, True, "")
    assert page.ticked("shared") == ["yes"]
    assert browser.press(NEW_HERE, {"password": PASSWORD}).path == "/me"


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("mali", phrases.NOT_AN_ADDRESS),
        ("m\u0430li@example.org", phrases.ADDRESS_HAS_FOREIGN.format(letter="\u0430")),
        ("m" * 300 + "@example.org", phrases.ADDRESS_TOO_LONG),
    ],
)
def test_a_wrong_address_is_pointed_out_and_kept(email: str, says: str, browser: Browser, site: Flask) -> None:
    page = ask(browser, email)
    assert (page.status, says in page.text, page.value("email"), page.value("name")) == (422, True, email, "มะลิ")
    assert everything(site) == {}


def test_a_wrong_name_is_pointed_out_and_kept(browser: Browser, site: Flask) -> None:
    page = ask(browser, name="มะ\u202eลิ")
    assert (page.status, phrases.NAME_HAS_INVISIBLE in page.text, page.value("email")) == (422, True, EMAIL)
    assert everything(site) == {}


@pytest.mark.parametrize(
    "fields", [{"role": "teacher"}, {"duties": "operator"}, {"email_confirmed_at": "1"}, {"id": "1"}]
)
def test_a_hidden_field_promotes_nobody(fields: dict[str, str], browser: Browser, site: Flask) -> None:
    browser.post("/sign-up", {"name": "มะลิ", "email": EMAIL, **fields})
    browser.post(letters(site)[0].link, {"password": PASSWORD, "email": "other@example.org", **fields})
    person = row(site, "person")
    assert (person["role"], person["duties"], person["email"]) == ("learner", "", EMAIL)


def test_a_form_of_another_site_signs_nobody_up(browser: Browser, site: Flask) -> None:
    page = browser.post("/sign-up", {"name": "มะลิ", "email": EMAIL}, {"Sec-Fetch-Site": "cross-site"})
    assert page.status == 403
    assert everything(site) == {}


def test_nobodys_mailbox_is_flooded(site: Flask, moved_clock: MovedClock) -> None:
    pages = [ask(Browser(site, address=f"192.0.2.{number}")) for number in range(1, 7)]
    assert [page.status for page in pages] == [200] * 5 + [429]
    assert pages[-1].value("email") == EMAIL
    assert int(pages[-1].headers["Retry-After"]) == 3600
    assert len(letters(site)) == 5
    moved_clock.forward(hours=1)
    assert ask(Browser(site)).status == 200


def test_a_class_behind_one_address_may_sign_up(site: Flask) -> None:
    pages = [ask(Browser(site), f"learner{number}@example.org") for number in range(40)]
    assert {page.status for page in pages} == {200}


def test_the_pages_of_a_link_are_kept_nowhere(browser: Browser, site: Flask) -> None:
    ask(browser)
    page = browser.visit(letters(site)[0].link)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert re.search(r'<meta name="robots" content="noindex">', page.html)


def test_a_guest_who_erased_all_has_erased_the_sign_up_too(browser: Browser, site: Flask) -> None:
    browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    ask(browser)
    with site.app_context(), transaction():
        site.extensions["register"].erase_person(row(site, "person")["id"])
    assert letters(site) == []


def test_on_a_shared_computer_the_cookie_goes_with_the_window(browser: Browser, site: Flask) -> None:
    ask(browser)
    answer = browser.send(letters(site)[0].link, {"password": PASSWORD, "shared": "yes"})
    assert "Max-Age" not in answer.headers["Set-Cookie"]
    assert row(site, "device_session")["is_shared"] is True


def test_signing_up_is_audited_without_a_name(browser: Browser, site: Flask) -> None:
    sign_up(browser, site)
    entries = [entry for entry in rows(site, "audit_entry") if entry["action"] == "sign-up"]
    assert [(entry["actor_id"], entry["object_kind"]) for entry in entries] == [(row(site, "person")["id"], "person")]
    assert entries[0]["at"] <= clock.now()


def test_who_is_signed_in_is_not_asked_to_sign_up(site: Flask) -> None:
    assert make.browser_of(site, account(site)).visit("/sign-up").path == "/me"


def test_a_card_left_open_cannot_be_signed_up_from_here(site: Flask) -> None:
    browser = make.browser_of(site, account(site, role=Role.CARD))
    assert browser.send("/sign-up", {"name": "มะลิ", "email": EMAIL}).headers["Location"] == "/me"
    assert rows(site, "token") == []
