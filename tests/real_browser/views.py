"""Everything there is to look at: each public page and each state, by name; and how to bring a page to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.real_browser.lessons import addresses
from tests.real_browser.states import STATES

every_public_page = pytest.mark.parametrize("address", addresses())
every_view = pytest.mark.parametrize("view", [*addresses(), *STATES])



def show(page: Page, view: str) -> None:
    """Bring the page to an address or a state, with its fonts there."""
    if view in STATES:
        STATES[view](page)
    else:
        page.goto(view)
    page.evaluate("document.fonts.ready")


def file_name(view: str) -> str:
    return view.strip("/").replace("/", "--").partition("?")[0] or "front"
