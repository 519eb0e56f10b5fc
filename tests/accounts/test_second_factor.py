"""Codes of an app: each good once, near its time; whoever has set one up is nobody until it is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask

from classroom.accounts import second_factor
from classroom.accounts.second_factor import STEP_SECONDS
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.factors import account_with_app, another_device, code_of, give, make_fresh, set_up_app
from tests.people import letters, sign_in
from tests.rows import row, rows

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 24, 5, 30, 10, tzinfo=UTC)
SECURITY = "/me/security"
WRONG = "รหัสนี้ใช้ไม่ได้ อาจพิมพ์ผิด ใช้ไปแล้ว หรือหมดเวลา"


@pytest.mark.parametrize(("seconds", "is_taken"), [(0, True), (-30, True), (30, True), (-60, False), (60, False)])
def test_a_clock_may_be_one_step_early_or_late_and_no_more(seconds: int, is_taken: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    assert (second_factor.matching_step(SECRET, code, NOW) is not None) is is_taken


@pytest.mark.parametrize("spelled", ["{} ", "{0:.3} {1}", "๐"])
def test_spaces_and_thai_digits_are_forgiven(spelled: str) -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    typed = {
        "{} ": f" {code} ",
        "{0:.3} {1}": f"{code[:3]} {code[3:]}",
        "๐": code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    }[spelled]
    assert second_factor.matching_step(SECRET, typed, NOW) == int(NOW.timestamp()) // STEP_SECONDS


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "๑๒๓๔๕", "0" * 10_000, "\x00", "½½½½½½"])
def test_what_is_no_code_is_no_code(typed: str) -> None:
    assert second_factor.matching_step(SECRET, typed, NOW) is None


def test_an_app_is_set_up_with_its_first_code(site: Flask) -> None:
    someone = make.account(site)
    browser = make.browser_of(site, someone)
    page, secret = set_up_app(browser)
    assert page.heading == "รหัสกู้คืน"
    assert row(site, "person")["totp_confirmed_at"] is not None
    assert secret.encode() not in row(site, "person")["totp_secret"]
    assert "ทุกครั้งที่เข้าสู่ระบบด้วยรหัสผ่าน เราจะถามรหัส 6 หลักจากแอป" in browser.visit(SECURITY).text


def test_the_set_up_shows_the_secret_in_words_beside_the_picture(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.visit(SECURITY)
    page = browser.press("ตั้งแอปสร้างรหัส")
    address = page.link("เปิดในแอปสร้างรหัส")
    secret = pyotp.parse_uri(address).secret
    assert " ".join(secret[start : start + 4] for start in range(0, 32, 4)) in page.text
    assert 'role="img" aria-label="คิวอาร์โค้ดสำหรับแอปสร้างรหัส"' in page.html


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.visit(SECURITY)
    before = browser.press("ตั้งแอปสร้างรหัส").link("เปิดในแอปสร้างรหัส")
    page = browser.press("ตั้งค่าให้เสร็จ", {"code": "000000"})
    assert (page.status, page.link("เปิดในแอปสร้างรหัส")) == (422, before)
    assert WRONG in page.text
    assert row(site, "person")["totp_confirmed_at"] is None


def test_a_set_up_left_open_too_long_begins_anew(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.visit(SECURITY)
    page = browser.press("ตั้งแอปสร้างรหัส")
    secret, token = pyotp.parse_uri(page.link("เปิดในแอปสร้างรหัส")).secret, page.form_with("ตั้งค่าให้เสร็จ")[0]
    moved_clock.forward(minutes=31)
    sent = token.filled({"code": code_of(secret)})
    make_fresh(site)
    answer = browser.post("/me/security/authenticator", sent)
    assert (answer.status, "เปิดไว้นานเกินไป" in answer.text) == (422, True)


def test_the_set_up_of_another_is_not_taken(site: Flask) -> None:
    mine, theirs = (make.browser_of(site, make.account(site, f"{name}@school.test")) for name in ("a", "b"))
    mine.visit(SECURITY)
    page = mine.press("ตั้งแอปสร้างรหัส")
    secret = pyotp.parse_uri(page.link("เปิดในแอปสร้างรหัส")).secret
    setup = dict(page.form_with("ตั้งค่าให้เสร็จ")[0].filled({"code": "1"}))["setup"]
    answer = theirs.post("/me/security/authenticator", {"setup": setup, "code": code_of(secret)})
    assert answer.status == 422
    assert [stored["totp_confirmed_at"] for stored in rows(site, "person")] == [None, None]


def test_setting_an_app_up_signs_other_devices_out_and_tells_by_letter(site: Flask) -> None:
    someone = make.account(site)
    here, elsewhere = make.browser_of(site, someone), make.browser_of(site, another_device(site, someone))
    before = here.cookie()
    set_up_app(here)
    assert here.cookie() != before
    assert elsewhere.visit(SECURITY).path.startswith("/sign-in")
    came = letters(site)
    assert {letter.subject for letter in came} == {"บัญชีของคุณมีการเปลี่ยนแปลง"}
    assert any("มีการตั้งแอปสร้างรหัสไว้ยืนยันขั้นที่สอง" in letter.text for letter in came)


def test_a_password_alone_lets_nobody_in_who_has_an_app(site: Flask) -> None:
    secret = account_with_app(site)
    browser = Browser(site)
    page = sign_in(browser)
    assert page.heading == "ยืนยันขั้นที่สอง"
    assert browser.visit(SECURITY).path.startswith("/sign-in")
    assert "น้ำ" not in browser.visit("/me").text
    browser.visit("/sign-in/second-factor")
    assert give(browser, code_of(secret)).path == "/me"
    assert browser.visit(SECURITY).heading == "บัญชีและเครื่องที่เข้าไว้"


def test_the_code_changes_the_cookie(site: Flask) -> None:
    secret = account_with_app(site)
    browser = Browser(site)
    sign_in(browser)
    before = browser.cookie()
    give(browser, code_of(secret))
    assert browser.cookie() != before
    with_the_old = Browser(site)
    with_the_old.set_cookie(before or "")
    assert with_the_old.visit(SECURITY).path.startswith("/sign-in")


def test_a_code_is_good_once(site: Flask, moved_clock: MovedClock) -> None:
    secret = account_with_app(site)
    code = code_of(secret)
    first, second = Browser(site), Browser(site)
    sign_in(first)
    sign_in(second)
    assert give(first, code).path == "/me"
    page = give(second, code)
    assert (page.status, WRONG in page.text) == (422, True)
    moved_clock.forward(seconds=STEP_SECONDS)
    assert give(second, code_of(secret)).path == "/me"


def test_a_half_sign_in_waits_ten_minutes_and_no_longer(site: Flask, moved_clock: MovedClock) -> None:
    secret = account_with_app(site)
    browser = Browser(site)
    sign_in(browser)
    moved_clock.forward(minutes=10)
    page = browser.post("/sign-in/second-factor", {"code": code_of(secret)})
    assert page.heading == "เข้าสู่ระบบ"
    assert browser.visit(SECURITY).path.startswith("/sign-in")


def test_guessing_is_slowed_down_and_works_again_after_the_hour(site: Flask, moved_clock: MovedClock) -> None:
    secret = account_with_app(site)
    browser = Browser(site)
    sign_in(browser)
    assert {give(browser, "000000").status for _ in range(10)} == {422}
    right = code_of(secret)
    assert browser.send("/sign-in/second-factor", {"code": right}).status == 429
    moved_clock.forward(hours=1)
    sign_in(browser)
    assert give(browser, code_of(secret)).path == "/me"


def test_a_wrong_code_is_in_the_audit_and_the_code_is_not(site: Flask) -> None:
    account_with_app(site)
    browser = Browser(site)
    sign_in(browser)
    give(browser, "123456")
    refused = [entry for entry in rows(site, "audit_entry") if entry["outcome"] == "refused"]
    assert [entry["action"] for entry in refused] == ["reauthentication"]
    assert "123456" not in str(rows(site, "audit_entry"))


def test_a_learner_may_take_the_app_away_again(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    set_up_app(browser)
    browser.visit(SECURITY)
    browser.press("ถอนแอปสร้างรหัส")
    stored = row(site, "person")
    assert (stored["totp_secret"], stored["totp_confirmed_at"], stored["totp_last_step"]) == (None, None, None)
    assert rows(site, "recovery_code") == []


def test_a_change_asks_for_a_fresh_proof(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.account(site))
    moved_clock.forward(minutes=11)
    browser.visit(SECURITY)
    assert browser.press("ตั้งแอปสร้างรหัส").heading == "ยืนยันว่าเป็นคุณ"
