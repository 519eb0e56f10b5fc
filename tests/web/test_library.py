"""A broken lesson never reaches a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.web.library import BrokenLessons
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith

LESSON = "/courses/speaking/limits"
MINUTES = ("speaking/limits/lesson.md", "minutes: 8", "minutes: long")
ARTICLE = ("fairness/equal/quiz.yaml", "article: 2\n", "article: 31\n")


def test_production_refuses_to_start_and_lists_every_problem(app_with: AppWith, lessons: Path) -> None:
    _break(lessons, MINUTES)
    _break(lessons, ARTICLE)
    with pytest.raises(BrokenLessons) as refused:
        app_with(lessons=lessons)
    first, second = str(refused.value).splitlines()
    assert first.startswith("fairness/equal/quiz.yaml:13: ")
    assert second.startswith("speaking/limits/lesson.md:6: ")


def test_a_warning_keeps_nobody_from_starting(app_with: AppWith, lessons: Path) -> None:
    make.change(lessons / "speaking/limits/lesson.md", "มีคนมาเล่าเรื่อง", "มีผู้พิการมาเล่าเรื่อง")
    page = Browser(app_with(lessons=lessons)).visit(LESSON)
    assert "ผู้พิการ" in page.text


def test_a_running_site_goes_on_with_what_it_loaded(app_with: AppWith, lessons: Path) -> None:
    browser = Browser(app_with(lessons=lessons))
    before = browser.visit(LESSON).body
    _break(lessons, MINUTES)
    assert browser.visit(LESSON).body == before


def test_development_shows_the_problems_and_recovers_without_a_restart(app_with: AppWith, lessons: Path) -> None:
    browser = Browser(app_with(env="development", lessons=lessons), origin="http://127.0.0.1:8000")
    assert browser.visit(LESSON).heading == "จำกัดการพูดได้เมื่อไร"
    _break(lessons, MINUTES)
    _break(lessons, ARTICLE)
    for path in (LESSON, "/", "/me"):
        page = browser.visit(path)
        assert page.heading == "ไฟล์บทเรียนยังมีที่ต้องแก้"
        assert "speaking/limits/lesson.md:6" in page.text
        assert "fairness/equal/quiz.yaml:13" in page.text
    _mend(lessons, MINUTES)
    _mend(lessons, ARTICLE)
    assert browser.visit(LESSON).heading == "จำกัดการพูดได้เมื่อไร"


def test_development_starts_with_broken_lessons(app_with: AppWith, lessons: Path) -> None:
    _break(lessons, MINUTES)
    page = Browser(app_with(env="development", lessons=lessons), origin="http://127.0.0.1:8000").visit("/")
    assert "speaking/limits/lesson.md:6" in page.text


def test_development_shows_a_changed_lesson_at_once(app_with: AppWith, lessons: Path) -> None:
    browser = Browser(app_with(env="development", lessons=lessons), origin="http://127.0.0.1:8000")
    assert "ใบเตยลงรูป" in browser.visit(LESSON).text
    make.change(lessons / "speaking/limits/lesson.md", "ใบเตยลงรูป", "ใบตองลงรูป")
    assert "ใบตองลงรูป" in browser.visit(LESSON).text


def _break(lessons: Path, fault: tuple[str, str, str]) -> None:
    file, sound, broken = fault
    make.change(lessons / file, sound, broken)


def _mend(lessons: Path, fault: tuple[str, str, str]) -> None:
    file, sound, broken = fault
    make.change(lessons / file, broken, sound)
