"""Roles and duties: who grants what to whom, and what never happens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from flask import Flask

from classroom import clock
from classroom.accounts import roles
from classroom.accounts.models import Person
from classroom.accounts.roles import (
    IsSuspended,
    LastOperator,
    NoLongerOperator,
    NotConfirmed,
    NotOneself,
)
from classroom.database import transaction
from classroom.errors import Missing, Refusal
from classroom.permissions import Duty, Role
from tests import make
from tests.browser import Browser
from tests.factors import another_device
from tests.make import Guest
from tests.people import letters
from tests.rows import rows

SECURITY = "/me/security"


def person(site: Flask, name: str, *duties: Duty) -> Guest:
    return make.account(site, f"{name}@school.test", duties=duties)


def stored(site: Flask, someone: Guest) -> Person:
    with site.app_context():
        return roles.account(someone.person_id)


def test_a_granted_duty_ends_every_session_and_is_told_and_audited(site: Flask) -> None:
    operator, someone = person(site, "op", Duty.OPERATOR), person(site, "some")
    devices = [make.browser_of(site, someone), make.browser_of(site, another_device(site, someone))]
    with site.app_context(), transaction():
        roles.grant(operator.person_id, someone.person_id, Duty.EDITOR, clock.now())
    assert stored(site, someone).duties == {Duty.EDITOR}
    assert [browser.visit(SECURITY).heading for browser in devices] == ["เข้าสู่ระบบ", "เข้าสู่ระบบ"]
    (entry,) = rows(site, "audit_entry")
    assert (entry["action"], entry["actor_id"], entry["object_id"]) == (
        "role-grant",
        operator.person_id,
        str(someone.person_id),
    )
    (letter,) = letters(site)
    assert (letter.to, "ผู้ดูแลให้หน้าที่บรรณาธิการกับบัญชีนี้" in letter.text) == ("some@school.test", True)


def test_a_duty_granted_twice_is_granted_once(site: Flask) -> None:
    operator, someone = person(site, "op", Duty.OPERATOR), person(site, "some")
    for _ in range(2):
        with site.app_context(), transaction():
            roles.grant(operator.person_id, someone.person_id, Duty.EDITOR, clock.now())
    assert len(rows(site, "audit_entry")) == 1


def test_a_revoked_duty_ends_every_session(site: Flask) -> None:
    operator, editor = person(site, "op", Duty.OPERATOR), person(site, "ed", Duty.EDITOR, Duty.FACILITATOR)
    with site.app_context(), transaction():
        roles.revoke(operator.person_id, editor.person_id, Duty.EDITOR, clock.now())
    assert stored(site, editor).duties == {Duty.FACILITATOR}
    assert make.browser_of(site, editor).visit(SECURITY).heading == "เข้าสู่ระบบ"


def test_who_is_suspended_is_nobody_until_it_is_lifted(site: Flask) -> None:
    operator, someone = person(site, "op", Duty.OPERATOR), person(site, "some")
    with site.app_context(), transaction():
        roles.suspend(operator.person_id, someone.person_id, clock.now())
    assert make.browser_of(site, someone).visit(SECURITY).heading == "เข้าสู่ระบบ"
    assert make.browser_of(site, another_device(site, someone)).visit(SECURITY).heading == "เข้าสู่ระบบ"
    with site.app_context(), transaction():
        roles.lift_suspension(operator.person_id, someone.person_id, clock.now())
    assert make.browser_of(site, another_device(site, someone)).visit(SECURITY).heading == "บัญชีและเครื่องที่เข้าไว้"
    assert [entry["action"] for entry in rows(site, "audit_entry")] == ["suspension", "suspension-end"]
    assert [letter.to for letter in letters(site)] == ["some@school.test"] * 2


@pytest.mark.parametrize("change", [roles.grant, roles.revoke])
def test_nobody_changes_their_own_duties(site: Flask, change: type) -> None:
    operator = person(site, "op", Duty.OPERATOR)
    with site.app_context(), pytest.raises(NotOneself), transaction():
        change(operator.person_id, operator.person_id, Duty.OPERATOR, clock.now())


def test_nobody_suspends_themselves(site: Flask) -> None:
    operator = person(site, "op", Duty.OPERATOR)
    with site.app_context(), pytest.raises(NotOneself), transaction():
        roles.suspend(operator.person_id, operator.person_id, clock.now())


@pytest.mark.parametrize("duty", [Duty.EDITOR, Duty.FACILITATOR])
def test_who_is_no_operator_changes_nobody(site: Flask, duty: Duty) -> None:
    staff, someone = person(site, "staff", duty), person(site, "some")
    with site.app_context(), pytest.raises(NoLongerOperator), transaction():
        roles.grant(staff.person_id, someone.person_id, Duty.OPERATOR, clock.now())
    assert stored(site, someone).duties == set()


@pytest.mark.parametrize("role", [Role.GUEST, Role.CARD])
def test_who_has_no_account_of_their_own_gets_no_duty(site: Flask, role: Role) -> None:
    operator = person(site, "op", Duty.OPERATOR)
    someone = make.guest(site) if role is Role.GUEST else make.card(site)
    with site.app_context(), pytest.raises(Missing), transaction():
        roles.grant(operator.person_id, someone.person_id, Duty.EDITOR, clock.now())


def test_an_unconfirmed_address_gets_no_duty(site: Flask) -> None:
    operator, someone = person(site, "op", Duty.OPERATOR), person(site, "some")
    with site.app_context(), transaction() as session:
        session.get_one(Person, someone.person_id).email_confirmed_at = None
    with site.app_context(), pytest.raises(NotConfirmed), transaction():
        roles.grant(operator.person_id, someone.person_id, Duty.EDITOR, clock.now())


def test_who_is_suspended_gets_no_duty(site: Flask) -> None:
    operator, someone = person(site, "op", Duty.OPERATOR), person(site, "some")
    with site.app_context(), transaction() as session:
        session.get_one(Person, someone.person_id).suspended_at = clock.now()
    with site.app_context(), pytest.raises(IsSuspended), transaction():
        roles.grant(operator.person_id, someone.person_id, Duty.EDITOR, clock.now())


def test_of_two_operators_who_revoke_each_other_at_once_one_stays(site: Flask) -> None:
    first, second = person(site, "first", Duty.OPERATOR), person(site, "second", Duty.OPERATOR)

    def revoke(pair: tuple[Guest, Guest]) -> type[Refusal] | None:
        with site.app_context():
            try:
                with transaction():
                    roles.revoke(pair[0].person_id, pair[1].person_id, Duty.OPERATOR, clock.now())
            except Refusal as refusal:
                return type(refusal)
        return None

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(revoke, [(first, second), (second, first)]))
    assert sorted(outcomes, key=str) == sorted([NoLongerOperator, None], key=str)
    assert [found["duties"] for found in rows(site, "person")].count("operator") == 1


def test_the_last_operator_stays_even_for_a_caller_without_a_session(site: Flask) -> None:
    operator = person(site, "op", Duty.OPERATOR)
    with site.app_context(), pytest.raises(LastOperator), transaction():
        roles.refuse_if_last_operator(operator.person_id)


def test_the_last_operator_cannot_leave_before_another_is_made(site: Flask) -> None:
    browser = make.browser_of(site, person(site, "op", Duty.OPERATOR))
    answer = browser.send("/me/data/erasure")
    assert (answer.status, "ให้หน้าที่ผู้ดูแลระบบกับคนอื่นก่อน" in answer.text) == (409, True)
    person(site, "other", Duty.OPERATOR)
    assert browser.send("/me/data/erasure").status == 200


def test_a_suspended_operator_does_not_count_as_another(site: Flask) -> None:
    operator, other = person(site, "op", Duty.OPERATOR), person(site, "other", Duty.OPERATOR)
    with site.app_context(), transaction():
        roles.suspend(operator.person_id, other.person_id, clock.now())
    with site.app_context(), pytest.raises(LastOperator), transaction():
        roles.refuse_if_last_operator(operator.person_id)


def test_a_teacher_says_so_themselves_and_the_cookie_changes(site: Flask) -> None:
    someone = person(site, "some")
    browser = make.browser_of(site, someone)
    before = browser.cookie()
    browser.visit(SECURITY)
    page = browser.press("ฉันเป็นครู")
    assert "คุณบอกไว้ว่าเป็นครู" in page.text
    assert (stored(site, someone).role, browser.cookie() != before) == (Role.TEACHER, True)
    browser.press("ไม่ได้สอนแล้ว")
    assert stored(site, someone).role is Role.LEARNER


def test_a_hidden_field_promotes_nobody(site: Flask) -> None:
    someone = person(site, "some")
    browser = make.browser_of(site, someone)
    forged = {"teaches": "yes", "role": "operator", "duties": "operator", "grant": "operator", "is_staff": "1"}
    browser.post("/me/security/teaching", forged)
    browser.post("/me/security/name", forged | {"name": "น้ำ"})
    assert browser.send(f"/staff/people/{someone.person_id}/duties", forged).status == 403
    assert (stored(site, someone).role, stored(site, someone).duties) == (Role.TEACHER, frozenset())


def test_an_operator_promotes_themselves_by_no_forged_form(site: Flask) -> None:
    operator = person(site, "op", Duty.OPERATOR)
    browser = make.browser_of(site, operator)
    answer = browser.send(f"/staff/people/{operator.person_id}/duties", {"grant": "editor"})
    assert (answer.status, "เปลี่ยนหน้าที่หรือระงับบัญชีของตัวเองไม่ได้" in answer.text) == (403, True)
    assert stored(site, operator).duties == {Duty.OPERATOR}


def test_the_command_line_makes_the_first_operator(site: Flask) -> None:
    someone, now = person(site, "some"), clock.now()
    with site.app_context(), transaction():
        promoted = roles.promote(" Some@School.test ", Duty.OPERATOR, now)
    assert (promoted.id, stored(site, someone).duties) == (someone.person_id, frozenset({Duty.OPERATOR}))
    (entry,) = rows(site, "audit_entry")
    assert (entry["action"], entry["actor_id"]) == ("role-grant", None)


@pytest.mark.parametrize("address", ["nobody@school.test", "no address", ""])
def test_the_command_line_promotes_nobody_by_a_wrong_address(site: Flask, address: str) -> None:
    now: datetime = clock.now()
    with site.app_context(), pytest.raises(Refusal), transaction():
        roles.promote(address, Duty.OPERATOR, now)


def test_whoever_gets_a_duty_is_asked_for_a_second_factor_first(site: Flask) -> None:
    someone = make.account(site, duties=[Duty.EDITOR], gave_second_factor=False)
    browser: Browser = make.browser_of(site, someone)
    assert browser.visit("/staff").heading == "ยืนยันขั้นที่สอง"
