"""The lessons that we ship: sound, and every page of them passes the audit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from classroom import create_app
from classroom.config import Settings
from classroom.content.model import Library
from classroom.content.reader import Reading, read_library
from classroom.database import db
from classroom.home.demo import right_answer
from classroom.home.views import public_paths
from tests import make
from tests.browser import Browser
from tests.page import Page

READING: Reading = read_library(Settings.lessons)
PATHS = public_paths(READING.library) if READING.library else []
PARTS = 8
"""The pages are audited in a few tests, so that they can be shared out among workers."""


@pytest.fixture(scope="module")
def shipped(database_url: str) -> Iterator[Flask]:
    app = create_app(make.settings(database_url, lessons=Settings.lessons))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def library() -> Library:
    assert READING.library is not None
    return READING.library


def test_the_lessons_have_nothing_to_mend() -> None:
    assert [str(problem) for problem in READING.problems if not problem.is_warning] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_every_public_page_answers_and_passes_the_audit(part: int, shipped: Flask, site: Flask) -> None:
    pages = [Browser(shipped).visit(path) for path in PATHS[part::PARTS]]
    assert [page.path for page in pages if page.status != 200] == []


def test_every_audience_finds_a_path(library: Library) -> None:
    assert {path.audience.value for path in library.paths} >= {"pupils", "students", "teachers", "media"}


def test_every_question_of_every_lesson_takes_its_own_right_answer(
    library: Library, shipped: Flask, site: Flask
) -> None:
    for lesson in library.lessons.values():
        browser = Browser(shipped)
        for item in lesson.quiz.items:
            path = f"/courses/{lesson.course_id}/{lesson.id}/checks/{item.question.id}"
            answer = browser.send(path, _fields(item.question.id, right_answer(item)), {"X-Fragment": "1"})
            assert "ถูกแล้ว" in answer.words_in(f"check-{item.question.id}"), item.question.id
        assert "ผ่าน" in _lesson(browser, lesson.course_id, lesson.id).text


def test_a_person_goes_through_a_whole_course_and_fills_their_map(
    library: Library, shipped: Flask, site: Flask
) -> None:
    course = next(course for course in library.courses.values() if course.post)
    browser = Browser(shipped)
    browser.visit(f"/courses/{course.id}/quiz/post")
    assert course.post is not None
    fields: dict[str, str | list[str]] = {}
    for item in course.post.items:
        fields |= _fields(item.question.id, right_answer(item))
    total = len(course.post.items)
    assert f"ตอบถูก {total} จาก {total} ข้อ" in browser.press("hand-in", fields).text
    assert "ตอบถูก" in browser.visit("/me").text


def _lesson(browser: Browser, course_id: str, lesson_id: str) -> Page:
    return browser.visit(f"/courses/{course_id}/{lesson_id}")


def _fields(question_id: str, given: object) -> dict[str, str | list[str]]:
    """An answer as the fields that post it."""
    if isinstance(given, dict):
        return {f"{question_id}.{part}": value for part, value in given.items()}
    return {question_id: list(given) if isinstance(given, tuple) else str(given)}
