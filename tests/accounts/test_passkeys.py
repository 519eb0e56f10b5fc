"""Passkeys: both factors in one, bound to this site, answered once, never on a shared computer."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom import clock
from classroom.accounts import passkeys
from classroom.accounts.models import Person
from classroom.accounts.passkeys import PasskeyRefused, RelyingParty
from classroom.accounts.tokens import Tokens
from classroom.database import transaction
from classroom.permissions import Duty
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock
from tests.factors import account_with_app, another_device
from tests.make import Guest
from tests.page import Page
from tests.people import account, letters, sign_in
from tests.rows import row, rows
from tests.soft_authenticator import PRESENT, SoftAuthenticator

SECURITY, SIGN_IN = "/me/security", "/sign-in/passkey"
ADD = f"{SECURITY}/passkeys"
REFUSED = "พาสคีย์นี้ใช้ไม่ได้"


def asked(browser: Browser, path: str) -> dict[str, Any]:
    """What the script asks for and hands to the device."""
    page = browser.send(f"{path}/challenge")
    assert (page.status, page.headers["Content-Type"]) == (200, "application/json")
    options: dict[str, Any] = json.loads(page.body)
    return options


def add(browser: Browser, device: SoftAuthenticator, label: str = "มือถือ") -> Page:
    return browser.post(ADD, {"credential": device.make(asked(browser, ADD)), "label": label})


def enter(browser: Browser, device: SoftAuthenticator) -> Page:
    return browser.post(SIGN_IN, {"credential": device.get(asked(browser, SIGN_IN))})


def with_passkey(site: Flask, **columns: Any) -> tuple[Guest, SoftAuthenticator]:
    someone, device = account(site, **columns), SoftAuthenticator()
    add(make.browser_of(site, someone), device)
    return someone, device


def test_a_passkey_is_added_and_signs_in(site: Flask) -> None:
    _, device = with_passkey(site)
    browser = Browser(site)
    assert enter(browser, device).path == "/me"
    assert "มือถือ" in browser.visit(SECURITY).text


def test_a_passkey_is_both_factors(site: Flask) -> None:
    _, device = with_passkey(site, duties=frozenset({Duty.EDITOR}))
    browser = Browser(site)
    assert enter(browser, device).path == "/staff"


def test_a_first_passkey_comes_with_printed_codes_and_a_letter(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    before = browser.cookie()
    assert add(browser, SoftAuthenticator()).heading == "รหัสกู้คืน"
    assert browser.cookie() != before
    assert any("มีการเพิ่มพาสคีย์" in letter.text for letter in letters(site))


def test_a_guests_work_moves_into_the_account(site: Flask) -> None:
    someone, device = with_passkey(site)
    guest = make.guest(site)
    make.answered_check(site, guest, "listening-word")
    enter(make.browser_of(site, guest), device)
    assert {found["person_id"] for found in rows(site, "progress")} == {someone.person_id}


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.test"},
        {"origin": "http://classroom.test"},
        {"host": "evil.test"},
        {"flags": PRESENT},
        {"flags": 0},
        {"sign_count": 1},
    ],
    ids=["another origin", "no https", "another host", "person not verified", "nobody there", "a copied key"],
)
def test_what_a_passkey_must_not_say_signs_nobody_in(site: Flask, lie: dict[str, Any]) -> None:
    _, device = with_passkey(site)
    for name, value in lie.items():
        setattr(device, name, value)
    browser = Browser(site)
    page = enter(browser, device)
    assert (page.status, REFUSED in page.text, browser.cookie()) == (422, True, None)


@pytest.mark.parametrize("lie", [{"origin": "https://evil.test"}, {"host": "evil.test"}, {"flags": PRESENT}])
def test_what_a_passkey_must_not_say_adds_none(site: Flask, lie: dict[str, Any]) -> None:
    browser = make.browser_of(site, account(site))
    assert add(browser, SoftAuthenticator(**lie)).status == 422
    assert rows(site, "passkey") == []


def test_a_key_that_signs_for_another_signs_nobody_in(site: Flask) -> None:
    _, device = with_passkey(site)
    forger = SoftAuthenticator(id=device.id, sign_count=9)
    browser = Browser(site)
    assert (enter(browser, forger).status, browser.cookie()) == (422, None)


def test_an_answer_is_good_once(site: Flask) -> None:
    _, device = with_passkey(site)
    first, second = Browser(site), Browser(site)
    credential = device.get(asked(first, SIGN_IN))
    assert first.post(SIGN_IN, {"credential": credential}).path == "/me"
    page = second.post(SIGN_IN, {"credential": credential})
    assert (page.status, second.cookie()) == (422, None)


def test_an_answer_that_comes_too_late_is_refused(site: Flask, moved_clock: MovedClock) -> None:
    _, device = with_passkey(site)
    browser = Browser(site)
    credential = device.get(asked(browser, SIGN_IN))
    moved_clock.forward(minutes=5)
    assert browser.post(SIGN_IN, {"credential": credential}).status == 422


def test_a_challenge_of_ones_own_making_is_refused(site: Flask) -> None:
    _, device = with_passkey(site)
    browser = Browser(site)
    assert browser.post(SIGN_IN, {"credential": device.get({"challenge": "A" * 43})}).status == 422


def test_a_challenge_serves_one_step_and_one_person(site: Flask) -> None:
    mine, theirs = (make.browser_of(site, account(site, f"{name}@example.org")) for name in ("a", "b"))
    device = SoftAuthenticator()
    for options in (asked(mine, SIGN_IN), asked(theirs, ADD)):
        assert mine.post(ADD, {"credential": device.make(options)}).status == 422
    assert rows(site, "passkey") == []


def test_a_passkey_is_added_once(site: Flask) -> None:
    device = SoftAuthenticator()
    mine, theirs = (make.browser_of(site, account(site, f"{name}@example.org")) for name in ("a", "b"))
    add(mine, device)
    assert add(theirs, device).status == 422
    assert len(rows(site, "passkey")) == 1


def test_a_device_is_asked_not_to_make_a_second_for_the_same_person(site: Flask) -> None:
    someone, _ = with_passkey(site)
    browser = make.browser_of(site, another_device(site, someone, second_factor_at=clock.now()))
    assert [one["id"] for one in asked(browser, ADD)["excludeCredentials"]] == [row(site, "passkey")["credential_id"]]


def test_signing_in_asks_for_nobody_by_name(site: Flask) -> None:
    with_passkey(site)
    options = asked(Browser(site), SIGN_IN)
    assert (options.get("allowCredentials", []), options["userVerification"]) == ([], "required")


def test_a_session_on_a_shared_computer_adds_none(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site, is_shared=True))
    assert "เพิ่มพาสคีย์บนเครื่องนี้ไม่ได้" in browser.visit(SECURITY).text
    assert {browser.send(f"{ADD}/challenge").status, browser.send(ADD, {"credential": "x"}).status} == {403}


@pytest.mark.parametrize("is_known_to_be_shared", [True, False])
def test_nobody_signs_in_with_one_on_a_shared_computer(site: Flask, is_known_to_be_shared: bool) -> None:
    someone, device = with_passkey(site)
    browser = Browser(site)
    if is_known_to_be_shared:
        browser = make.browser_of(site, another_device(site, someone, is_shared=True))
    fields = {} if is_known_to_be_shared else {"shared": "1"}
    page = browser.post(SIGN_IN, {"credential": device.get(asked(browser, SIGN_IN))} | fields)
    assert (page.status, "พาสคีย์ใช้ได้เฉพาะเครื่องของคุณเอง" in page.text) == (403, True)


def test_a_passkey_stands_in_for_the_app(site: Flask) -> None:
    account_with_app(site)
    with site.app_context(), transaction() as session:
        someone = Guest(session.scalars(sa.select(Person.id)).one(), "")
    device = SoftAuthenticator()
    add(make.browser_of(site, another_device(site, someone, second_factor_at=clock.now())), device)
    browser = Browser(site)
    assert sign_in(browser).heading == "ยืนยันขั้นที่สอง"
    assert enter(browser, device).path == "/me"


def test_the_passkey_of_another_is_no_second_factor(site: Flask) -> None:
    account_with_app(site)
    _, device = with_passkey(site, email="other@example.org")
    browser = Browser(site)
    sign_in(browser)
    page = enter(browser, device)
    assert (page.status, "พาสคีย์นี้เป็นของบัญชีอื่น" in page.text) == (422, True)


def test_a_passkey_proves_anew_who_one_is(site: Flask, moved_clock: MovedClock) -> None:
    _, device = with_passkey(site)
    browser = Browser(site)
    enter(browser, device)
    moved_clock.forward(minutes=11)
    assert browser.visit("/me/security/password").heading == "ยืนยันว่าเป็นคุณ"
    browser.post(f"{SIGN_IN}?to=account.password_page", {"credential": device.get(asked(browser, SIGN_IN))})
    assert browser.visit("/me/security/password").path == "/me/security/password"


@pytest.mark.parametrize("column", ["suspended_at", "erase_after"])
def test_who_is_shut_out_is_shut_out_with_a_passkey_too(site: Flask, column: str) -> None:
    someone, device = with_passkey(site)
    with site.app_context(), transaction() as session:
        setattr(session.get_one(Person, someone.person_id), column, clock.now())
    browser = Browser(site)
    assert (enter(browser, device).status, browser.cookie()) == (403, None)


def test_with_the_password_alone_nobody_changes_how_an_account_with_a_passkey_is_guarded(site: Flask) -> None:
    with_passkey(site)
    browser = Browser(site)
    sign_in(browser)
    assert "ยังไม่ได้ยืนยันขั้นที่สอง" in browser.visit(SECURITY).text
    credential = row(site, "passkey")["credential_id"]
    paths = {f"{ADD}/challenge": {}, f"{ADD}/removal": {"passkey": credential}, f"{SECURITY}/authenticator": {}}
    assert {browser.send(path, fields).status for path, fields in paths.items()} == {403}
    assert len(rows(site, "passkey")) == 1


def test_a_passkey_is_taken_away(site: Flask) -> None:
    _, device = with_passkey(site)
    browser = Browser(site)
    enter(browser, device)
    browser.visit(SECURITY)
    browser.press("ถอน มือถือ")
    assert (rows(site, "passkey"), rows(site, "recovery_code")) == ([], [])
    assert enter(Browser(site), device).status == 422


def test_staff_keep_one_second_factor(site: Flask) -> None:
    _, device = with_passkey(site, duties=frozenset({Duty.EDITOR}))
    browser = Browser(site)
    enter(browser, device)
    browser.visit(SECURITY)
    page = browser.press("ถอน มือถือ")
    assert (page.status, len(rows(site, "passkey"))) == (409, 1)


def test_the_passkey_of_another_is_not_there_to_be_taken_away(site: Flask) -> None:
    with_passkey(site)
    mine = make.browser_of(site, account(site, "other@example.org"))
    credential = row(site, "passkey")["credential_id"]
    nothing = mine.fetch("/attempts/nothing").body
    assert mine.send(f"{ADD}/removal", {"passkey": credential}).body == nothing
    assert len(rows(site, "passkey")) == 1


@pytest.mark.parametrize(("label", "status"), [("ก" * 41, 200), ("a\u202eb", 422), ("\x00", 422), ("", 200)])
def test_a_label_is_short_and_shows_what_it_is(site: Flask, label: str, status: int) -> None:
    browser = make.browser_of(site, account(site))
    assert add(browser, SoftAuthenticator(), label).status == status
    assert [len(found["label"]) <= 40 for found in rows(site, "passkey")] == [True] * (status == 200)


def test_there_are_at_most_ten(site: Flask) -> None:
    browser = make.browser_of(site, account(site))
    assert [add(browser, SoftAuthenticator()).status for _ in range(11)] == [200] * 10 + [409]


def test_a_site_without_a_name_offers_none(app_with: AppWith) -> None:
    app = app_with(base_url="http://127.0.0.1:8000")
    browser = make.browser_of(app, make.account(app))
    assert "data-passkey" not in browser.visit(SECURITY).html
    assert "data-passkey" not in Browser(app).visit("/sign-in").html
    assert browser.send(f"{ADD}/challenge").status == 404


NAMES = ["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature", "userHandle"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer=JSON.map(json.dumps) | st.text(max_size=200))
def test_whatever_is_sent_instead_of_an_answer_is_refused(site: Flask, answer: str) -> None:
    vault, party = site.extensions["vault"], RelyingParty("classroom.test", "https://classroom.test", "x")
    with site.app_context(), pytest.raises(PasskeyRefused), transaction():
        passkeys.person_proved(answer, party, Tokens("x" * 32, vault), clock.now())


@pytest.mark.parametrize(
    "answer", ["", "[" * 10_000, "{}" * 10_000, '{"response": {"clientDataJSON": "e30"}, "id": "\ud800"}']
)
def test_a_torn_answer_is_refused(site: Flask, answer: str) -> None:
    browser = Browser(site)
    assert browser.send(SIGN_IN, {"credential": answer.encode("utf-8", "replace").decode()}).status == 422
