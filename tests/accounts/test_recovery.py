"""Printed codes: ten, shown once, each good once, worth nothing to who reads the database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from classroom.accounts import recovery
from tests import make
from tests.browser import Browser
from tests.factors import account_with_app, code_of, give, set_up_app
from tests.page import Page
from tests.people import letters, sign_in
from tests.rows import rows

SECURITY = "/me/security"
A_CODE = re.compile(r"[A-HJKMNP-Z2-9]{4}(?:-[A-HJKMNP-Z2-9]{4}){5}")


def codes_on(page: Page) -> list[str]:
    return A_CODE.findall(page.text)


def with_codes(site: Flask) -> tuple[str, list[str]]:
    """The secret of the app of somebody with a password, and ten printed codes."""
    secret = account_with_app(site)
    browser = Browser(site)
    sign_in(browser)
    give(browser, code_of(secret))
    browser.visit(SECURITY)
    return secret, codes_on(browser.press("ออกรหัสกู้คืนชุดใหม่"))


def test_ten_codes_come_with_the_first_second_factor_and_are_shown_once(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    page, _ = set_up_app(browser)
    codes = codes_on(page)
    assert len(set(codes)) == 10
    assert "เหลือ 10 รหัส" in browser.visit(SECURITY).text
    assert codes_on(browser.visit(SECURITY)) == []


def test_the_database_holds_digests_only(site: Flask) -> None:
    _, codes = with_codes(site)
    stored = str(rows(site, "recovery_code"))
    assert [code for code in codes if code in stored or code.replace("-", "") in stored] == []


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "small": str.lower,
    "without dashes": lambda code: code.replace("-", ""),
    "with spaces": lambda code: f" {code.replace('-', ' - ')} ",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_code_stands_in_for_the_app_however_it_is_typed(site: Flask, spelling: str) -> None:
    _, codes = with_codes(site)
    browser = Browser(site)
    sign_in(browser)
    assert give(browser, SPELLINGS[spelling](codes[3])).path == "/me"
    assert "เหลือ 9 รหัส" in browser.visit(SECURITY).text


def test_a_code_is_good_once_and_its_use_is_told_by_letter(site: Flask) -> None:
    _, codes = with_codes(site)
    letters(site)
    first, second = Browser(site), Browser(site)
    sign_in(first)
    give(first, codes[0])
    sign_in(second)
    assert give(second, codes[0]).status == 422
    (letter,) = letters(site)
    assert "มีการใช้รหัสกู้คืนหนึ่งรหัส" in letter.text
    assert codes[0] not in letter.text


def test_new_codes_end_the_old_ones(site: Flask) -> None:
    _, codes = with_codes(site)
    browser = Browser(site)
    sign_in(browser)
    give(browser, codes[0])
    browser.visit(SECURITY)
    browser.press("ออกรหัสกู้คืนชุดใหม่")
    another = Browser(site)
    sign_in(another)
    assert give(another, codes[1]).status == 422


def test_the_code_of_another_is_worth_nothing(site: Flask) -> None:
    _, codes = with_codes(site)
    account_with_app(site, email="other@example.org")
    browser = Browser(site)
    sign_in(browser, "other@example.org")
    assert give(browser, codes[0]).status == 422


def test_a_code_cannot_be_guessed() -> None:
    assert len(recovery.SIGNS) ** (recovery.GROUPS * recovery.GROUP) >= 2**112


def test_who_has_no_second_factor_gets_no_codes(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    assert browser.post("/me/security/recovery-codes").heading == "บัญชีและเครื่องที่เข้าไว้"
    assert rows(site, "recovery_code") == []
