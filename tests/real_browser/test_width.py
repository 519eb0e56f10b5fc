"""Nothing runs out of the window: at any width, and at 200 % zoom, where a window holds half as many pixels."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.real_browser.views import every_view, show

WIDTHS = (320, 360, 640, 768, 1280)
"""CSS pixels. 640 is 1280 at 200 %, and 320 is 1280 at 400 % (WCAG 2.2, 1.4.10)."""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), a.button, nav a, .tile')]
    .filter(one => one.checkVisibility())
    .map(one => [one, (one.closest('label') ?? one).getBoundingClientRect()])
    .filter(([one, box]) => Math.min(box.width, box.height) < 44 - 0.5 && !one.closest('.crumbs'))
    .map(([one]) => one.outerHTML.slice(0, 120))"""


@every_view
def test_no_page_scrolls_sideways(phone: Page, view: str) -> None:
    show(phone, view)
    too_wide = {}
    for width in WIDTHS:
        phone.set_viewport_size({"width": width, "height": 740})
        reach = phone.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            too_wide[width] = reach
    assert too_wide == {}


@pytest.mark.parametrize("view", ["/", "/courses", "check-wrong", "quiz-put-aside", "own-page"])
def test_everything_to_press_is_large_enough_for_a_thumb(phone: Page, view: str) -> None:
    show(phone, view)
    assert phone.evaluate(SMALL_TARGETS) == []
