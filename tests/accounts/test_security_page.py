"""/me/security: one's devices by day, the ways out of them, who opened one's work; and nothing of anybody else's."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from classroom import audit, clock
from classroom.accounts import sessions
from classroom.accounts.models import Person
from classroom.audit import Action
from classroom.database import transaction
from classroom.permissions import Role
from tests import make
from tests.conftest import MovedClock
from tests.factors import another_device
from tests.make import Guest
from tests.rows import rows

SECURITY = "/me/security"
SIGN_OUTS = f"{SECURITY}/sign-outs"


def looked(site: Flask, actor: Guest, at: Guest) -> None:
    with site.app_context(), transaction():
        audit.record(
            Action.WORK_OPENED,
            actor_id=actor.person_id,
            object_kind="person",
            object_id=at.person_id,
            now=clock.now(),
        )


def test_this_device_comes_first_and_says_so(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    moved_clock.forward(days=1)
    another_device(site, someone)
    page = make.browser_of(site, someone).visit(SECURITY)
    lines = re.findall(r"(เครื่องนี้|เครื่องที่ \d) ใช้ล่าสุด (\S+) · เข้าไว้ตั้งแต่ (\S+)", page.text)
    assert lines == [("เครื่องนี้", "วันนี้", "เมื่อวาน"), ("เครื่องที่ 2", "วันนี้", "วันนี้")]


def test_a_device_is_shown_by_day_and_the_day_is_bangkoks(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    other = another_device(site, someone)
    moved_clock.forward(hours=12)  # 00.30 of the next day in Bangkok
    page = make.browser_of(site, other).visit(SECURITY)
    assert "ใช้ล่าสุด เมื่อวาน" in page.text
    moved_clock.forward(days=10)
    assert "เข้าไว้ตั้งแต่ 24 พฤศจิกายน 2569" in make.browser_of(site, other).visit(SECURITY).text


def test_neither_hour_nor_browser_nor_address_is_shown_or_stored(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.visit("/courses", {"User-Agent": "Telltale/1.0"})
    page = browser.visit(SECURITY, {"User-Agent": "Telltale/1.0"})
    devices = page.words_in("devices") + page.text
    assert re.findall(r"\d\d[.:]\d\d|Telltale|127\.0\.0\.1", devices) == []
    assert "Telltale" not in str(rows(site, "device_session"))


def test_a_device_that_idled_out_is_not_shown(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    another_device(site, someone, is_shared=True)
    assert "เครื่องที่ 2" in make.browser_of(site, someone).visit(SECURITY).text
    moved_clock.forward(minutes=21)
    assert "เครื่องที่ 2" not in make.browser_of(site, someone).visit(SECURITY).text


def test_one_device_can_be_signed_out_from_another(site: Flask) -> None:
    someone = make.account(site)
    here, there = make.browser_of(site, someone), make.browser_of(site, another_device(site, someone))
    here.visit(SECURITY)
    page = here.press("ออกจากเครื่องที่ 2")
    assert "เครื่องที่ 2" not in page.text
    assert there.visit(SECURITY).heading == "เข้าสู่ระบบ"


def test_all_others_can_be_signed_out_at_once(site: Flask) -> None:
    someone = make.account(site)
    others = [make.browser_of(site, another_device(site, someone)) for _ in range(3)]
    here = make.browser_of(site, someone)
    here.visit(SECURITY)
    assert here.press("ออกจากทุกเครื่องยกเว้นเครื่องนี้").heading == "บัญชีและเครื่องที่เข้าไว้"
    assert [browser.visit(SECURITY).heading for browser in others] == ["เข้าสู่ระบบ"] * 3
    assert [entry["action"] for entry in rows(site, "audit_entry")] == ["sign-out-everywhere"]


def test_signing_this_device_out_takes_its_cookie_away(site: Flask) -> None:
    someone = make.account(site)
    browser = make.browser_of(site, someone)
    browser.visit(SECURITY)
    assert browser.press("ออกจากเครื่องนี้").path == "/"
    assert browser.cookie() is None
    replayed = make.browser_of(site, someone)
    assert replayed.visit(SECURITY).heading == "เข้าสู่ระบบ"


def test_the_device_of_another_is_not_there(site: Flask) -> None:
    mine, theirs = make.account(site, "a@school.test"), make.account(site, "b@school.test")
    with site.app_context():
        (device,) = sessions.devices(theirs.person_id)
    browser = make.browser_of(site, mine)
    assert browser.send(SIGN_OUTS, {"device": device.secret_digest}).body == browser.fetch("/attempts/nothing").body
    assert make.browser_of(site, theirs).visit(SECURITY).status == 200


@pytest.mark.parametrize("device", ["", "nothing", "\x00", "ก" * 5000])
def test_a_device_that_is_none_is_not_there(site: Flask, device: str) -> None:
    browser = make.browser_of(site, make.account(site))
    assert browser.send(SIGN_OUTS, {"device": device}).status == 404


def test_the_page_is_not_stored_anywhere(site: Flask) -> None:
    page = make.browser_of(site, make.account(site)).visit(SECURITY)
    assert page.headers["Cache-Control"] == "no-store"


def test_whoever_opened_ones_work_is_named_by_day(site: Flask) -> None:
    learner, teacher = make.card(site), make.account(site, role=Role.TEACHER)
    browser = make.browser_of(site, learner)
    assert "ยังไม่มีใครเปิด" in browser.visit(SECURITY).text
    looked(site, teacher, learner)
    assert "น้ำ วันนี้" in browser.visit(SECURITY).text


def test_a_look_by_somebody_who_is_gone_keeps_no_name(site: Flask) -> None:
    learner, teacher = make.card(site), make.account(site, role=Role.TEACHER)
    looked(site, teacher, learner)
    with site.app_context(), transaction() as session:
        session.delete(session.get_one(Person, teacher.person_id))
    assert "คนที่ไม่มีบัญชีแล้ว วันนี้" in make.browser_of(site, learner).visit(SECURITY).text


def test_a_card_learner_sees_devices_and_nothing_that_needs_an_account(site: Flask) -> None:
    page = make.browser_of(site, make.card(site)).visit(SECURITY)
    assert "เครื่องนี้" in page.text
    assert (page.by_id("second-factor"), page.by_id("teaching"), page.by_id("account")) == (None, None, None)


def test_the_page_asks_the_database_the_same_however_many_devices_there_are(site: Flask) -> None:
    someone = make.account(site)
    few = len(make.browser_of(site, someone).visit(SECURITY).statements)
    for _ in range(20):
        another_device(site, someone)
    assert len(make.browser_of(site, someone).visit(SECURITY).statements) == few
