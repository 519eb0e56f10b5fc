"""A guest's work becomes part of an account: joined, and nothing of it lost."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import merging
from classroom.database import db, transaction
from classroom.learning import keeping
from classroom.learning.models import Attempt
from tests import make
from tests.answers import RIGHT, WRONG
from tests.conftest import MovedClock
from tests.make import Guest
from tests.people import account
from tests.rows import row, rows

QUIZ = "speaking.post"
ONE, TWO, THREE = "speaking-post-choice", "speaking-post-true", "speaking-post-word"


def take_in(site: Flask, guest: Guest, person: Guest) -> bool:
    with site.app_context(), transaction():
        return merging.take_in(guest.person_id, person.person_id, site.extensions["register"])


def pair(site: Flask) -> tuple[Guest, Guest]:
    return make.guest(site), account(site)


def test_of_the_guest_nothing_is_left(site: Flask) -> None:
    guest, person = pair(site)
    make.handed_in(site, guest)
    make.answered_check(site, guest, "limits-aim")
    assert take_in(site, guest, person)
    assert [one["id"] for one in rows(site, "person")] == [person.person_id]
    assert {one["person_id"] for one in rows(site, "progress")} == {person.person_id}
    assert row(site, "attempt")["person_id"] == person.person_id
    assert not take_in(site, guest, person)


def test_only_guests_are_taken_in(site: Flask) -> None:
    person, other = account(site), account(site, "somchai@example.org")
    assert not take_in(site, other, person)
    assert not take_in(site, person, person)
    assert len(rows(site, "person")) == 2


def test_attempts_that_were_handed_in_are_all_kept(site: Flask) -> None:
    guest, person = pair(site)
    kept = {make.handed_in(site, guest), make.handed_in(site, person)}
    take_in(site, guest, person)
    assert {one["id"] for one in rows(site, "attempt")} == kept
    assert {one["person_id"] for one in rows(site, "attempt")} == {person.person_id}


def test_an_open_attempt_of_the_guest_goes_on(site: Flask) -> None:
    guest, person = pair(site)
    attempt = make.attempt(site, guest, RIGHT[ONE])
    take_in(site, guest, person)
    page = make.browser_of(site, person).visit(f"/attempts/{attempt}")
    assert page.ticked(ONE) == ["order"]


def test_of_two_open_attempts_the_one_touched_last_stays_with_the_answers_of_both(
    site: Flask, moved_clock: MovedClock
) -> None:
    guest, person = pair(site)
    make.attempt(site, person, {**RIGHT[ONE], **RIGHT[TWO]})
    moved_clock.forward(minutes=1)
    newer = make.attempt(site, guest, {**WRONG[ONE], **RIGHT[THREE]})
    take_in(site, guest, person)
    attempt = row(site, "attempt")
    assert (attempt["id"], attempt["person_id"], attempt["revision"]) == (newer, person.person_id, 2)
    answers = {one["question_id"]: one["given"] for one in rows(site, "answer")}
    assert answers == {ONE: ["face"], TWO: ["false"], THREE: "ได้สัดส่วน"}


def test_of_two_answers_to_one_question_the_newer_counts(site: Flask, moved_clock: MovedClock) -> None:
    guest, person = pair(site)
    with_old = make.attempt(site, guest, WRONG[ONE])
    moved_clock.forward(minutes=1)
    make.attempt(site, person, RIGHT[ONE])
    moved_clock.forward(minutes=1)
    _begin_anew(site, with_old)
    take_in(site, guest, person)
    assert row(site, "attempt")["id"] == with_old
    assert {one["question_id"]: one["given"] for one in rows(site, "answer")} == {ONE: ["order"]}


def _begin_anew(site: Flask, attempt_id: str) -> None:
    with site.app_context(), transaction() as session:
        session.get_one(Attempt, attempt_id).started_at = clock.now()


def test_a_merged_attempt_can_be_handed_in(site: Flask) -> None:
    guest, person = pair(site)
    make.attempt(site, person, RIGHT[ONE])
    make.attempt(site, guest, RIGHT[TWO])
    take_in(site, guest, person)
    browser = make.browser_of(site, person)
    browser.visit(f"/attempts/{row(site, 'attempt')['id']}")
    browser.press("hand-in")
    assert row(site, "attempt")["right_count"] == 2


def test_a_lesson_keeps_the_first_opening_and_the_first_end_of_either(site: Flask, moved_clock: MovedClock) -> None:
    guest, person = pair(site)
    make.opened_lesson(site, guest, "limits", "history")
    opened = clock.now()
    moved_clock.forward(hours=1)
    for question in ("limits-aim", "limits-test", "limits-spoken"):
        make.answered_check(site, person, question)
    finished = clock.now()
    take_in(site, guest, person)
    lesson = row(site, "progress")
    assert lesson["opened_at"] == opened
    assert lesson["finished_at"] == lesson["passed_at"] == lesson["touched_at"] == finished
    assert lesson["place"] == ""


def test_of_two_latest_answers_the_one_of_the_row_touched_last_counts(site: Flask, moved_clock: MovedClock) -> None:
    guest, person = pair(site)
    make.answered_check(site, person, "limits-aim", WRONG["limits-aim"])
    make.answered_check(site, person, "limits-spoken")
    moved_clock.forward(minutes=1)
    make.answered_check(site, guest, "limits-aim")
    take_in(site, guest, person)
    assert row(site, "progress")["latest"] == {
        "limits-aim": {"given": ["comfort"], "right": True},
        "limits-spoken": {"given": ["false"], "right": True},
    }


def test_lessons_that_only_the_guest_opened_are_there(site: Flask) -> None:
    guest, person = pair(site)
    make.opened_lesson(site, person, "limits")
    make.opened_lesson(site, guest, "listening")
    take_in(site, guest, person)
    assert {one["activity_id"]: one["person_id"] for one in rows(site, "progress")} == {
        "limits": person.person_id,
        "listening": person.person_id,
    }


def test_ticks_are_those_of_both(site: Flask) -> None:
    guest, person = pair(site)
    items = [item.id for item in keeping.checklists(make.library(site).lessons["listening"])[0].items]
    _tick(site, guest, {items[0], items[1]})
    _tick(site, person, {items[1], items[-1]})
    take_in(site, guest, person)
    assert set(row(site, "ticks")["items"]) == {items[0], items[1], items[-1]}
    assert len(row(site, "ticks")["items"]) == len({items[0], items[1], items[-1]})


def test_ticks_of_the_guest_alone_move(site: Flask) -> None:
    guest, person = pair(site)
    _tick(site, guest, {"kind"})
    take_in(site, guest, person)
    assert (row(site, "ticks")["person_id"], row(site, "ticks")["items"]) == (person.person_id, ["kind"])


def _tick(site: Flask, someone: Guest, items: set[str]) -> None:
    lesson = make.library(site).lessons["listening"]
    with site.app_context(), transaction():
        keeping.tick(someone.person_id, lesson, keeping.checklist_of(lesson, "before-posting"), items)


def test_a_note_moves_and_opens_for_its_new_owner(site: Flask) -> None:
    guest, person = pair(site)
    _note(site, guest, "ตอนนั้นฉันเงียบ")
    take_in(site, guest, person)
    assert _notes(site, person) == {"my-moment": "ตอนนั้นฉันเงียบ"}
    assert row(site, "reflection")["person_id"] == person.person_id


def test_two_notes_on_one_prompt_are_both_kept_the_older_first(site: Flask, moved_clock: MovedClock) -> None:
    guest, person = pair(site)
    _note(site, person, "ตอนนั้นฉันเงียบ")
    moved_clock.forward(days=1)
    _note(site, guest, "วันนี้ฉันพูด")
    take_in(site, guest, person)
    assert _notes(site, person) == {"my-moment": "ตอนนั้นฉันเงียบ\n\nวันนี้ฉันพูด"}
    assert row(site, "reflection")["kept_at"] - clock.now() == timedelta(0)


def test_the_same_note_twice_is_one(site: Flask) -> None:
    guest, person = pair(site)
    for someone in (guest, person):
        _note(site, someone, "ตอนนั้นฉันเงียบ")
    take_in(site, guest, person)
    assert _notes(site, person) == {"my-moment": "ตอนนั้นฉันเงียบ"}


def test_the_longest_notes_are_both_kept_whole(site: Flask) -> None:
    guest, person = pair(site)
    _note(site, person, "ก" * keeping.LONGEST_REFLECTION)
    _note(site, guest, "ข" * keeping.LONGEST_REFLECTION)
    take_in(site, guest, person)
    assert len(_notes(site, person)["my-moment"]) == 2 * keeping.LONGEST_REFLECTION + 2


def _note(site: Flask, someone: Guest, text: str) -> None:
    lesson = make.library(site).lessons["listening"]
    with site.app_context(), transaction():
        reflect = keeping.reflect_of(lesson, "my-moment")
        keeping.keep(someone.person_id, lesson, reflect, text, site.extensions["vault"], clock.now())


def _notes(site: Flask, someone: Guest) -> dict[str, str]:
    with site.app_context():
        return dict(keeping.reflections(someone.person_id, "listening", site.extensions["vault"]))


def test_a_merge_that_fails_leaves_all_as_it_was(site: Flask) -> None:
    guest, person = pair(site)
    make.answered_check(site, guest, "limits-aim")
    with site.app_context():
        try:
            with transaction() as session:
                merging.take_in(guest.person_id, person.person_id, site.extensions["register"])
                session.execute(sa.text("SELECT nothing FROM nowhere"))
        except sa.exc.DBAPIError:
            db.session.rollback()
    assert row(site, "progress")["person_id"] == guest.person_id
