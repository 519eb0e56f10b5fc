"""What a sign-in costs: one hash, a turn among others, and a wait for who guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import argon2._password_hasher
import pytest
from argon2 import PasswordHasher
from flask import Flask

from classroom import phrases
from classroom.accounts import passwords
from classroom.accounts.models import Person
from classroom.accounts.views import entry
from classroom.database import db, transaction
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, PASSWORD, account, hash_of, sign_in
from tests.rows import row

WRONG = "not the password"


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


def _change(site: Flask, person_id: int, **columns: Any) -> None:
    with site.app_context(), transaction() as session:
        person = session.get_one(Person, person_id)
        for name, value in columns.items():
            setattr(person, name, value)


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


def test_the_hash_of_the_tests_is_the_products(site: Flask) -> None:
    assert not passwords.needs_renewal(hash_of(PASSWORD))


def _answer(site: Flask, email: str) -> Page:
    return Browser(site).send("/sign-in", {"email": email, "password": WRONG})
