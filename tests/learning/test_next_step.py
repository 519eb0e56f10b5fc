"""One suggestion: go on where one stopped, then the next lesson, the last test, the next course."""

from __future__ import annotations

from flask import Flask

from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import MovedClock

LIMITS, LISTENING, EQUAL = "/courses/speaking/limits", "/courses/speaking/listening", "/courses/fairness/equal"
CHECKS = {
    "limits": ("limits-aim", "limits-test", "limits-spoken"),
    "listening": ("listening-pairs", "listening-steps", "listening-word"),
    "equal": ("equal-1", "equal-2", "equal-3"),
}


def finish(site: Flask, someone: make.Guest, lesson: str, clock: MovedClock) -> None:
    for question in CHECKS[lesson]:
        clock.forward(minutes=1)
        make.answered_check(site, someone, question)


def suggestion(site: Flask, someone: make.Guest) -> str:
    """The address of the one thing to do next."""
    return make.browser_of(site, someone).visit("/me").link("ไปเลย")


def test_whoever_did_nothing_is_asked_to_begin(browser: Browser) -> None:
    page = browser.visit("/me")
    assert "ยังไม่มีอะไรที่นี่" in page.text
    assert page.link("เริ่มบทแรก 8 นาที") == LIMITS
    assert browser.visit("/").link("เริ่มบทแรก 8 นาที") == LIMITS


def test_a_lesson_left_open_comes_first(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    make.opened_lesson(site, someone, "limits")
    moved_clock.forward(minutes=1)
    make.opened_lesson(site, someone, "listening", "look-back")
    assert suggestion(site, someone) == f"{LISTENING}#look-back"


def test_after_a_lesson_comes_the_next(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    finish(site, someone, "limits", moved_clock)
    assert suggestion(site, someone) == LISTENING


def test_after_the_lessons_comes_the_post_test(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    for lesson in ("limits", "listening"):
        finish(site, someone, lesson, moved_clock)
    assert suggestion(site, someone) == "/courses/speaking/quiz/post"


def test_after_a_course_comes_the_next(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    for lesson in ("limits", "listening"):
        finish(site, someone, lesson, moved_clock)
    make.handed_in(site, someone)
    assert suggestion(site, someone) == EQUAL


def test_the_course_of_the_last_visit_comes_before_the_first(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    make.opened_lesson(site, someone, "limits")
    moved_clock.forward(minutes=1)
    make.opened_lesson(site, someone, "equal")
    assert suggestion(site, someone) == EQUAL


def test_a_post_test_that_was_not_passed_is_suggested_again(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    for lesson in ("limits", "listening"):
        finish(site, someone, lesson, moved_clock)
    make.handed_in(site, someone, RIGHT["speaking-post-true"])
    assert suggestion(site, someone) == "/courses/speaking/quiz/post"


def test_whoever_did_all_is_told_so(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.guest(site)
    for lesson in CHECKS:
        finish(site, someone, lesson, moved_clock)
    make.handed_in(site, someone)
    page = make.browser_of(site, someone).visit("/me")
    assert "คุณเรียนครบทุกคอร์สที่มีตอนนี้แล้ว" in page.text
    assert not any(text.startswith("ไปเลย") for text, _ in page.links())
