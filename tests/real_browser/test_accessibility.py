"""axe-core on every page and state, on a phone and on a desk, light and dark: no finding (WCAG 2.2 A and AA)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.real_browser.conftest import need
from tests.real_browser.views import every_view, show

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe() -> str:
    return Path(need("axe-core")).read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe has against the page as it stands: rule, how many, the first place."""
    page.evaluate(_axe())
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{found['id']} × {len(found['nodes'])}: {found['help']}: {found['nodes'][0]['html'][:200]}"
        for found in result["violations"]
    ]


@pytest.mark.parametrize("window_name", ["phone", "desk"])
@every_view
def test_axe_finds_nothing(view: str, window_name: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(window_name)
    show(page, view)
    assert findings(page) == []


@pytest.mark.parametrize("view", ["/", "/rights", "check-right", "check-wrong", "quiz-put-aside", "quiz-result", "own-page"])
def test_axe_finds_nothing_in_the_dark(phone: Page, view: str) -> None:
    phone.emulate_media(color_scheme="dark")
    show(phone, view)
    assert findings(phone) == []


def test_axe_finds_what_is_wrong(phone: Page) -> None:
    """The control: a picture without words, and a field without a label."""
    phone.goto("/about")
    phone.evaluate(
        """() => {
            for (const name of ['img', 'input']) document.querySelector('main').append(document.createElement(name));
        }"""
    )
    assert [found.partition(" ")[0] for found in findings(phone)] == ["image-alt", "label"]
