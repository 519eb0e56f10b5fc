"""/staff/notes: mistakes are read by editors, worries by facilitators, both by operators, and by nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom.audit import Action
from classroom.permissions import Duty
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.rows import row, rows
from tests.staff import desk_of

WORRY = "มีคนตามฉันกลับบ้าน"
MISTAKE = "มาตราที่อ้างถูกแก้ไปแล้ว"
CONTACT = "โทร 081-234-5678 ตอนเย็น"


@pytest.mark.parametrize(
    ("duties", "texts"),
    [
        ([Duty.FACILITATOR], [WORRY]),
        ([Duty.EDITOR], [MISTAKE]),
        ([Duty.OPERATOR], [MISTAKE, WORRY]),
        ([Duty.EDITOR, Duty.FACILITATOR], [MISTAKE, WORRY]),
    ],
)
def test_each_duty_reads_its_own_kind_newest_first(duties: list[Duty], texts: list[str], site: Flask) -> None:
    send_both(site)
    page = desk_of(site, *duties).visit("/staff/notes")
    shown = [text for text in (WORRY, MISTAKE) if text in page.html]
    assert sorted(shown, key=page.html.index) == texts


def test_the_desk_says_when_how_to_answer_and_which_lesson(site: Flask, moved_clock: MovedClock) -> None:
    send_both(site)
    page = desk_of(site, Duty.OPERATOR).visit("/staff/notes")
    assert CONTACT in page.text
    assert "24 พ.ย. 2569 12.30 น." in page.text
    assert page.link(make.library(site).lessons["limits"].short) == "/courses/speaking/limits"


def test_who_has_no_duty_reads_nothing(site: Flask) -> None:
    send_both(site)
    for browser in (Browser(site), make.browser_of(site, make.guest(site)), desk_of(site)):
        page = browser.fetch("/staff/notes")
        assert (page.status == 200, WORRY in page.html, MISTAKE in page.html) == (False, False, False)


def test_a_note_of_another_kind_is_as_good_as_missing(site: Flask) -> None:
    send_both(site)
    editor, worry = desk_of(site, Duty.EDITOR), note_id(site, "worry")
    foreign, missing = (editor.post(f"/staff/notes/{id_}/reading") for id_ in (worry, 99))
    assert (foreign.status, foreign.body) == (404, missing.body.replace(b"/99/", b"/%d/" % worry))
    assert [note["read_at"] for note in rows(site, "note")] == [None, None]


@pytest.mark.parametrize("id_", ["0", "2147483647", "9999999999999999999999", "-1", "x"])
def test_an_id_that_names_no_note_is_missing(id_: str, site: Flask) -> None:
    assert desk_of(site, Duty.OPERATOR).post(f"/staff/notes/{id_}/reading").status == 404


def test_a_note_that_was_read_leaves_the_list_and_stands_among_the_read(site: Flask) -> None:
    send_both(site)
    operator = desk_of(site, Duty.OPERATOR)
    operator.visit("/staff/notes")
    page = operator.press(f"อ่านเรื่องที่ {note_id(site, 'worry')} แล้ว")
    assert (WORRY in page.html, MISTAKE in page.html) == (False, True)
    page = operator.press("กรอง", {"state": "read"})
    assert (WORRY in page.html, MISTAKE in page.html) == (True, False)


def test_reading_is_written_down_once_however_often_it_is_said(site: Flask) -> None:
    send_both(site)
    worry = note_id(site, "worry")
    for _ in range(2):
        desk_of(site, Duty.FACILITATOR).post(f"/staff/notes/{worry}/reading")
    entry = row(site, "audit_entry")
    assert (entry["action"], entry["object_kind"], entry["object_id"]) == (Action.NOTE_READ, "note", str(worry))


def test_an_operator_may_look_at_one_kind_alone(site: Flask) -> None:
    send_both(site)
    operator = desk_of(site, Duty.OPERATOR)
    operator.visit("/staff/notes")
    page = operator.press("กรอง", {"kind": "worry"})
    assert (WORRY in page.html, MISTAKE in page.html) == (True, False)


@pytest.mark.parametrize("query", ["kind=mistake", "kind=x", "kind=mistake&state=read", "before=0", "before=x"])
def test_no_address_shows_a_kind_that_is_not_ones_own(query: str, site: Flask) -> None:
    send_both(site)
    page = desk_of(site, Duty.FACILITATOR).visit(f"/staff/notes?{query}")
    assert (page.status, MISTAKE in page.html) == (200, False)


def test_notes_are_read_twenty_at_a_time(site: Flask, moved_clock: MovedClock) -> None:
    for number in range(25):
        Browser(site, address=f"192.0.2.{number}").send("/help/worries", {"worry-text": f"เรื่องหมายเลข {number:02}."})
    operator = desk_of(site, Duty.OPERATOR)
    first, second = operator.visit("/staff/notes"), operator.follow("เก่ากว่านี้")
    assert (numbers_on(first.text), numbers_on(second.text)) == (list(range(24, 4, -1)), list(range(4, -1, -1)))
    assert operator.follow("กลับไปที่ใหม่สุด").text == first.text


def test_what_was_typed_is_shown_as_it_was_and_runs_nothing(site: Flask) -> None:
    Browser(site).send("/help/worries", {"worry-text": "<script>1</script> & <b>"})
    page = desk_of(site, Duty.OPERATOR).fetch("/staff/notes")
    assert "<script>1</script> & <b>" in page.text


def send_both(site: Flask) -> None:
    browser = Browser(site)
    browser.visit("/help")
    browser.press("ส่งให้ผู้จัด", {"worry-text": WORRY, "worry-contact": CONTACT})
    browser.visit("/help?lesson=limits")
    browser.press("แจ้งที่ผิด", {"mistake-text": MISTAKE})


def note_id(site: Flask, kind: str) -> int:
    (found,) = [note["id"] for note in rows(site, "note") if note["kind"] == kind]
    assert isinstance(found, int)
    return found


def numbers_on(text: str) -> list[int]:
    return [number for number in reversed(range(25)) if f"เรื่องหมายเลข {number:02}." in text]
