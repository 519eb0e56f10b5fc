"""Windows of demo people, on a site that is served in development."""

from __future__ import annotations

from playwright.sync_api import Page


def become(page: Page, person: str) -> None:
    page.goto("/dev/people")
    page.locator(f'button[value="{person}"]').click()
    page.wait_for_url("**/me")
