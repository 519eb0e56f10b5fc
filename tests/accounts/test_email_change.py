"""A change of address: confirmed at the new one; the old one is told, and can take it back."""

from __future__ import annotations

from flask import Flask

from classroom import phrases
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, PASSWORD, Received, account, letters, sign_in
from tests.rows import everything, row, rows

NEW = "dokmali@example.org"
PAGE = "/me/security/e-mail"
SEND = "ส่งลิงก์ไปอีเมลใหม่"


def ask(browser: Browser, email: str = NEW) -> Page:
    browser.visit(PAGE)
    return browser.press(SEND, {"email": email})


def change(site: Flask, browser: Browser, email: str = NEW) -> Received:
    """The whole change; the letter that the old address got."""
    ask(browser, email)
    (letter,) = letters(site)
    browser.visit(letter.link)
    browser.press("ยืนยัน")
    (notice,) = letters(site)
    return notice


def test_nothing_changes_until_the_new_address_is_confirmed(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    assert ask(browser).heading == "เปิดอีเมลของคุณ"
    (letter,) = letters(site)
    assert (letter.to, letter.subject) == (NEW, "ยืนยันอีเมลใหม่")
    Browser(site).visit(letter.link)
    assert row(site, "person")["email"] == EMAIL
    assert NEW not in repr(everything(site))


def test_confirmed_it_is_the_one_to_sign_in_with_and_the_old_one_is_told(site: Flask) -> None:
    notice = change(site, make.browser_of(site, account(site)))
    assert (row(site, "person")["email"], row(site, "person")["email_key"]) == (NEW, NEW)
    assert sign_in(Browser(site), NEW).path == "/me"
    assert sign_in(Browser(site), EMAIL).status == 422
    assert (notice.to, notice.subject) == (EMAIL, "อีเมลของบัญชีถูกเปลี่ยน")
    assert NEW not in notice.text


def test_the_old_address_takes_the_account_back(site: Flask, moved_clock: MovedClock) -> None:
    thief = make.browser_of(site, account(site))
    notice = change(site, thief, "thief@example.org")
    moved_clock.forward(days=6, hours=23)
    browser = Browser(site)
    browser.visit(notice.link)
    assert browser.press("เอาบัญชีกลับมา").heading == "ได้บัญชีกลับมาแล้ว"
    assert row(site, "person")["email"] == EMAIL
    assert rows(site, "device_session") == []
    assert sign_in(Browser(site), EMAIL, PASSWORD).status == 422
    (letter,) = letters(site)
    assert letter.to == EMAIL
    browser.visit(letter.link)
    browser.press("ตั้งรหัสผ่านนี้", {"password": "ของฉันคนเดียวนะ"})
    assert sign_in(Browser(site), EMAIL, "ของฉันคนเดียวนะ").path == "/me"


def test_the_first_of_two_old_addresses_takes_it_back_from_the_second(site: Flask) -> None:
    thief = make.browser_of(site, account(site))
    first = change(site, thief, "thief@example.org")
    second = change(site, thief, "second@example.org")
    Browser(site).post(first.link)
    letters(site)
    assert row(site, "person")["email"] == EMAIL
    assert Browser(site).post(second.link).status == 404
    assert row(site, "person")["email"] == EMAIL


def test_the_way_back_is_open_for_seven_days_and_once(site: Flask, moved_clock: MovedClock) -> None:
    notice = change(site, make.browser_of(site, account(site)))
    moved_clock.forward(days=7)
    assert Browser(site).visit(notice.link).status == 404
    assert Browser(site).post(notice.link).status == 404
    assert row(site, "person")["email"] == NEW


def test_an_address_with_an_account_gets_the_same_answer_and_another_letter(site: Flask) -> None:
    account(site, "somchai@example.org")
    browser = make.browser_of(site, account(site))
    free, taken = ask(browser), ask(browser, "somchai@example.org")
    assert (free.status, free.text) == (taken.status, taken.text)
    told = {letter.to: letter for letter in letters(site)}
    assert told["somchai@example.org"].subject == "อีเมลนี้มีบัญชีอยู่แล้ว"
    assert "/e-mail/" not in told["somchai@example.org"].text


def test_an_address_that_got_an_account_meanwhile_stays_theirs(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    ask(browser)
    (letter,) = letters(site)
    account(site, NEW)
    page = browser.post(letter.link)
    assert (page.status, phrases.ADDRESS_HAS_ACCOUNT in page.text) == (409, True)
    assert sorted(person["email"] for person in rows(site, "person")) == [NEW, EMAIL]


def test_the_last_address_asked_for_is_the_one(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    ask(browser, "typo@example.org")
    (first,) = letters(site)
    ask(browser)
    (second,) = letters(site)
    assert Browser(site).post(first.link).status == 404
    Browser(site).post(second.link)
    assert row(site, "person")["email"] == NEW


def test_what_is_no_address_is_pointed_out(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    page = ask(browser, "mali")
    assert (page.status, page.value("email")) == (422, "mali")
    assert letters(site) == []


def test_a_proof_of_long_ago_is_not_enough(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, account(site))
    moved_clock.forward(minutes=10)
    assert browser.post(PAGE, {"email": NEW}).path.startswith("/sign-in/again")
    assert letters(site) == []


def test_a_change_is_audited_twice_with_its_way_back(site: Flask) -> None:
    notice = change(site, make.browser_of(site, account(site)))
    Browser(site).post(notice.link)
    assert [entry["action"] for entry in rows(site, "audit_entry")] == ["email-change"] * 2
