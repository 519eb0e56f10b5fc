"""After leaving, going back never shows the private page (security.md A12, D17). Each guard has its control."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

from classroom import clock
from tests.real_browser.conftest import need
from tests.real_browser.foreign_site import foreign_site
from tests.real_browser.people import HELD, become, change_sessions, known_people
from tests.services import tools
from tests.services.classroom import ClassroomServer

ELSEWHERE = "<title>ฝนตกไหม</title><h1>ฝนตกไหม</h1>"
EXIT = "ออกด่วน"
Leave = Callable[[Page], None]


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with foreign_site(tmp_path_factory.mktemp("weather"), {"/": ELSEWHERE}) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, weather: str) -> Iterator[ClassroomServer]:
    """The product, with its exit to a page that can be reached here."""
    folder: Path = tmp_path_factory.mktemp("left")
    with ClassroomServer(folder, settings={"QUICK_EXIT_URL": weather}) as server:
        yield server


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """As people have it: with pages kept for going back, which Playwright would switch off."""
    kept = playwright.chromium.launch(
        executable_path=need("Chromium"),
        args=list(tools.CHROMIUM_FLAGS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield kept
    kept.close()


@pytest.fixture
def page(chromium: Browser, left: ClassroomServer) -> Iterator[Page]:
    """A window of somebody who looked at their data, having come from the front page."""
    with_cookie = _window(chromium, left)
    page = with_cookie.new_page()
    page.goto("/")
    page.goto("/me/data")
    expect(page.get_by_text(HELD)).to_be_visible()
    yield page
    with_cookie.close()


def _window(chromium: Browser, server: ClassroomServer) -> BrowserContext:
    context = chromium.new_context(base_url=server.url, ignore_https_errors=True, locale="th-TH")
    become(context, server)
    return context


def press_the_button(page: Page) -> None:
    page.get_by_role("button", name=EXIT).click()


def press_shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [press_the_button, press_shift_three_times])
def test_leaving_shows_another_page_and_back_shows_nothing_private(
    leave: Leave, page: Page, left: ClassroomServer, weather: str
) -> None:
    newest_person = max(known_people(left))
    leave(page)
    page.wait_for_url(weather)
    expect(page.locator("h1")).to_have_text("ฝนตกไหม")
    assert max(known_people(left), default=0) < newest_person
    assert page.context.cookies(left.url) == []
    for _ in range(4):
        if page.url == "about:blank":
            break
        page.go_back(wait_until="load")
        assert page.get_by_text(HELD).count() == 0
        assert page.get_by_role("button", name=EXIT).count() == 0


def test_the_button_works_without_script(chromium: Browser, left: ClassroomServer, weather: str) -> None:
    context = chromium.new_context(base_url=left.url, ignore_https_errors=True, java_script_enabled=False)
    become(context, left)
    page = context.new_page()
    page.goto("/me/data")
    press_the_button(page)
    page.wait_for_url(weather)
    assert context.cookies(left.url) == []
    context.close()


def test_privacy_is_one_screen_of_a_small_phone(chromium: Browser, left: ClassroomServer) -> None:
    context = chromium.new_context(base_url=left.url, ignore_https_errors=True, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto("/privacy")
    page.evaluate("document.fonts.ready")
    end_of_text = page.locator(".privacy").bounding_box()
    places = page.locator(".site-nav").bounding_box()
    assert end_of_text is not None
    assert places is not None
    assert end_of_text["y"] + end_of_text["height"] <= places["y"]
    context.close()


def test_shift_in_between_letters_is_typing(page: Page) -> None:
    for key in ("Shift", "k", "Shift", "Shift", "k", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    expect(page.get_by_text(HELD)).to_be_visible()


def test_the_other_page_is_not_told_where_one_came_from(page: Page, weather: str) -> None:
    press_shift_three_times(page)
    page.wait_for_url(weather)
    assert page.evaluate("document.referrer") == ""


def sign_out(page: Page) -> None:
    page.goto("/sign-out")
    page.locator('#main form[action="/sign-out"] button').click()
    expect(page.get_by_role("button", name=EXIT)).to_have_count(0)


def test_back_after_signing_out_shows_nothing_private(page: Page) -> None:
    page.goto("/me/data")
    sign_out(page)
    _back_to(page, "/me/data")
    assert page.get_by_text(HELD).count() == 0


def test_without_no_store_back_would_show_it(chromium: Browser, left: ClassroomServer) -> None:
    """The control: the same steps where a private page may be kept and the cookie does not change."""
    context = _window(chromium, left)
    page = context.new_page()

    def keep(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            status=answer.status,
            headers=answer.headers | {"cache-control": "private, max-age=600"},
            body=answer.text().replace("<script", "<template").replace("</script", "</template"),
        )

    page.route("**/me/data", keep)
    page.goto("/me/data")
    page.unroute("**/me/data")
    page.goto("/about")
    change_sessions(left, "DELETE FROM device_session")
    page.go_back(wait_until="commit")
    expect(page.get_by_text(HELD)).to_be_visible()
    context.close()


def _back_to(page: Page, path: str) -> None:
    for _ in range(6):
        page.go_back(wait_until="load")
        if page.url.endswith(path):
            return
    raise AssertionError(f"{path} is not in the history")


def test_a_page_on_a_shared_computer_goes_blank_when_nobody_uses_it(chromium: Browser, left: ClassroomServer) -> None:
    context = chromium.new_context(base_url=left.url, ignore_https_errors=True)
    become(context, left, is_shared=True)
    page = context.new_page()
    page.clock.install(time=clock.now())
    page.goto("/me/data")
    page.clock.fast_forward(19 * 60 * 1000)
    expect(page.get_by_text(HELD)).to_be_visible()
    long_ago = f"{clock.now() - timedelta(minutes=21):%Y-%m-%d %H:%M:%S.%f}"
    change_sessions(left, "UPDATE device_session SET seen_at = ? WHERE is_shared", long_ago)
    with page.expect_navigation():
        page.clock.fast_forward(2 * 60 * 1000)
    assert page.get_by_text(HELD).count() == 0
    context.close()
