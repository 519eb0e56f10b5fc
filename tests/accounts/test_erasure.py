"""Whoever wants to be forgotten is, at once and wholly (security.md A7)."""

from __future__ import annotations

from flask import Flask

from tests import make
from tests.answers import RIGHT
from tests.rows import everything, rows

ERASE = "ลบทั้งหมด เอากลับไม่ได้"


def test_erasing_leaves_no_row_and_no_cookie(site: Flask) -> None:
    someone = make.guest(site)
    make.handed_in(site, someone)
    make.answered_check(site, someone, "listening-word")
    browser = make.browser_of(site, someone)
    browser.send("/courses/speaking/listening/reflections/my-moment", {"text": "ตอนนั้น"})
    browser.send("/courses/speaking/listening/checklists/before-posting", {"kind": "1"})
    browser.visit("/me")
    page = browser.press(ERASE)
    assert everything(site).keys() == {"quiz_version"}
    assert browser.cookie() is None
    assert "ยังไม่มีอะไรที่นี่" in page.text


def test_erasing_touches_nobody_else(site: Flask) -> None:
    leaving, staying = make.guest(site), make.guest(site)
    for someone in (leaving, staying):
        make.handed_in(site, someone)
    browser, other = make.browser_of(site, leaving), make.browser_of(site, staying)
    before = other.visit("/me").text
    browser.visit("/me")
    browser.press(ERASE)
    assert [row["id"] for row in rows(site, "person")] == [staying.person_id]
    assert other.visit("/me").text == before


def test_every_device_of_the_person_is_forgotten(site: Flask) -> None:
    someone = make.guest(site)
    browser, same_elsewhere = make.browser_of(site, someone), make.browser_of(site, someone)
    browser.visit("/me")
    browser.press(ERASE)
    assert "สิ่งที่เราจำไว้ให้" not in same_elsewhere.visit("/me").text


def test_the_old_cookie_brings_nothing_back(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    browser.visit("/me")
    browser.press(ERASE)
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
    browser.visit("/me")
    browser.press(ERASE)
    page = left_open.press("ตรวจคำตอบ", RIGHT["limits-aim"], within="check-limits-aim")
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")
    assert len(rows(site, "person")) == 1
    assert left_open.cookie() != someone.secret


def test_what_is_held_is_said_before_it_is_erased(site: Flask) -> None:
    page = make.browser_of(site, make.guest(site)).visit("/me")
    held = page.words_in("held")
    assert "สิ่งที่เราจำไว้ให้" in held
    for purpose in ("เก็บคำตอบแบบทดสอบ", "จำว่าเรียนถึงไหน", "จำรายการที่คุณติ๊กไว้", "เก็บบันทึกส่วนตัว"):
        assert purpose in page.text
