"""The served product, Chromium, and windows of a phone and a desk that notice what goes wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.real_browser.watch import Watch
from tests.services import tools
from tests.services.classroom import ClassroomServer

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PATIENCE = 15_000
"""Milliseconds a page may take on a busy machine."""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassroomServer]:
    with ClassroomServer(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = need("Chromium")
    browser = playwright.chromium.launch(executable_path=path, args=list(tools.CHROMIUM_FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def window(chromium: Browser, served: ClassroomServer) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a new browser window on the site; at the end nothing may have gone wrong in any of them."""
    opened: list[BrowserContext] = []
    watch = Watch(served.url)

    def new_window(**options: Any) -> BrowserContext:
        opened.append(open_window(chromium, served, watch, **options))
        return opened[-1]

    yield new_window
    for context in opened:
        context.close()
    assert watch.wrong == [], served.log[-3000:]


@pytest.fixture(scope="session")
def named_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassroomServer]:
    """Served in development, with its demo people, at a name that passkeys may be of."""
    folder, settings = tmp_path_factory.mktemp("named"), {"CLASSROOM_ENV": "development"}
    with ClassroomServer(folder, https=False, host="localhost", settings=settings) as server:
        server.run("demo", "fill")
        yield server


@pytest.fixture
def named_window(chromium: Browser, named_site: ClassroomServer) -> Iterator[Callable[..., BrowserContext]]:
    """As `window`, on the site with demo people."""
    opened: list[BrowserContext] = []
    watch = Watch(named_site.url)

    def new_window(**options: Any) -> BrowserContext:
        opened.append(open_window(chromium, named_site, watch, **options))
        return opened[-1]

    yield new_window
    for context in opened:
        context.close()
    assert watch.wrong == [], named_site.log[-3000:]


def open_window(browser: Browser, site: ClassroomServer, watch: Watch, **options: Any) -> BrowserContext:
    """A window of a phone, unless `options` (of Playwright's `new_context`) say otherwise."""
    context = browser.new_context(
        base_url=site.url,
        ignore_https_errors=True,
        locale="th-TH",
        reduced_motion="reduce",  # a smooth scroll would still be under way when the test looks
        **(PHONE | options),
    )
    context.set_default_timeout(PATIENCE)
    watch.follow(context)
    return context


@pytest.fixture
def phone(window: Callable[..., BrowserContext]) -> Page:
    """A page in a window 360 pixels wide."""
    return window().new_page()


@pytest.fixture
def desk(window: Callable[..., BrowserContext]) -> Page:
    """A page in a window 1280 pixels wide."""
    return window(**DESK, is_mobile=False, has_touch=False).new_page()


def need(name: str) -> str:
    """The path of a program; the test is skipped where it is missing (`make test` tells, and CI fails)."""
    try:
        return str(tools.find(name))
    except tools.ToolMissing as missing:
        pytest.skip(str(missing))
