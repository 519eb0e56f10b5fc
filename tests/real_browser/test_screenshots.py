"""Pictures of every page and state in var/screenshots/, for people to look at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.real_browser.views import every_view, file_name, show
from tests.services.tools import ROOT

FOLDER = ROOT / "var" / "screenshots"


@pytest.mark.parametrize(("window_name", "width"), [("phone", 360), ("desk", 1280)])
@every_view
def test_the_page_is_photographed(view: str, window_name: str, width: int, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(window_name)
    show(page, view)
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=FOLDER / f"{file_name(view)}-{width}.png", full_page=True)
    assert picture.startswith(b"\x89PNG")
