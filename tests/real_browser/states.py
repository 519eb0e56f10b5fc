"""States that a page is in only after something was done: what to do to see each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from classroom.home.demo import right_answer
from tests.real_browser import learner
from tests.real_browser.lessons import address, items, lesson, library


def check_right(page: Page) -> None:
    page.goto(address(lesson(1)))
    learner.answer_check(page, items(lesson(1))[0])


def check_wrong(page: Page) -> None:
    page.goto(address(lesson(1)))
    item = items(lesson(1))[0]
    learner.answer_check(page, item, learner.wrong_answer(item))


def check_refused(page: Page) -> None:
    """The button was pressed with nothing chosen."""
    page.goto(address(lesson(1)))
    section = learner.check_section(page, items(lesson(1))[0])
    section.get_by_role("button", name=learner.CHECK_IT).click()
    expect(page.locator(".error-summary")).to_be_visible()


def all_checks_answered(page: Page) -> None:
    learner.answer_all_checks(page, lesson(1))
    page.reload()


def quiz_put_aside(page: Page) -> None:
    page.goto(f"{address(lesson(1))}/quiz")
    one = items(lesson(1))[0]
    learner.fill(learner.quiz_form(page), one, right_answer(one))
    page.locator('button[name="save"]').click()
    expect(page.locator("#unanswered")).to_be_visible()


def quiz_result(page: Page) -> None:
    learner.take_quiz(page, lesson(1))


def course_test_result(page: Page) -> None:
    """Every kind of the course's last test, some of it unanswered."""
    course = next(one for one in library().courses.values() if one.post)
    assert course.post is not None
    page.goto(f"/courses/{course.id}/quiz/post")
    for item in course.post.items[::2]:
        learner.fill(learner.quiz_form(page), item, right_answer(item))
    page.locator('button[name="hand-in"]').click()
    learner.hand_in(page)


def own_page(page: Page) -> None:
    learner.answer_all_checks(page, lesson(1))
    page.goto("/me")


def front_page_of_someone(page: Page) -> None:
    learner.answer_all_checks(page, lesson(1))
    page.goto("/")


def course_begun(page: Page) -> None:
    learner.answer_all_checks(page, lesson(1))
    page.goto(f"/courses/{lesson(1).course_id}")


def lessons_filtered(page: Page) -> None:
    page.goto("/courses?audience=pupils")


def no_lesson_found(page: Page) -> None:
    page.goto("/courses?audience=media&minutes=8&article=1")


def not_found(page: Page) -> None:
    page.goto("/courses/there-is-none")


def card_asked_for(page: Page) -> None:
    page.goto("/join")


def card_refused(page: Page) -> None:
    page.goto("/join")
    for name in ("code", "seat", "words"):
        page.locator(f"#{name}").fill("7")
    page.get_by_role("button", name="เข้าเรียน").click()
    expect(page.locator(".error-summary")).to_be_visible()


STATES: Mapping[str, Callable[[Page], None]] = {
    state.__name__.replace("_", "-"): state
    for state in (
        check_right,
        check_wrong,
        check_refused,
        all_checks_answered,
        quiz_put_aside,
        quiz_result,
        course_test_result,
        own_page,
        front_page_of_someone,
        course_begun,
        lessons_filtered,
        no_lesson_found,
        not_found,
        card_asked_for,
        card_refused,
    )
}
