"""Handing in happens once, however often the button is pressed; then nothing changes the answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests import make
from tests.answers import RIGHT, WRONG, Answer, together
from tests.browser import Browser
from tests.conftest import AppWith
from tests.rows import everything, row, rows

POST = "/courses/speaking/quiz/post"
LESSON_QUIZ = "/courses/speaking/limits/quiz"


def test_a_second_press_finds_the_same_score(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone)
    browser = make.browser_of(site, someone)
    fields = {**RIGHT["speaking-post-true"], "revision": "0", "hand-in": "1"}
    pages = [browser.post(f"/attempts/{attempt}", fields).text for _ in range(2)]
    assert "ตอบถูก 1 จาก 6 ข้อ" in pages[0]
    assert pages[1] == pages[0]


def test_a_second_press_with_other_answers_changes_nothing(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone, RIGHT["speaking-post-true"])
    before = everything(site)
    fields = {**WRONG["speaking-post-true"], **RIGHT["speaking-post-word"], "hand-in": "1"}
    page = make.browser_of(site, someone).post(f"/attempts/{attempt}", fields)
    assert "ตอบถูก 1 จาก 6 ข้อ" in page.text
    assert everything(site) == before


def test_pressing_twice_on_the_public_page_is_one_attempt(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    first = browser.press("hand-in", RIGHT["speaking-post-true"])
    again = browser.post(POST, {**RIGHT["speaking-post-true"], "hand-in": "1"})
    assert again.path == first.path
    assert len(rows(site, "attempt")) == 1


def test_other_answers_from_the_public_page_are_a_new_attempt(browser: Browser, site: Flask) -> None:
    first = browser.post(POST, {**RIGHT["speaking-post-true"], "hand-in": "1"})
    second = browser.post(POST, {**WRONG["speaking-post-true"], "hand-in": "1"})
    assert second.path != first.path
    assert "ตอบถูก 0 จาก 6 ข้อ" in second.text
    assert len(rows(site, "attempt")) == 2


def test_the_public_page_hands_in_the_attempt_under_way_with_all_it_has(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone, RIGHT["speaking-post-word"])
    browser = make.browser_of(site, someone)
    page = browser.post(POST, {**RIGHT["speaking-post-true"], "speaking-post-word": "", "hand-in": "1"})
    assert page.path == f"/attempts/{attempt}"
    assert "ตอบถูก 2 จาก 6 ข้อ" in page.text


def test_an_answer_after_handing_in_is_refused_and_the_score_stands(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone, RIGHT["speaking-post-true"])
    browser, before = make.browser_of(site, someone), everything(site)
    page = browser.post(f"/attempts/{attempt}", {**WRONG["speaking-post-true"], "save": "1"})
    assert (page.status, page.heading) == (409, "มีสิ่งที่เปลี่ยนไปก่อนแล้ว")
    assert "คะแนนเดิมยังอยู่ครบ" in page.text
    assert everything(site) == before


def test_a_late_save_by_script_is_refused_too(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone, RIGHT["speaking-post-true"])
    before = everything(site)
    fields = {**WRONG["speaking-post-true"], "revision": "1"}
    answer = make.browser_of(site, someone).send(f"/attempts/{attempt}", fields, {"X-Fragment": "1"})
    assert answer.status == 409
    assert everything(site) == before


@pytest.mark.parametrize("state", ["under way", "handed in"])
def test_anothers_attempt_looks_like_none(state: str, site: Flask) -> None:
    owner = make.guest(site)
    attempt = (make.attempt if state == "under way" else make.handed_in)(site, owner)
    browser = make.browser_of(site, make.guest(site))
    before = everything(site)
    forms: list[Answer] = [{"save": "1"}, {**RIGHT["speaking-post-true"], "hand-in": "1"}]
    missing = browser.visit("/attempts/nothing")
    found = [browser.visit(f"/attempts/{attempt}"), *(browser.post(f"/attempts/{attempt}", form) for form in forms)]
    assert {(page.status, page.body) for page in found} == {(404, missing.body)}
    assert everything(site) == before


def test_everything_may_be_left_open(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    page = browser.press("hand-in")
    assert "ตอบถูก 0 จาก 6 ข้อ" in page.text
    assert page.text.count("ข้อนี้ยังไม่ได้ตอบ") == 6
    assert rows(site, "answer") == []


def test_a_changed_quiz_leaves_an_attempt_the_version_it_began_with(
    site: Flask, app_with: AppWith, lessons: Path
) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone, RIGHT["speaking-post-word"])
    browser = make.browser_of(site, someone)
    make.change(lessons / "speaking/quiz.yaml", "หลักที่ว่าไม่เกินจำเป็นชื่ออะไร", "คำถามใหม่คืออะไร")
    make.change(lessons / "speaking/quiz.yaml", "accept: [ได้สัดส่วน]", "accept: [คำใหม่]")
    browser.move_to(app_with(lessons=lessons))
    assert "หลักที่ว่าไม่เกินจำเป็นชื่ออะไร" in browser.visit(f"/attempts/{attempt}").text
    page = browser.press("hand-in")
    assert "ตอบถูก 1 จาก 6 ข้อ" in page.text
    assert "จำชื่อได้แม่น" in page.text
    assert "คำถามใหม่คืออะไร" in browser.press("begin").text


def test_an_attempt_outlives_the_question_that_was_taken_out(site: Flask, app_with: AppWith, lessons: Path) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone, RIGHT["speaking-post-word"])
    file = lessons / "speaking/quiz.yaml"
    kept = file.read_text(encoding="utf-8").partition("  - id: speaking-post-word")[0]
    file.write_text(kept, encoding="utf-8")
    make.change(lessons / "speaking/ids.txt", "question speaking-post-word\n", "")
    browser = make.browser_of(site, someone)
    browser.move_to(app_with(lessons=lessons))
    browser.visit(f"/attempts/{attempt}")
    assert "ตอบถูก 1 จาก 6 ข้อ" in browser.press("hand-in").text


def test_the_version_of_a_quiz_is_kept_once(site: Flask) -> None:
    for _ in range(2):
        make.handed_in(site, make.guest(site))
    assert row(site, "quiz_version")["quiz_id"] == make.POST_TEST


def test_the_result_says_what_was_chosen_why_and_where(browser: Browser) -> None:
    browser.visit(POST)
    page = browser.press("hand-in", together(WRONG["speaking-post-choice"], RIGHT["speaking-post-several"]))
    items = page.text
    assert "คำตอบของคุณ หน้าตาของหน่วยงานไม่มีในกติกา" in items
    assert "คำตอบที่ถูก ข้อนี้เขียนไว้ในกติกา" in items
    places = {href for text, href in page.links() if " · " in text and href.startswith("/courses/")}
    assert places == {"/courses/speaking/limits#three-principles", "/courses/speaking/limits#try-it"}


def test_the_result_says_what_passes_and_whether_it_did(browser: Browser) -> None:
    quiz = [RIGHT[question] for question in RIGHT if question.startswith("speaking-post")]
    passed = browser.post(POST, {**together(*quiz[:5]), "hand-in": "1"})
    failed = browser.post(POST, {**together(*quiz[:4]), "hand-in": "1"})
    assert ("ตอบถูก 5 จาก 6 ข้อ" in passed.text, "ผ่านแล้ว" in passed.text) == (True, True)
    assert ("ตอบถูก 4 จาก 6 ข้อ" in failed.text, "ยังไม่ผ่าน" in failed.text) == (True, True)
    assert "ผ่านเมื่อตอบถูกอย่างน้อย 5 ข้อ" in failed.text


def test_a_result_stays_to_be_read(site: Flask, app_with: AppWith) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone)
    browser = make.browser_of(site, someone)
    before = browser.visit(f"/attempts/{attempt}").text
    browser.move_to(app_with())
    assert browser.visit(f"/attempts/{attempt}").text == before


def test_a_lessons_quiz_and_its_checks_are_the_same_answers(browser: Browser) -> None:
    browser.visit(LESSON_QUIZ)
    browser.press("hand-in", together(RIGHT["limits-aim"], WRONG["limits-spoken"]))
    page = browser.visit("/courses/speaking/limits")
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")
    assert "ยังไม่ใช่" in page.words_in("check-limits-spoken")
