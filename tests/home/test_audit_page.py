"""/staff/audit: an operator reads who did what; nobody else does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flask import Flask

from classroom import audit, clock
from classroom.audit import Action, Outcome
from classroom.database import transaction
from classroom.permissions import Duty
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.page import Page
from tests.staff import desk_of


def test_an_operator_reads_who_did_what_to_whom_and_when_in_thai(site: Flask, moved_clock: MovedClock) -> None:
    enter(site, Action.CARD_REISSUE, 4107, Outcome.REFUSED)
    page = desk_of(site, Duty.OPERATOR).visit("/staff/audit")
    assert "24 พ.ย. 2569 12.30 น. ออกบัตรใหม่แทนใบเดิม บุคคลที่ 4107 บุคคล 8 ไม่ผ่าน" in page.text


@pytest.mark.parametrize("duties", [[], [Duty.EDITOR], [Duty.FACILITATOR]])
def test_nobody_else_does(duties: list[Duty], site: Flask) -> None:
    enter(site, Action.CARD_REISSUE, 4107)
    for browser in (Browser(site), make.browser_of(site, make.guest(site)), desk_of(site, *duties)):
        page = browser.fetch("/staff/audit")
        assert (page.status == 200, "4107" in page.html) == (False, False)


def test_the_log_may_be_read_by_one_action(site: Flask) -> None:
    enter(site, Action.SIGN_IN, 4101)
    enter(site, Action.SUSPENSION, 4102)
    operator = desk_of(site, Duty.OPERATOR)
    operator.visit("/staff/audit")
    assert actors_on(operator.press("กรอง", {"action": "suspension"})) == [4102]
    assert actors_on(operator.follow("ล้างตัวกรอง")) == [4102, 4101]


def test_an_action_that_nobody_did_leaves_an_empty_list_that_says_so(site: Flask) -> None:
    page = desk_of(site, Duty.OPERATOR).visit("/staff/audit?action=erasure")
    assert "ไม่มีบันทึก" in page.text


@pytest.mark.parametrize("query", ["action=everything", "before=x", "before=-1", f"before={10**30}"])
def test_an_address_that_asks_for_nothing_known_shows_the_whole_log(query: str, site: Flask) -> None:
    enter(site, Action.SIGN_IN, 4101)
    assert actors_on(desk_of(site, Duty.OPERATOR).visit(f"/staff/audit?{query}")) == [4101]


def test_the_log_is_read_page_by_page_and_by_one_action(site: Flask) -> None:
    for number in range(60):
        enter(site, Action.SIGN_IN, 4000 + number)
        enter(site, Action.SIGN_OUT, 5000 + number)
    operator = desk_of(site, Duty.OPERATOR)
    first = operator.visit("/staff/audit?action=sign-in")
    second = operator.follow("เก่ากว่านี้")
    assert (actors_on(first), actors_on(second)) == (list(range(4059, 4009, -1)), list(range(4009, 3999, -1)))
    assert operator.follow("กลับไปที่ใหม่สุด").text == first.text


def enter(site: Flask, action: Action, actor_id: int, outcome: Outcome = Outcome.DONE) -> None:
    with site.app_context(), transaction():
        audit.record(action, actor_id=actor_id, object_kind="person", object_id=8, outcome=outcome, now=clock.now())


def actors_on(page: Page) -> list[int]:
    """Whose entries the page shows, top down."""
    words = page.text.split()
    return [int(word) for before, word in pairwise(words) if before == "บุคคลที่"]
