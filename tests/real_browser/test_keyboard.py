"""A check and a quiz with nothing but Tab, Space, arrows and Enter (WCAG 2.2, 2.1.1, 2.4.3, 2.4.7, 2.4.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from classroom.content.model import Item
from classroom.home.demo import right_answer
from tests.real_browser import learner
from tests.real_browser.lessons import address, items, lesson

MOST_STOPS = 200
UNSEEN_STOP = """() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect();
    const drawn = [stop, stop.closest('label') ?? stop, stop.nextElementSibling ?? stop];
    const isMarked = drawn.some(one => getComputedStyle(one).outlineStyle !== 'none');
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isCovered = top !== null && top.closest('header, nav') !== stop.closest('header, nav');
    const isOnScreen = box.bottom > 0 && box.top < innerHeight;
    return isMarked && isOnScreen && !isCovered ? null : stop.outerHTML.slice(0, 150);
}"""


def test_the_first_stop_leads_past_the_navigation(desk: Page) -> None:
    desk.goto(address(lesson(1)))
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip-link"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("page_name", ["desk", "phone"])
def test_every_stop_of_a_lesson_and_its_quiz_can_be_seen(page_name: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(page_name)
    unseen = []
    for path in (address(lesson(1)), f"{address(lesson(1))}/quiz"):
        page.goto(path)
        unseen += [seen for _ in _stops(page) if (seen := page.evaluate(UNSEEN_STOP))]
    assert unseen == []


def test_a_check_is_answered_by_keyboard(desk: Page) -> None:
    desk.goto(address(lesson(1)))
    item = items(lesson(1))[0]
    section = learner.check_section(desk, item)
    _answer(desk, section, item)
    _go_to(desk, section.get_by_role("button", name=learner.CHECK_IT))
    desk.keyboard.press("Enter")
    expect(section.locator(".verdict")).to_contain_text(learner.RIGHT)
    expect(section.get_by_role("status")).to_be_focused()


def test_a_quiz_is_answered_and_handed_in_by_keyboard(desk: Page) -> None:
    desk.goto(f"{address(lesson(1))}/quiz")
    form = learner.quiz_form(desk)
    for item in items(lesson(1)):
        _answer(desk, form, item)
    _go_to(desk, form.get_by_role("button", name=learner.HAND_IN, exact=True))
    desk.keyboard.press("Enter")
    expect(desk.locator(".answered-question").first).to_be_visible()
    expect(desk.locator("h1 + .lead")).to_contain_text("3 จาก 3")


def _stops(page: Page) -> Iterator[None]:
    """Walks the page by Tab, once."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        yield
    pytest.fail(f"the focus never leaves {page.url}")


def _go_to(page: Page, target: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def _answer(page: Page, form: Locator, item: Item) -> None:
    given, name = right_answer(item), item.question.id
    if isinstance(given, str):
        _go_to(page, form.locator(f'input[name="{name}"]'))
        page.keyboard.type(given)
    elif isinstance(given, tuple):
        _choose(page, form, item, given)
    else:
        for part, value in given.items():
            _pick(page, form.locator(f'select[name="{name}.{part}"]'), value)


def _choose(page: Page, form: Locator, item: Item, given: tuple[str, ...]) -> None:
    fields = [form.locator(f'input[name="{item.question.id}"][value="{choice}"]') for choice in given]
    if item.question.kind == "several-choices":
        for field in fields:
            _go_to(page, field)
            page.keyboard.press("Space")
    else:
        _go_to(page, form.locator(f'input[name="{item.question.id}"]').first)
        page.keyboard.press("Space")
        _press_until(page, "ArrowDown", fields[0].is_checked)


def _pick(page: Page, select: Locator, value: str) -> None:
    _go_to(page, select)
    _press_until(page, "ArrowDown", lambda: select.input_value() == value)


def _press_until(page: Page, key: str, is_done: Callable[[], bool]) -> None:
    for _ in range(10):
        if is_done():
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not reach the answer")
