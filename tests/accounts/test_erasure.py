"""Whoever wants to be forgotten is: guests and cards at once, accounts after seven days (security.md A7)."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import phrases
from classroom.accounts.models import Person
from classroom.audit import Action
from classroom.database import transaction
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.letters import letters_of, link_in
from tests.page import Page
from tests.rows import everything, row, rows

ERASE = "ลบทั้งหมด เอากลับไม่ได้"
SHUT = "ปิดบัญชีและลบใน 7 วัน"
COME_BACK = "ยกเลิกการลบ"
MINE = "สิ่งที่เราจำไว้ให้"
STAYS = {"quiz_version", "audit_entry"}


def test_erasing_leaves_no_row_and_no_cookie(site: Flask) -> None:
    someone = make.guest(site)
    make.handed_in(site, someone)
    make.answered_check(site, someone, "listening-word")
    browser = make.browser_of(site, someone)
    browser.send("/courses/speaking/listening/reflections/my-moment", {"text": "ตอนนั้น"})
    browser.send("/courses/speaking/listening/checklists/before-posting", {"kind": "1"})
    page = _erase(browser, ERASE)
    assert page.heading == "ลบแล้ว"
    assert "ออกด่วน" not in page.text, "the page is for nobody in particular"
    assert everything(site).keys() == STAYS
    assert browser.cookie() is None
    assert "ยังไม่มีอะไรที่นี่" in browser.visit("/me").text


def test_a_card_is_erased_at_once(site: Flask) -> None:
    someone = make.card(site)
    make.handed_in(site, someone)
    _erase(make.browser_of(site, someone), ERASE)
    assert everything(site).keys() == STAYS | {"card_set"}


def test_erasing_touches_nobody_else(site: Flask) -> None:
    leaving, staying = make.guest(site), make.guest(site)
    for someone in (leaving, staying):
        make.handed_in(site, someone)
    browser, other = make.browser_of(site, leaving), make.browser_of(site, staying)
    before = other.visit("/me").text
    _erase(browser, ERASE)
    assert [row["id"] for row in rows(site, "person")] == [staying.person_id]
    assert other.visit("/me").text == before


def test_every_device_of_the_person_is_forgotten(site: Flask) -> None:
    someone = make.guest(site)
    browser, same_elsewhere = make.browser_of(site, someone), make.browser_of(site, someone)
    _erase(browser, ERASE)
    assert MINE not in same_elsewhere.visit("/me").text


def test_the_old_cookie_brings_nothing_back(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    _erase(browser, ERASE)
    browser.set_cookie(someone.secret)
    browser.visit("/courses/speaking/limits")
    browser.press("ตรวจคำตอบ", RIGHT["limits-spoken"], within="check-limits-spoken")
    (progress,) = rows(site, "progress")
    assert progress["latest"].keys() == {"limits-spoken"}
    assert browser.cookie() != someone.secret


def test_a_form_left_open_elsewhere_is_answered_as_somebody_new(site: Flask) -> None:
    someone = make.guest(site)
    browser, left_open = make.browser_of(site, someone), make.browser_of(site, someone)
    left_open.visit("/courses/speaking/limits")
    _erase(browser, ERASE)
    page = left_open.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")
    assert len(rows(site, "person")) == 1
    assert left_open.cookie() != someone.secret


def test_an_account_is_shut_from_the_first_minute_on_every_device(site: Flask) -> None:
    someone = make.account(site)
    browser, same_elsewhere = make.browser_of(site, someone), make.browser_of(site, someone)
    page = _erase(browser, SHUT)
    assert page.heading == "บัญชีปิดแล้ว"
    assert browser.cookie() is None
    assert rows(site, "device_session") == []
    assert MINE not in same_elsewhere.visit("/me").text


def test_the_page_and_the_letter_say_until_when_one_can_come_back(site: Flask, moved_clock: MovedClock) -> None:
    page = _erase(make.browser_of(site, make.account(site)), SHUT)
    (letter,) = letters_of(site)
    assert "1 ธ.ค. 2569" in page.text
    assert "1\u00a0ธันวาคม\u00a02569" in letter.text
    assert letter.to == "nam@school.test"


def test_the_link_in_the_letter_opens_the_account_as_it_was(site: Flask) -> None:
    someone = make.account(site)
    make.handed_in(site, someone)
    before = {table: stored for table, stored in everything(site).items() if table in ("attempt", "answer", "progress")}
    _erase(make.browser_of(site, someone), SHUT)
    browser = Browser(site)
    browser.visit(link_in(letters_of(site)[0]))
    assert row(site, "person")["erase_after"] is not None, "opening the link is reading, and changes nothing"
    page = browser.press(COME_BACK)
    assert page.heading == "บัญชีเปิดแล้ว"
    assert row(site, "person")["erase_after"] is None
    assert {table: everything(site)[table] for table in before} == before
    assert rows(site, "device_session") == [], "the link opens the account and signs nobody in"


def test_the_link_works_once(site: Flask) -> None:
    _erase(make.browser_of(site, make.account(site)), SHUT)
    address = link_in(letters_of(site)[0])
    browser = Browser(site)
    browser.visit(address)
    browser.press(COME_BACK)
    assert phrases.LINK_IS_OVER in browser.visit(address).text
    assert phrases.LINK_IS_OVER in browser.post(address).text


def test_after_seven_days_the_account_is_gone_and_so_is_the_way_back(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    make.handed_in(site, someone)
    _erase(make.browser_of(site, someone), SHUT)
    address = link_in(letters_of(site)[0])
    moved_clock.forward(days=7, seconds=-1)
    assert _purged(site, moved_clock) == 0
    moved_clock.forward(seconds=1)
    assert phrases.LINK_IS_OVER in Browser(site).post(address).text
    assert _purged(site, moved_clock) == 1
    assert everything(site).keys() == STAYS


def test_who_comes_back_in_time_is_not_erased(site: Flask, moved_clock: MovedClock) -> None:
    _erase(make.browser_of(site, make.account(site)), SHUT)
    browser = Browser(site)
    moved_clock.forward(days=6)
    browser.visit(link_in(letters_of(site)[0]))
    browser.press(COME_BACK)
    moved_clock.forward(days=30)
    assert _purged(site, moved_clock) == 0


def test_the_link_of_one_does_not_open_the_account_of_another(site: Flask) -> None:
    for email in ("one@school.test", "two@school.test"):
        _erase(make.browser_of(site, make.account(site, email)), SHUT)
    addresses = {letter.to: link_in(letter) for letter in letters_of(site)}
    browser = Browser(site)
    browser.visit(addresses["one@school.test"])
    browser.press(COME_BACK)
    shut = {person["email"]: person["erase_after"] is not None for person in rows(site, "person")}
    assert shut == {"one@school.test": False, "two@school.test": True}


@pytest.mark.parametrize("secret", ["x", "0" * 43, "%E0%B8%81", "a" * 3000])
def test_a_made_up_link_opens_nothing(secret: str, site: Flask) -> None:
    _erase(make.browser_of(site, make.account(site)), SHUT)
    before = everything(site)
    page = Browser(site).post(f"/me/data/way-back/{secret}")
    assert (page.status, phrases.LINK_IS_OVER in page.text) == (404, True)
    assert everything(site) == before


def test_a_letter_that_is_late_is_not_sent_when_one_has_come_back(site: Flask) -> None:
    _erase(make.browser_of(site, make.account(site)), SHUT)
    address = link_in(letters_of(site)[0])
    with site.app_context(), transaction() as session:
        session.query(Person).update({"erase_after": None})
    assert phrases.LINK_IS_OVER in Browser(site).post(address).text


def test_asking_twice_is_asking_once(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    browser, same_elsewhere = make.browser_of(site, someone), make.browser_of(site, someone)
    same_elsewhere.visit("/me/data")
    _erase(browser, SHUT)
    before = everything(site)
    moved_clock.forward(hours=1)
    assert same_elsewhere.press(SHUT).status == 404
    assert everything(site) == before


def test_an_account_that_proved_itself_long_ago_is_asked_to_prove_itself_first(
    site: Flask, moved_clock: MovedClock
) -> None:
    someone = make.account(site)
    browser = make.browser_of(site, someone)
    moved_clock.forward(minutes=11)
    page = browser.visit("/me/data")
    assert SHUT not in page.text
    before = everything(site)
    answer = browser.send("/me/data/erasure")
    assert answer.headers["Location"].startswith("/sign-in/again")
    assert everything(site) == before


def test_asking_and_coming_back_are_audited(site: Flask) -> None:
    someone = make.account(site)
    _erase(make.browser_of(site, someone), SHUT)
    browser = Browser(site)
    browser.visit(link_in(letters_of(site)[0]))
    browser.press(COME_BACK)
    entered = [(entry["action"], entry["actor_id"]) for entry in rows(site, "audit_entry")]
    assert entered == [
        (Action.ERASURE_REQUEST, someone.person_id),
        (Action.ERASURE_CANCELLATION, someone.person_id),
    ]


def test_what_is_held_is_said_before_it_is_erased(site: Flask) -> None:
    page = make.browser_of(site, make.guest(site)).visit("/me/data")
    for purpose in (phrases.WHY_ATTEMPTS, phrases.WHY_PROGRESS, phrases.WHY_TICKS, phrases.WHY_REFLECTIONS):
        assert purpose in page.text


def _erase(browser: Browser, button: str) -> Page:
    browser.visit("/me/data")
    return browser.press(button)


def _purged(site: Flask, clock: MovedClock) -> int:
    with site.app_context():
        counts: dict[str, int] = dict(site.extensions["register"].purge(clock.moment))
    return counts["people who asked for it 7 days ago"]
