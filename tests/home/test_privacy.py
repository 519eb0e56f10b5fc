"""What we hold, said to a thirteen-year-old; and whom to tell of a hole."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom.config import UnsafeSettings, from_environment
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock

KEYS = {"SECRET_KEY": "a secret key for tests, 0123456789", "DATA_KEY": "a data key for tests, 9876543210 abc"}
CONTACT = "mailto:security@school.test"


@pytest.mark.parametrize("path", ["/", "/about", "/courses/speaking/limits"])
def test_the_page_is_found_from_every_page(path: str, browser: Browser) -> None:
    browser.visit(path)
    assert browser.follow("ความเป็นส่วนตัว").heading == "ความเป็นส่วนตัว"


def test_it_leads_to_ones_own_data_and_to_help(browser: Browser) -> None:
    page = browser.visit("/privacy")
    assert {"/me/data", "/help"} <= {href for _, href in page.links()}


def test_it_promises_nothing_that_nobody_can_keep(browser: Browser) -> None:
    """Who looks over one's shoulder, the browser's history and the school's network are named."""
    said = browser.visit("/privacy").text
    assert [word for word in ("มองจอ", "ประวัติในเบราว์เซอร์", "เน็ตของโรงเรียน") if word not in said] == []


def test_security_txt_names_the_contact_that_is_set_and_an_end(app_with: AppWith, moved_clock: MovedClock) -> None:
    answer = Browser(app_with(security_contact=CONTACT)).fetch("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.html.splitlines())
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert fields["Contact"] == CONTACT
    assert fields["Canonical"] == "https://classroom.test/.well-known/security.txt"
    end = datetime.fromisoformat(fields["Expires"])
    assert 0 < (end - moved_clock.moment).days < 365


def test_without_a_contact_there_is_no_security_txt(browser: Browser) -> None:
    assert browser.fetch("/.well-known/security.txt").status == 404


@pytest.mark.parametrize("contact", ["security@school.test", "javascript:alert(1)", "mailto:x\r\nExpires: never"])
def test_a_contact_that_is_none_is_refused_at_the_start(contact: str) -> None:
    with pytest.raises(UnsafeSettings, match="SECURITY_CONTACT"):
        from_environment(KEYS | {"SECURITY_CONTACT": contact})
