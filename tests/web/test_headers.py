"""The headers of every answer (security.md D22)."""

from __future__ import annotations

import pytest

from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import AppWith
from tests.page import Page

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "classroom",
}
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"
LESSON = "/courses/speaking/limits"
ANSWERS = ["/", LESSON, "/me", "/nothing-here", "/healthz", "/static/css/site.css", f"{LESSON}/img/tree.svg"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_headers(path: str, browser: Browser) -> None:
    expect_headers(browser.fetch(path))


def test_an_unchanged_page_and_a_redirect_carry_them_too(browser: Browser) -> None:
    unchanged = browser.fetch(LESSON, {"If-None-Match": browser.fetch(LESSON).headers["ETag"]})
    redirect = browser.send(f"{LESSON}/checks/limits-aim", RIGHT["limits-aim"])
    assert (unchanged.status, redirect.status) == (304, 303)
    expect_headers(unchanged)
    expect_headers(redirect)


def test_development_says_nothing_of_https(app_with: AppWith) -> None:
    page = Browser(app_with(env="development"), origin="http://127.0.0.1:8000").visit("/")
    assert "Strict-Transport-Security" not in page.headers
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def expect_headers(page: Page) -> None:
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert policy == POLICY
    assert {name: page.headers[name] for name in ALWAYS} == ALWAYS
    assert page.headers["Strict-Transport-Security"] == HSTS
    assert len(page.headers.getlist("Content-Security-Policy")) == 1
