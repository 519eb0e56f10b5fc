"""Every public page and every state, opened once on a phone: light, readable by everyone, never too wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.first_view import KB, FirstView, first_view
from tests.real_browser.axe import findings
from tests.real_browser.conftest import open_window
from tests.real_browser.lessons import addresses
from tests.real_browser.states import STATES
from tests.real_browser.views import file_name, show
from tests.real_browser.watch import Watch
from tests.services.classroom import ClassroomServer
from tests.services.tools import ROOT

SCREENSHOTS = ROOT / "var" / "screenshots"
MOST_BYTES, MOST_SCRIPT_BYTES, MOST_REQUESTS = 100 * KB, 15 * KB, 10
WIDTHS = (320, 360, 640, 768, 1280)
"""CSS pixels. 640 is 1280 at 200 %, and 320 is 1280 at 400 % (WCAG 2.2, 1.4.10)."""
TOO_SMALL_TO_TOUCH = """() => [...document.querySelectorAll('button, select, input, nav a, a.button, a.tile')]
    .filter(one => one.checkVisibility() && one.type !== 'hidden' && !one.closest('.crumbs'))
    .filter(one => {
        const box = (one.closest('label') ?? one).getBoundingClientRect();
        return Math.min(box.width, box.height) < 43.5;
    })
    .map(one => one.outerHTML.slice(0, 120))"""
each_page = pytest.mark.parametrize("seen", addresses(), indirect=True)
each_view = pytest.mark.parametrize("seen", [*addresses(), *STATES], indirect=True)
each_width = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(scope="module")
def seen(request: pytest.FixtureRequest, chromium: Browser, served: ClassroomServer) -> Iterator[Seen]:
    """One view in a window of its own, shared by the tests of this file."""
    watch = Watch(served.url)
    window = open_window(chromium, served, watch)
    name: str = request.param
    loaded = first_view(window, name) if name not in STATES else None
    page = window.new_page()
    show(page, name)
    yield Seen(name, page, loaded)
    window.close()
    assert watch.wrong == []


class Seen:
    """A page in its state, and what it loaded when it was opened for the first time."""

    def __init__(self, name: str, page: Page, loaded: FirstView | None) -> None:
        self.name = name
        self.page = page
        self.loaded = loaded

    def at(self, width: int) -> Page:
        """The page, `width` CSS pixels wide."""
        self.page.set_viewport_size({"width": width, "height": 740})
        return self.page


@each_page
def test_the_first_view_is_light(seen: Seen) -> None:
    assert seen.loaded is not None
    assert seen.loaded.other_origins == ()
    assert seen.loaded.bytes <= MOST_BYTES
    assert seen.loaded.script_bytes <= MOST_SCRIPT_BYTES
    assert seen.loaded.requests <= MOST_REQUESTS


@each_view
def test_nothing_runs_out_of_the_window(seen: Seen) -> None:
    reach: dict[int, Any] = {width: seen.at(width).evaluate("document.documentElement.scrollWidth") for width in WIDTHS}
    assert {width: reached for width, reached in reach.items() if reached > width} == {}


@each_view
def test_everything_to_press_is_large_enough_for_a_thumb(seen: Seen) -> None:
    assert seen.at(360).evaluate(TOO_SMALL_TO_TOUCH) == []


@each_width
@each_view
def test_axe_finds_nothing(seen: Seen, width: int) -> None:
    assert findings(seen.at(width)) == []


@each_width
@each_view
def test_a_picture_is_kept_for_people_to_look_at(seen: Seen, width: int) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    picture = seen.at(width).screenshot(path=SCREENSHOTS / f"{file_name(seen.name)}-{width}.png", full_page=True)
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name", ["/", "/rights", "check-right", "check-wrong", "quiz-put-aside", "quiz-result", "own-page"]
)
def test_axe_finds_nothing_in_the_dark(phone: Page, name: str) -> None:
    phone.emulate_media(color_scheme="dark")
    show(phone, name)
    assert findings(phone) == []


def test_axe_finds_what_is_wrong(phone: Page) -> None:
    """The control: a picture without words, and a field without a label."""
    phone.goto("/about")
    phone.evaluate(
        "['img', 'input'].forEach(name => document.querySelector('main').append(document.createElement(name)))"
    )
    assert [found.partition(" ")[0] for found in findings(phone)] == ["image-alt", "label"]


def test_a_page_that_is_too_wide_is_noticed(phone: Page) -> None:
    """The control: a row of words that cannot break."""
    phone.goto("/about")
    phone.evaluate("document.querySelector('main').append('x'.repeat(300))")
    phone.evaluate("document.querySelector('main').style.whiteSpace = 'nowrap'")
    assert phone.evaluate("document.documentElement.scrollWidth") > 360
