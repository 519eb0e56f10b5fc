"""/staff/people and /staff: find somebody, change what they may do; no answers, no progress, no disguise, no reset."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom.accounts.models import Person
from classroom.database import transaction
from classroom.permissions import Duty, Role
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.make import Guest
from tests.rows import rows

PEOPLE = "/staff/people"


@pytest.fixture
def operator(site: Flask) -> Browser:
    return make.browser_of(site, make.account(site, "op@school.test", duties=[Duty.OPERATOR]))


def named(site: Flask, name: str, email: str, **options: object) -> Guest:
    someone = make.account(site, email)
    with site.app_context(), transaction() as session:
        person = session.get_one(Person, someone.person_id)
        person.name = name
        for column, value in options.items():
            setattr(person, column, value)
    return someone


def found(operator: Browser, words: str) -> list[str]:
    operator.visit(PEOPLE)
    page = operator.press("หา", {"words": words})
    assert page.status == 200
    if page.by_id("found") is None or "ไม่พบใคร" in page.text:
        return []
    before_staff = page.html.partition('id="staff"')[0]
    return sorted(name for name in ("สมชาย", "สมหญิง", "มะลิ") if name in before_staff.partition('id="found"')[2])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("somchai@school.test", ["สมชาย"]),
        ("  Somchai@School.test ", ["สมชาย"]),
        ("somchai@school", []),
        ("@school.test", []),
        ("สม", ["สมชาย", "สมหญิง"]),
        ("หญิง", ["สมหญิง"]),
        ("ส", []),
        ("", []),
        ("%%", []),
        ("__", []),
        ("\x00\x00", []),
        ("ก" * 5000, []),
        ("' OR 1=1 --", []),
    ],
)
def test_people_are_found_by_their_whole_address_or_a_part_of_the_name(
    site: Flask, operator: Browser, words: str, names: list[str]
) -> None:
    named(site, "สมชาย", "somchai@school.test")
    named(site, "สมหญิง", "somying@school.test")
    named(site, "มะลิ", "mali@school.test")
    assert found(operator, words) == names


def test_what_is_looked_for_stands_in_no_address(site: Flask, operator: Browser) -> None:
    operator.visit(PEOPLE)
    page = operator.press("หา", {"words": "somchai@school.test"})
    assert (page.path, page.value("words")) == (PEOPLE, "somchai@school.test")


def test_cards_and_guests_are_not_found(site: Flask, operator: Browser) -> None:
    card, guest = make.card(site), make.guest(site)
    nothing = operator.fetch("/attempts/nothing").body
    assert [operator.fetch(f"{PEOPLE}/{someone.person_id}").body for someone in (card, guest)] == [nothing] * 2


@pytest.mark.parametrize("person_id", ["0", "999999", "2147483648", "-1", "x"])
def test_who_does_not_exist_is_not_there(operator: Browser, person_id: str) -> None:
    assert operator.fetch(f"{PEOPLE}/{person_id}").status == 404


def test_a_person_is_shown_without_answers_or_progress(site: Flask, operator: Browser) -> None:
    someone = named(site, "สมชาย", "somchai@school.test", role=Role.TEACHER)
    make.handed_in(site, someone)
    page = operator.visit(f"{PEOPLE}/{someone.person_id}")
    assert page.heading == "สมชาย"
    assert {"ครู", "somchai@school.test"} <= set(page.text.split())
    asked = [words for words in page.statements if "attempt" in words or "progress" in words or "answer" in words]
    assert asked == []


def test_there_is_no_way_to_be_somebody_else_or_to_set_their_password(site: Flask, operator: Browser) -> None:
    someone = named(site, "สมชาย", "somchai@school.test")
    page = operator.visit(f"{PEOPLE}/{someone.person_id}")
    actions = {form.action for form in page.forms()} - {"/exit", "/sign-out"}
    assert actions == {f"{PEOPLE}/{someone.person_id}/duties", f"{PEOPLE}/{someone.person_id}/suspension"}


def test_a_duty_is_granted_and_taken_back_by_a_button(site: Flask, operator: Browser) -> None:
    someone = named(site, "สมชาย", "somchai@school.test")
    operator.visit(f"{PEOPLE}/{someone.person_id}")
    assert "ถอนหน้าที่กระบวนกร" in operator.press("ให้หน้าที่กระบวนกร").text
    assert "ให้หน้าที่กระบวนกร" in operator.press("ถอนหน้าที่กระบวนกร").text
    assert [entry["action"] for entry in rows(site, "audit_entry")] == ["role-grant", "role-revocation"]


@pytest.mark.parametrize("fields", [{}, {"grant": "king"}, {"grant": ""}, {"revoke": "king"}, {"duties": "operator"}])
def test_a_duty_that_is_none_is_granted_to_nobody(site: Flask, operator: Browser, fields: dict[str, str]) -> None:
    someone = named(site, "สมชาย", "somchai@school.test")
    assert operator.send(f"{PEOPLE}/{someone.person_id}/duties", fields).status == 404
    assert {row["duties"] for row in rows(site, "person")} == {"", "operator"}


def test_somebody_is_suspended_and_let_in_again_by_a_button(site: Flask, operator: Browser) -> None:
    someone = named(site, "สมชาย", "somchai@school.test")
    operator.visit(f"{PEOPLE}/{someone.person_id}")
    assert "ถูกระงับตั้งแต่" in operator.press("ระงับบัญชี").text
    assert make.browser_of(site, someone).visit("/me/security").heading == "เข้าสู่ระบบ"
    assert "สมชาย" in operator.visit(PEOPLE).text
    operator.visit(f"{PEOPLE}/{someone.person_id}")
    assert "ถูกระงับตั้งแต่" not in operator.press("เลิกระงับบัญชี").text


def test_on_ones_own_page_there_is_nothing_to_change(site: Flask) -> None:
    oneself = make.account(site, duties=[Duty.OPERATOR])
    page = make.browser_of(site, oneself).visit(f"{PEOPLE}/{oneself.person_id}")
    assert "นี่คือบัญชีของคุณเอง" in page.text
    assert {form.action for form in page.forms()} == {"/exit", "/sign-out"}


def test_a_change_asks_for_a_fresh_proof(site: Flask, operator: Browser, moved_clock: MovedClock) -> None:
    someone = named(site, "สมชาย", "somchai@school.test")
    fresh = make.browser_of(site, make.account(site, "op2@school.test", duties=[Duty.OPERATOR]))
    moved_clock.forward(minutes=11)
    page = fresh.visit(f"{PEOPLE}/{someone.person_id}")
    assert (page.heading, page.path) == ("ยืนยันว่าเป็นคุณ", "/sign-in/again?to=people.page")
    answer = fresh.send(f"{PEOPLE}/{someone.person_id}/suspension", {"suspend": "1"})
    assert answer.headers["Location"] == "/sign-in/again?to=people.page"
    assert {row["suspended_at"] for row in rows(site, "person")} == {None}


@pytest.mark.parametrize(
    ("duty", "places"),
    [
        (Duty.FACILITATOR, {"/staff/notes"}),
        (Duty.EDITOR, {"/staff/notes"}),
        (Duty.OPERATOR, {"/staff/notes", "/staff/people", "/staff/letters", "/staff/audit"}),
    ],
)
def test_the_desk_links_what_the_duty_allows(site: Flask, duty: Duty, places: set[str]) -> None:
    browser = make.browser_of(site, make.account(site, duties=[duty]))
    linked = {href for _, href in browser.visit("/staff").links() if href.startswith("/staff/")}
    assert linked == places
    assert {browser.fetch(place).status for place in places} == {200}


def test_the_desk_is_reached_from_my_page(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site, duties=[Duty.EDITOR]))
    browser.visit("/me")
    assert browser.follow("โต๊ะทำงานของทีม").heading == "โต๊ะทำงานของทีม"


def test_searching_costs_the_same_however_many_are_found(site: Flask, operator: Browser) -> None:
    for number in range(60):
        named(site, f"สมชาย {number}", f"n{number}@school.test")
    operator.visit(PEOPLE)
    page = operator.press("หา", {"words": "สมชาย"})
    assert page.text.count("@school.test") == 50 + 1
    assert "แสดง 50 คนแรก" in page.text
