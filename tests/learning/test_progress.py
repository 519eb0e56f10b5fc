"""Opened, finished, passed: the rules that stand beside the bar."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.answers import RIGHT, WRONG, together
from tests.browser import Browser
from tests.rows import everything, row, rows

COURSE = "/courses/speaking"
LESSON = f"{COURSE}/limits"
CHECKS = ("limits-aim", "limits-test", "limits-spoken")
DONE, NOT_DONE = "เรียนจบแล้ว", "ยังเรียนไม่จบ"


def state(browser: Browser, lesson: str = LESSON) -> str:
    """What the course's page says of a lesson."""
    words = next(text for text, href in browser.visit(COURSE).links() if href == lesson)
    return words.rpartition(" · ")[2]


def answer(browser: Browser, *wrong: str, only: tuple[str, ...] = CHECKS) -> None:
    for question in only:
        fields = (WRONG if question in wrong else RIGHT)[question]
        browser.send(f"{LESSON}/checks/{question}", fields)


def test_a_lesson_is_opened_by_the_first_answer(browser: Browser) -> None:
    answer(browser, only=("limits-aim",))
    assert state(browser) == "เปิดอ่านแล้ว"
    assert state(browser, f"{COURSE}/listening") == "ยังไม่ได้เปิด"


def test_a_lesson_is_finished_when_every_check_is_answered(browser: Browser) -> None:
    answer(browser, *CHECKS)
    assert state(browser) == DONE
    assert "เรียนจบ 1 จาก 2 บท" in browser.visit(COURSE).text


def test_a_lesson_is_passed_with_two_of_three_right(browser: Browser) -> None:
    answer(browser, "limits-aim")
    assert state(browser) == "ผ่านแล้ว"


def test_a_lesson_is_not_passed_with_one_of_three_right(browser: Browser) -> None:
    answer(browser, "limits-aim", "limits-test")
    assert state(browser) == DONE


def test_the_latest_answer_passes_a_lesson(browser: Browser) -> None:
    answer(browser, *CHECKS)
    answer(browser, "limits-aim")
    assert state(browser) == "ผ่านแล้ว"


def test_once_passed_always_passed(browser: Browser) -> None:
    answer(browser)
    answer(browser, *CHECKS)
    assert state(browser) == "ผ่านแล้ว"


def test_a_quiz_handed_in_with_an_open_question_does_not_finish_the_lesson(browser: Browser) -> None:
    browser.post(f"{LESSON}/quiz", {**RIGHT["limits-aim"], "hand-in": "1"})
    assert state(browser) == "เปิดอ่านแล้ว"


def test_a_quiz_handed_in_whole_finishes_the_lesson(browser: Browser) -> None:
    browser.post(f"{LESSON}/quiz", {**together(*(WRONG[check] for check in CHECKS)), "hand-in": "1"})
    assert state(browser) == DONE


def test_a_person_may_say_that_a_lesson_is_done_and_take_it_back(browser: Browser) -> None:
    browser.visit(LESSON)
    page = browser.press(DONE)
    assert page.form_with(NOT_DONE)
    assert state(browser) == DONE
    browser.visit(LESSON)
    page = browser.press(NOT_DONE)
    assert page.form_with(DONE)
    assert state(browser) == "เปิดอ่านแล้ว"


def test_saying_it_twice_keeps_the_first_moment(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    for _ in range(2):
        browser.send(f"{LESSON}/completion", {"done": "yes"})
    (progress,) = rows(site, "progress")
    assert progress["finished_at"] == progress["opened_at"]


def test_a_passed_lesson_offers_nothing_to_take_back(browser: Browser) -> None:
    answer(browser)
    page = browser.visit(LESSON)
    assert NOT_DONE not in page.text
    assert "ผ่านบทนี้แล้ว" in page.text


def test_the_rule_stands_beside_the_state(browser: Browser) -> None:
    page = browser.visit(LESSON)
    assert "ตอบคำถามในบทครบ 3 ข้อ" in page.text
    assert "ถูกอย่างน้อย 2 จาก 3 ข้อ" in page.text


@pytest.mark.parametrize(("right", "passed"), [(5, True), (4, False)])
def test_the_post_test_is_passed_with_seven_of_ten(right: int, passed: bool, site: Flask) -> None:
    someone = make.guest(site)
    questions = [question for question in RIGHT if question.startswith("speaking-post")][:right]
    make.handed_in(site, someone, together(*(RIGHT[question] for question in questions)))
    assert ("ผ่านแล้ว: แบบทดสอบหลังเรียน" in make.browser_of(site, someone).visit("/me").text) is passed


def test_a_pre_test_is_done_and_never_passed(site: Flask) -> None:
    someone = make.guest(site)
    make.handed_in(site, someone, quiz_id="speaking.pre")
    progress = row(site, "progress")
    assert (progress["passed_at"], progress["finished_at"] is not None) == (None, True)
    assert "ทำแล้ว: แบบทดสอบก่อนเรียน" in make.browser_of(site, someone).visit("/me").text


def test_a_pre_test_with_questions_skipped_is_done_too(site: Flask) -> None:
    someone = make.guest(site)
    make.handed_in(site, someone, {}, quiz_id="speaking.pre")
    assert "ทำแล้ว: แบบทดสอบก่อนเรียน" in make.browser_of(site, someone).visit("/me").text


def test_the_place_is_where_one_stopped(site: Flask) -> None:
    someone = make.guest(site)
    browser = make.browser_of(site, someone)
    browser.send(f"{LESSON}/place", {"part": "history"})
    assert browser.visit("/me").link("ไปเลย 8 นาที") == f"{LESSON}#history"
    assert browser.visit("/").link("เรียนต่อจากที่ค้างไว้") == f"{LESSON}#history"
    assert browser.follow("เรียนต่อจากที่ค้างไว้").part("history").tag == "h2"


def test_an_unknown_place_is_the_top(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.send(f"{LESSON}/place", {"part": "nowhere"})
    assert browser.visit("/me").link("ไปเลย 8 นาที") == LESSON


def test_a_place_that_the_lesson_lost_is_the_top(site: Flask, app_with: object, lessons: object) -> None:
    someone = make.guest(site)
    make.opened_lesson(site, someone, "limits", "history")
    make.change(lessons / "speaking/limits/lesson.md", "{#history}", "{#origins}")  # type: ignore[operator]
    browser = make.browser_of(site, someone)
    browser.move_to(app_with(lessons=lessons))  # type: ignore[operator]
    assert browser.visit("/me").link("ไปเลย 8 นาที") == LESSON


@pytest.mark.parametrize("lesson", ["nothing", "unfinished"])
def test_the_place_in_a_lesson_that_is_not_there_is_not_kept(lesson: str, site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    before = everything(site)
    assert browser.send(f"{COURSE}/{lesson}/place", {"part": "begin"}).status == 404
    assert everything(site) == before
