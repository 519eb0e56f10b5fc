"""Someone with nothing but a phone opens the site and learns; with script and without it is the same road."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from classroom.home.demo import right_answer
from tests.real_browser import learner
from tests.real_browser.lessons import address, items, lesson, library

Window = Callable[..., BrowserContext]
both = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@both
def test_a_person_reads_answers_understands_and_sees_the_map_filled(window: Window, script: bool) -> None:
    page = window(java_script_enabled=script).new_page()
    first = lesson(1)
    page.goto("/")
    page.locator("a.button.primary").click()
    assert _path(page) == address(first)
    assert page.context.cookies() == []

    _answer_wrongly_then_rightly(page)
    for item in items(first)[1:]:
        learner.answer_check(page, item)
        assert learner.RIGHT in learner.check_section(page, item).inner_text()

    learner.take_quiz(page, first)
    expect(page.locator("h1 + .lead")).to_contain_text(f"{len(items(first))} จาก {len(items(first))}")
    for item in items(first):
        for why in item.key.whys.values():
            expect(page.get_by_text(why.striptags(), exact=True).first).to_be_visible()

    page.goto("/me")
    assert _map(page) == _map_after(first.id)


def _answer_wrongly_then_rightly(page: Page) -> None:
    item = items(lesson(1))[0]
    wrong = learner.wrong_answer(item)
    section = learner.answer_check(page, item, wrong)
    assert learner.RIGHT not in section.locator(".verdict").inner_text()
    expect(section.get_by_text(item.key.whys[wrong[0]].striptags())).to_be_visible()
    section.get_by_role("link", name=learner.AGAIN).click()
    learner.answer_check(page, item)
    assert learner.RIGHT in learner.check_section(page, item).locator(".verdict").inner_text()


def _map(page: Page) -> dict[int, int]:
    """Article → height of its tile's fill, in percent."""
    rectangles = page.locator(".rights-map .tile rect")
    heights = rectangles.evaluate_all("all => all.map(one => Number(one.getAttribute('height')))")
    return dict(enumerate(heights, start=1))


def _map_after(passed: str) -> dict[int, int]:
    """The map of someone who answered everything in that one lesson rightly, counted by the rule's own words."""
    course = library().courses[library().lessons[passed].course_id]
    counted = [(one.id, item.question.article) for one in course.lessons for item in items(one)]
    counted += [("", item.question.article) for item in (course.post.items if course.post else ())]
    shares = {}
    for article in library().articles:
        of_article = [lesson_id for lesson_id, about in counted if about == article]
        shares[article] = of_article.count(passed) * 100 // len(of_article) if of_article else 0
    return shares


@both
def test_who_comes_back_goes_on_where_they_were(window: Window, script: bool) -> None:
    before = window(java_script_enabled=script)
    page = before.new_page()
    learner.answer_all_checks(page, lesson(1))
    page.goto(address(lesson(2)))
    learner.answer_check(page, items(lesson(2))[0])
    kept = before.storage_state()
    before.close()

    page = window(java_script_enabled=script, storage_state=kept).new_page()
    page.goto("/")
    page.locator("a.button.primary").click()
    assert _path(page) == address(lesson(2))
    expect(learner.check_section(page, items(lesson(2))[0]).locator(".verdict")).to_be_visible()
    expect(learner.check_section(page, items(lesson(2))[1]).locator("form")).to_be_visible()


def test_the_place_in_a_lesson_is_remembered(window: Window) -> None:
    page = window().new_page()
    stopped_at = lesson(2).parts[2].id
    learner.answer_all_checks(page, lesson(1))
    page.goto(address(lesson(2)))
    page.locator(f"h2#{stopped_at}").evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
    page.goto("/me")
    _reload_until(page, f'a.button.primary[href$="{address(lesson(2))}#{stopped_at}"]')
    page.locator("a.button.primary").click()
    expect(page.locator(f"h2#{stopped_at}")).to_be_in_viewport()


def _reload_until(page: Page, selector: str) -> None:
    """The place is told by a beacon, which nothing waits for."""
    for _ in range(50):
        if page.locator(selector).count():
            return
        page.reload()
    pytest.fail(f"{selector} did not appear on {page.url}")


@both
def test_a_quiz_can_be_put_aside_and_shows_what_is_unanswered(window: Window, script: bool) -> None:
    page = window(java_script_enabled=script).new_page()
    one, *others = items(lesson(1))
    page.goto(f"{address(lesson(1))}/quiz")
    learner.fill(learner.quiz_form(page), one, right_answer(one))
    page.locator('button[name="save"]').click()
    page.wait_for_url("**/attempts/*")
    expect(page.locator("#unanswered")).to_contain_text(f"{len(others)} ข้อ")

    page.goto("/courses")
    page.goto(f"{address(lesson(1))}/quiz")
    page.wait_for_url("**/attempts/*")
    for item in others:
        learner.fill(learner.quiz_form(page), item, right_answer(item))
    learner.hand_in(page)
    expect(page.locator("h1 + .lead")).to_contain_text(f"{len(others) + 1} จาก {len(others) + 1}")


def test_reading_alone_leaves_no_cookie_and_no_request_to_others(phone: Page) -> None:
    for path in ("/", "/courses", address(lesson(1)), f"{address(lesson(1))}/quiz", "/rights", "/rights/1", "/me"):
        phone.goto(path, wait_until="networkidle")
        phone.mouse.wheel(0, 3000)
    assert phone.context.cookies() == []


def test_a_word_of_the_glossary_opens_by_touch(phone: Page) -> None:
    with_terms = next(one for one in library().lessons.values() if one.terms)
    phone.goto(address(with_terms))
    phone.locator("a.term").first.tap()
    expect(phone.locator(f"#term-{with_terms.terms[0]}")).to_be_visible()


def test_everything_kept_can_be_erased_at_once(phone: Page) -> None:
    learner.answer_all_checks(phone, lesson(1))
    phone.goto("/me/data")
    phone.locator("details summary").last.click()
    with phone.expect_navigation():
        phone.locator('form[action="/me/data/erasure"] button').click()
    assert phone.context.cookies() == []
    phone.goto("/me")
    assert set(_map(phone).values()) == {0}


def _path(page: Page) -> str:
    return page.evaluate("location.pathname")  # type: ignore[no-any-return]
