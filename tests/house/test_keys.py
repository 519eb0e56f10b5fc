"""No key reaches a page before its time: change every key, and an unanswered page stays the same to the byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.house.other_keys import change_every_key

UNANSWERED = [
    "/courses/speaking/limits",
    "/courses/speaking/listening",
    "/courses/speaking/limits/quiz",
    "/courses/speaking/listening/quiz",
    "/courses/speaking/quiz/pre",
    "/courses/speaking/quiz/post",
]


@pytest.mark.parametrize("path", UNANSWERED)
def test_an_unanswered_page_is_the_same_when_every_key_changes(
    path: str, browser: Browser, app_with: AppWith, lessons: Path
) -> None:
    change_every_key(lessons)
    assert Browser(app_with(lessons=lessons)).visit(path).body == browser.visit(path).body


def test_an_attempt_under_way_is_the_same_when_every_key_changes(app_with: AppWith, lessons: Path) -> None:
    change_every_key(lessons)
    pages = []
    for app in (app_with(), app_with(lessons=lessons)):
        someone = make.guest(app)
        attempt = make.attempt(app, someone, {"speaking-post-true": "false"})
        page = make.browser_of(app, someone).visit(f"/attempts/{attempt}")
        pages.append(re.sub(r'name="csrf_token" value="[0-9a-f]+"', "", page.html).replace(attempt, "this"))
    assert pages[0] == pages[1]


def test_the_keys_were_really_changed(app_with: AppWith, lessons: Path) -> None:
    before = make.library(app_with()).quizzes
    change_every_key(lessons)
    after = make.library(app_with(lessons=lessons)).quizzes
    same = [
        item.question.id
        for quiz_id in before
        for item, changed in zip(before[quiz_id].items, after[quiz_id].items, strict=True)
        if item.key == changed.key or item.key.whys == changed.key.whys
    ]
    assert same == []


def test_a_page_that_tells_a_key_is_noticed(app_with: AppWith, lessons: Path) -> None:
    make.change(lessons / "speaking" / "limits" / "quiz.yaml", "text: สุขภาพของประชาชน", "text: สุขภาพของทุกคน")
    path = "/courses/speaking/limits/quiz"
    assert Browser(app_with(lessons=lessons)).visit(path).body != Browser(app_with()).visit(path).body
