"""What a learner does with a page: read, answer, hand in."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from classroom.content.kinds import Given
from classroom.content.model import Item, Lesson
from classroom.home.demo import right_answer
from tests.real_browser.lessons import address, items

CHECK_IT = "ตรวจคำตอบ"
AGAIN = "ลองอีกครั้ง"
HAND_IN = "ส่งคำตอบ"
RIGHT = "ถูกแล้ว"


def wrong_answer(item: Item) -> tuple[str, ...]:
    """One that the key does not call right; only for kinds with choices."""
    return next((choice.id,) for choice in item.question.choices if choice.id not in item.key.right)


def fill(form: Locator, item: Item, given: Given) -> None:
    """Give an answer to one question of a form."""
    name = item.question.id
    if isinstance(given, str):
        form.locator(f'input[name="{name}"]').fill(given)
    elif isinstance(given, tuple):
        for choice in given:
            form.locator(f'input[name="{name}"][value="{choice}"]').check()
    else:
        for part, value in given.items():
            form.locator(f'select[name="{name}.{part}"]').select_option(value)


def check_section(page: Page, item: Item) -> Locator:
    return page.locator(f"section#check-{item.question.id}")


def answer_check(page: Page, item: Item, given: Given | None = None) -> Locator:
    """Answer a check in place (rightly, if not said how); the section with its verdict."""
    section = check_section(page, item)
    fill(section, item, right_answer(item) if given is None else given)
    section.get_by_role("button", name=CHECK_IT).click()
    expect(section.locator(".verdict")).to_be_visible()
    return section


def answer_all_checks(page: Page, lesson: Lesson) -> None:
    page.goto(address(lesson))
    for item in items(lesson):
        answer_check(page, item)


def quiz_form(page: Page) -> Locator:
    return page.locator("form[data-quiz]")


def hand_in(page: Page) -> None:
    """Press the button and wait for the result."""
    quiz_form(page).get_by_role("button", name=HAND_IN, exact=True).click()
    page.wait_for_url("**/attempts/*")
    expect(page.locator(".answered-question").first).to_be_visible()


def take_quiz(page: Page, lesson: Lesson) -> None:
    """Answer the lesson's quiz rightly and hand it in."""
    page.goto(f"{address(lesson)}/quiz")
    for item in items(lesson):
        fill(quiz_form(page), item, right_answer(item))
    hand_in(page)
