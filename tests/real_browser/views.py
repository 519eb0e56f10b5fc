"""How to bring a page to an address or a state."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.real_browser.states import STATES


def show(page: Page, name: str) -> None:
    """Bring the page to an address or to one of `STATES`, with its fonts there."""
    if name in STATES:
        STATES[name](page)
    else:
        page.goto(name)
    page.evaluate("document.fonts.ready")


def file_name(name: str) -> str:
    """The same name, for a file."""
    return name.strip("/").replace("/", "--") or "front"
