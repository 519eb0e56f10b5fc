"""A guest is made at the first answer and forgotten thirty days after the last visit (security.md A6)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests import make
from tests.conftest import MovedClock
from tests.rows import everything, rows

DAYS = timedelta(days=1)


def test_a_guest_is_forgotten_thirty_days_after_the_last_visit(site: Flask, moved_clock: MovedClock) -> None:
    make.handed_in(site, make.guest(site))
    came = moved_clock.moment
    assert _purge(site, came + 30 * DAYS - timedelta(seconds=1)) == 0
    assert _purge(site, came + 30 * DAYS) == 1
    assert everything(site).keys() == {"quiz_version"}


def test_a_visit_counts_from_its_own_day(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.guest(site))
    came_back = moved_clock.forward(days=20)
    browser.visit("/me")
    assert _purge(site, came_back + 29 * DAYS) == 0
    assert _purge(site, came_back + 30 * DAYS) == 1


def test_purging_twice_forgets_nobody_twice(site: Flask, moved_clock: MovedClock) -> None:
    make.guest(site)
    later = moved_clock.moment + 40 * DAYS
    assert [_purge(site, later), _purge(site, later)] == [1, 0]


def test_who_came_back_keeps_everything(site: Flask, moved_clock: MovedClock) -> None:
    gone, here = make.guest(site), make.guest(site)
    for someone in (gone, here):
        make.handed_in(site, someone)
    moved_clock.forward(days=29)
    browser = make.browser_of(site, here)
    before = browser.visit("/me").text
    moved_clock.forward(days=5)
    assert _purge(site, moved_clock.moment) == 1
    assert [row["id"] for row in rows(site, "person")] == [here.person_id]
    assert browser.visit("/me").text == before


def test_the_cookie_of_a_forgotten_guest_means_nobody(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.guest(site))
    moved_clock.forward(days=30)
    assert "สิ่งที่เราจำไว้ให้" not in browser.visit("/me").text
    _purge(site, moved_clock.moment)
    assert "สิ่งที่เราจำไว้ให้" not in browser.visit("/me").text


@pytest.mark.parametrize(("hours", "noted"), [(1, False), (23.9, False), (24, True), (100, True)])
def test_the_last_visit_is_noted_by_the_day(hours: float, noted: bool, site: Flask, moved_clock: MovedClock) -> None:
    came = moved_clock.moment
    browser = make.browser_of(site, make.guest(site))
    came_back = moved_clock.forward(hours=hours)
    browser.visit("/me")
    (session,) = rows(site, "device_session")
    assert session["seen_at"] == (came_back if noted else came)


def test_a_post_notes_no_visit_and_a_get_does(site: Flask, moved_clock: MovedClock) -> None:
    came = moved_clock.moment
    browser = make.browser_of(site, make.guest(site))
    moved_clock.forward(days=2)
    browser.send("/courses/speaking/limits/place", {"part": "history"})
    assert rows(site, "device_session")[0]["seen_at"] == came


def _purge(site: Flask, now: datetime) -> int:
    """How many guests were forgotten."""
    with site.app_context():
        forgotten: dict[str, int] = dict(site.extensions["register"].purge(now))
        return forgotten["guests not here for 30 days"]
