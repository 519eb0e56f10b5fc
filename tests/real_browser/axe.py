"""axe-core, put into a page as it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.real_browser.conftest import need

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def findings(page: Page) -> list[str]:
    """What axe has against the page: rule, how often, in words, the first place."""
    page.evaluate(_source())
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", list(RULES)
    )
    return [
        f"{found['id']} × {len(found['nodes'])}: {found['help']}: {found['nodes'][0]['html'][:200]}"
        for found in result["violations"]
    ]


@cache
def _source() -> str:
    return Path(need("axe-core")).read_text(encoding="utf-8")
