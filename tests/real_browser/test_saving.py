"""Nothing that a learner answered is lost: not by a dropped line, a second tab, a double press or a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classroom.content.model import Item
from classroom.home.demo import right_answer
from tests.real_browser import learner
from tests.real_browser.lessons import address, items, lesson
from tests.services.classroom import ClassroomServer

Window = Callable[..., BrowserContext]
SAVED = "บันทึกแล้ว"
NOT_SAVED = "ยังบันทึกไม่ได้"


def _open_quiz(page: Page) -> tuple[Item, ...]:
    page.goto(f"{address(lesson(1))}/quiz")
    return items(lesson(1))


def _give(page: Page, item: Item) -> None:
    learner.fill(learner.quiz_form(page), item, right_answer(item))


def _status(page: Page, says: str) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(says)


def _score(page: Page) -> None:
    expect(page.locator("h1 + .lead")).to_contain_text("3 จาก 3")


def _is_given(page: Page, item: Item) -> bool:
    given = right_answer(item)
    if isinstance(given, tuple):
        fields = [learner.quiz_form(page).locator(f'[name="{item.question.id}"][value="{one}"]') for one in given]
        return all(field.is_checked() for field in fields)
    if isinstance(given, str):
        return learner.quiz_form(page).locator(f'[name="{item.question.id}"]').input_value() == given
    name = item.question.id
    return all(
        learner.quiz_form(page).locator(f'[name="{name}.{part}"]').input_value() == value
        for part, value in given.items()
    )


def test_an_answer_given_offline_is_saved_when_the_line_is_back(window: Window) -> None:
    page = window().new_page()
    first, second, third = _open_quiz(page)
    _give(page, first)
    _status(page, SAVED)

    page.context.set_offline(True)
    _give(page, second)
    _status(page, NOT_SAVED)
    with page.expect_response("**/attempts/*") as answer:
        page.context.set_offline(False)
    assert answer.value.ok
    _status(page, SAVED)

    page.reload()
    assert [_is_given(page, item) for item in (first, second, third)] == [True, True, False]


def test_an_answer_given_offline_survives_a_reload_of_the_page(window: Window) -> None:
    page = window().new_page()
    first, second, _ = _open_quiz(page)
    _give(page, first)
    _status(page, SAVED)
    page.context.set_offline(True)
    _give(page, second)
    _status(page, NOT_SAVED)
    with page.expect_response("**/attempts/*"):
        page.context.set_offline(False)
    page.reload()
    assert _is_given(page, second)


def test_two_tabs_add_up_and_neither_wipes_the_other(window: Window) -> None:
    one = window().new_page()
    first, second, third = _open_quiz(one)
    _give(one, first)
    _status(one, SAVED)
    other = one.context.new_page()
    other.goto(one.url)

    _give(one, second)
    _status(one, SAVED)
    _give(other, third)
    _status(other, SAVED)
    one.locator('button[name="hand-in"]').click()
    expect(one.locator("[data-unanswered]")).to_contain_text("3")  # as far as this tab knows
    learner.hand_in(one)
    _score(one)


def test_the_other_tab_says_so_when_the_attempt_was_handed_in(window: Window) -> None:
    one = window().new_page()
    first, second, third = _open_quiz(one)
    _give(one, first)
    _status(one, SAVED)
    other = one.context.new_page()
    other.goto(one.url)
    for item in (second, third):
        _give(one, item)
    learner.hand_in(one)

    other.locator(f'[name="{first.question.id}"][value="{learner.wrong_answer(first)[0]}"]').click()
    expect(other.locator(".answered-question").first).to_be_visible()
    _score(other)


both = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@both
def test_a_hand_in_pressed_twice_counts_once(window: Window, served: ClassroomServer, script: bool) -> None:
    page = window(java_script_enabled=script).new_page()
    learner.answer_all_checks(page, lesson(2))
    before = _handed_in(served)
    _press_hand_in_twice(page)
    _score(page)
    assert _handed_in(served) == before + 1


@both
def test_a_first_press_that_is_a_double_one_shows_one_result(window: Window, script: bool) -> None:
    page = window(java_script_enabled=script).new_page()
    _press_hand_in_twice(page)
    _score(page)
    page.reload()
    _score(page)


def _press_hand_in_twice(page: Page) -> None:
    for item in _open_quiz(page):
        _give(page, item)
    page.locator('button[name="hand-in"]').dblclick()
    expect(page.locator(".answered-question").first).to_be_visible()


def _handed_in(served: ClassroomServer) -> int:
    with closing(sqlite3.connect(served.database)) as database:
        [count] = database.execute("SELECT count(*) FROM attempt WHERE handed_in_at IS NOT NULL").fetchone()
        return int(count)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ClassroomServer]:
    with ClassroomServer(tmp_path, workers=1) as server:
        yield server


@pytest.mark.parametrize("ends", [ClassroomServer.stop, ClassroomServer.kill], ids=["stopped", "killed"])
def test_an_attempt_goes_on_after_the_server_was(
    chromium: Browser, own_server: ClassroomServer, ends: Callable[[ClassroomServer], None]
) -> None:
    context = chromium.new_context(base_url=own_server.url, ignore_https_errors=True)
    page = context.new_page()
    first, second, third = _open_quiz(page)
    _give(page, first)
    _status(page, SAVED)

    ends(own_server)
    _give(page, second)
    _status(page, NOT_SAVED)
    own_server.start()
    _status(page, SAVED)
    _give(page, third)
    _status(page, SAVED)
    learner.hand_in(page)
    _score(page)
    context.close()
