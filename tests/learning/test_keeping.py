"""Ticks are remembered, private notes are sealed and come back to their writer alone."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import everything, row, rows

LESSON = "/courses/speaking/listening"
NOTES = f"{LESSON}/reflections/my-moment"
TICKS = f"{LESSON}/checklists/before-posting"
NOTE = "ตอนนั้นเราไม่กล้าพูด\nเพราะกลัวเพื่อนหัวเราะ"


def keep(browser: Browser, text: str) -> str:
    """What stands in the box after keeping the text."""
    browser.visit(LESSON)
    return browser.press("keep", {"text": text}).value("text")


def test_ticks_are_there_on_the_next_visit(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    browser.press("เก็บไว้", {"kind": "1", "asked": "1"}, within="checklist-before-posting")
    page = browser.visit(LESSON)
    assert [page.ticked(name) for name in ("true", "kind", "asked")] == [[], ["1"], ["1"]]
    assert row(site, "ticks")["items"] == ["kind", "asked"]


def test_a_tick_is_taken_back(browser: Browser, site: Flask) -> None:
    browser.visit(LESSON)
    browser.press("เก็บไว้", {"kind": "1", "asked": "1"}, within="checklist-before-posting")
    page = browser.press("เก็บไว้", {"asked": ()}, within="checklist-before-posting")
    assert [page.ticked(name) for name in ("kind", "asked")] == [["1"], []]
    assert row(site, "ticks")["items"] == ["kind"]


def test_a_script_ticks_without_leaving_the_page(browser: Browser, site: Flask) -> None:
    answer = browser.send(TICKS, {"kind": "1"}, {"X-Fragment": "1"})
    assert (answer.status, answer.body) == (204, b"")
    assert row(site, "ticks")["items"] == ["kind"]


def test_what_the_list_does_not_have_is_not_ticked(browser: Browser, site: Flask) -> None:
    browser.send(TICKS, {"kind": "1", "nothing": "1", "x" * 900: "1"})
    assert row(site, "ticks")["items"] == ["kind"]


@pytest.mark.parametrize("path", [f"{LESSON}/checklists/nothing", f"{LESSON}/checklists/my-moment"])
def test_a_list_that_is_not_there_is_not_ticked(path: str, browser: Browser, site: Flask) -> None:
    assert browser.post(path, {"kind": "1"}).heading == "ไม่พบหน้านี้"
    assert everything(site) == {}


def test_a_note_comes_back_to_its_writer(browser: Browser) -> None:
    assert keep(browser, NOTE) == NOTE.replace("\n", "\r\n")
    assert browser.visit(LESSON).value("text") == NOTE.replace("\n", "\r\n")


def test_a_note_is_sealed_in_the_database(browser: Browser, site: Flask) -> None:
    keep(browser, NOTE)
    sealed = row(site, "reflection")["sealed"]
    assert "ตอนนั้น".encode() not in sealed
    assert "ตอนนั้น" not in repr(everything(site))


def test_a_note_is_shown_to_nobody_else(site: Flask) -> None:
    writer, other = (make.browser_of(site, make.guest(site)) for _ in range(2))
    keep(writer, NOTE)
    for reader in (other, Browser(site)):
        assert "ตอนนั้น" not in reader.visit(LESSON).html
    assert writer.visit(LESSON).value("text") != ""


def test_a_note_moved_to_another_person_does_not_open(site: Flask) -> None:
    from classroom.database import transaction
    from classroom.learning.models import Reflection

    thief = make.guest(site)
    keep(Browser(site), NOTE)
    with site.app_context(), transaction() as session:
        session.query(Reflection).update({"person_id": thief.person_id})
    page = make.browser_of(site, thief).visit(LESSON)
    assert "ตอนนั้น" not in page.html


def test_a_note_is_changed(browser: Browser, site: Flask) -> None:
    keep(browser, NOTE)
    assert keep(browser, "วันนี้เรากล้าแล้ว") == "วันนี้เรากล้าแล้ว"
    assert len(rows(site, "reflection")) == 1


def test_a_note_is_taken_away(browser: Browser, site: Flask) -> None:
    keep(browser, NOTE)
    assert browser.press("erase").value("text") == ""
    assert rows(site, "reflection") == []


def test_an_emptied_note_is_taken_away(browser: Browser, site: Flask) -> None:
    keep(browser, NOTE)
    assert keep(browser, "  \n ") == ""
    assert rows(site, "reflection") == []


@pytest.mark.parametrize(
    "fields", [{"text": "", "keep": "1"}, {"text": "  ", "keep": "1"}, {"text": "x", "erase": "1"}]
)
def test_keeping_nothing_makes_nobody_of_a_visitor(fields: dict[str, str], browser: Browser, site: Flask) -> None:
    browser.post(NOTES, fields)
    assert (browser.cookie(), everything(site)) == (None, {})


@pytest.mark.parametrize("who", ["nobody", "a guest"])
def test_a_note_too_long_is_given_back_and_can_be_cut(who: str, site: Flask) -> None:
    browser = Browser(site) if who == "nobody" else make.browser_of(site, make.guest(site))
    browser.visit(LESSON)
    page = browser.press("keep", {"text": "ก" * 2001})
    assert (page.status, "บันทึกยาวเกินไป" in page.text) == (422, True)
    assert page.value("text") == "ก" * 2001
    assert rows(site, "reflection") == []
    assert browser.press("keep", {"text": "ก" * 2000}).value("text") == "ก" * 2000


def test_what_is_too_long_leaves_the_kept_note_alone(browser: Browser) -> None:
    keep(browser, NOTE)
    keep(browser, "ก" * 2001)
    assert browser.visit(LESSON).value("text") == NOTE.replace("\n", "\r\n")


@pytest.mark.parametrize("path", [f"{LESSON}/reflections/nothing", f"{LESSON}/reflections/before-posting"])
def test_a_note_to_a_prompt_that_is_not_there_is_not_kept(path: str, browser: Browser, site: Flask) -> None:
    assert browser.post(path, {"text": NOTE}).heading == "ไม่พบหน้านี้"
    assert everything(site) == {}


def test_markup_in_a_note_is_text(browser: Browser) -> None:
    assert keep(browser, "</textarea><b>&lt;") == "</textarea><b>&lt;"


def test_ticks_and_notes_survive_a_restart(browser: Browser, app_with: AppWith) -> None:
    keep(browser, NOTE)
    browser.send(TICKS, {"kind": "1"})
    browser.move_to(app_with())
    page = browser.visit(LESSON)
    assert (page.ticked("kind"), page.value("text")) == (["1"], NOTE.replace("\n", "\r\n"))
