"""Headers by their effect in a browser (security.md D22, C8; OWASP ASVS 5.0 3.4, 3.5). Each guard has its control."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from classroom.home.demo import right_answer
from tests.real_browser import learner
from tests.real_browser.foreign_site import foreign_site
from tests.real_browser.lessons import address, items, lesson
from tests.services.classroom import ClassroomServer

INJECTED = """
<script>window.inlineScriptRan = true</script>
<img src="/static/nothing.png" onerror="window.handlerRan = true">
<style>body { --injected-style: applied }</style>
"""
GUARDS = ("content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy")


@pytest.fixture
def browser_window(chromium: Browser, served: ClassroomServer) -> Iterator[BrowserContext]:
    """A window in which complaints are expected."""
    context = chromium.new_context(base_url=served.url, ignore_https_errors=True)
    yield context
    context.close()


def _inject(page: Page, *, keep_headers: bool) -> None:
    """Put an attacker's markup into every page, as a hole in a template would."""

    def tamper(route: Route) -> None:
        answer = route.fetch()
        kept = {name: value for name, value in answer.headers.items() if keep_headers or name not in GUARDS}
        body = answer.text().replace("</main>", f"{INJECTED}</main>")
        route.fulfill(status=answer.status, headers=kept, body=body)

    page.route(lambda url: "/static/" not in url, tamper)


@pytest.mark.parametrize(("keep_headers", "runs"), [(True, False), (False, True)], ids=["guarded", "control"])
def test_injected_script_and_style_do_nothing(browser_window: BrowserContext, keep_headers: bool, runs: bool) -> None:
    page = browser_window.new_page()
    _inject(page, keep_headers=keep_headers)
    page.goto(address(lesson(1)), wait_until="networkidle")
    assert bool(page.evaluate("window.inlineScriptRan")) is runs
    assert bool(page.evaluate("window.handlerRan")) is runs
    style = page.evaluate("getComputedStyle(document.body).getPropertyValue('--injected-style').trim()")
    assert bool(style) is runs


def test_markup_cannot_be_written_from_a_string(browser_window: BrowserContext) -> None:
    page = browser_window.new_page()
    page.goto("/")
    written = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'written' } catch (e) { return e.name } }"
    )
    assert written == "TypeError"


def test_no_other_site_can_frame_a_page(
    browser_window: BrowserContext, served: ClassroomServer, tmp_path: Path
) -> None:
    frame = '<h1>theirs</h1><iframe src="{}"></iframe>'
    pages = {"/ours": frame.format(f"{served.url}/about"), "/theirs": frame.format("/plain"), "/plain": "<p>inside</p>"}
    with foreign_site(tmp_path, pages) as other:
        page = browser_window.new_page()
        assert _framed(page, f"{other}/theirs") == "inside"
        assert _framed(page, f"{other}/ours") == ""


def _framed(page: Page, url: str) -> str:
    """What can be read in the frame of a page; a refused frame has an error page of the browser's, with other words."""
    page.goto(url, wait_until="networkidle")
    frame = page.frames[1]
    return "" if frame.url.startswith("chrome-error:") else frame.locator("body").inner_text()


def test_a_form_on_another_site_changes_nothing(
    browser_window: BrowserContext, served: ClassroomServer, tmp_path: Path
) -> None:
    page = browser_window.new_page()
    item = items(lesson(1))[0]
    learner.answer_all_checks(page, lesson(1))
    before = _answers(served)
    with foreign_site(tmp_path, {"/": _forged_form(served, learner.wrong_answer(item)[0])}) as other:
        page.goto(other)
        with page.expect_navigation():
            page.get_by_role("button").click()
        assert page.url.startswith(served.url)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "th"
    assert _answers(served) == before


def test_the_same_form_on_our_own_page_changes_the_answer(
    browser_window: BrowserContext, served: ClassroomServer
) -> None:
    """The control of the test before it."""
    page = browser_window.new_page()
    item = items(lesson(1))[0]
    learner.answer_check(_at(page, address(lesson(1))), item, right_answer(item))
    before = _answers(served)
    page.get_by_role("link", name=learner.AGAIN).click()
    learner.answer_check(page, item, learner.wrong_answer(item))
    assert _answers(served) != before


def _at(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def _forged_form(served: ClassroomServer, choice: str) -> str:
    item = items(lesson(1))[0].question
    return (
        f'<form method="post" action="{served.url}{address(lesson(1))}/checks/{item.id}">'
        f'<input name="{item.id}" value="{choice}"><button>win a prize</button></form>'
    )


def _answers(served: ClassroomServer) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(served.database)) as database:
        return database.execute("SELECT person_id, activity_id, latest FROM progress ORDER BY 1, 2").fetchall()


def test_the_cookie_is_out_of_reach_of_script_and_of_other_hosts(
    browser_window: BrowserContext, served: ClassroomServer
) -> None:
    page = browser_window.new_page()
    learner.answer_check(_at(page, address(lesson(1))), items(lesson(1))[0])
    [cookie] = browser_window.cookies()
    assert page.evaluate("document.cookie") == ""
    assert cookie["name"].startswith("__Host-")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert cookie["domain"] == "127.0.0.1"


def test_nothing_is_stored_of_a_reader_who_answers_nothing(phone: Page, served: ClassroomServer) -> None:
    with closing(sqlite3.connect(served.database)) as database:
        count = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM device_session)"
        [before] = database.execute(count).fetchone()
        for path in ("/", address(lesson(1)), f"{address(lesson(1))}/quiz", "/me"):
            phone.goto(path, wait_until="networkidle")
        assert database.execute(count).fetchone() == (before,)
    assert phone.context.cookies() == []


def test_a_page_of_ones_own_is_not_shown_again_after_erasure(phone: Page) -> None:
    learner.answer_all_checks(phone, lesson(1))
    phone.goto("/me")
    phone.goto("/me/data")
    phone.locator("details summary").last.click()
    with phone.expect_navigation():
        phone.locator('form[action="/me/data/erasure"] button').click()
    for _ in range(2):
        phone.go_back(wait_until="networkidle")
        assert phone.locator(".tile.is-full").count() == 0
        assert phone.locator('form[action="/me/data/erasure"]').count() == 0
