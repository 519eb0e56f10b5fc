"""Reading a page changes nothing, but for the time of a session's last use (security.md B7)."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import clock
from classroom.accounts.guests import begin_guest
from classroom.database import transaction
from classroom.permissions import Can, Duty
from classroom.web.guards import allow
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.make import Guest
from tests.route_table import TABLE
from tests.rows import Row, everything

READ = [route.path for row, route in TABLE.items() if row.startswith("GET") and "{" not in route.path]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("who", ["nobody", "guest", "operator"])
def test_reading_changes_nothing_but_the_last_use(who: str, method: str, site: Flask) -> None:
    browser = _browser(site, who)
    before = _stored(site)
    changed = []
    for path in READ:
        browser.fetch(path, method=method)
        if _stored(site) != before:
            changed.append(path)
            before = _stored(site)
    assert changed == []


def test_a_page_that_writes_when_read_is_noticed(app_with: AppWith) -> None:
    app = app_with()

    def counting() -> str:
        with transaction():
            begin_guest(clock.now())
        return "counted"

    app.add_url_rule("/count", view_func=allow(Can.READ)(counting))
    before = _stored(app)
    Browser(app).fetch("/count")
    assert _stored(app) != before


def _browser(site: Flask, who: str) -> Browser:
    people: dict[str, Guest] = {}
    if who == "guest":
        people[who] = make.guest(site)
        make.handed_in(site, people[who])
    if who == "operator":
        people[who] = make.account(site, duties=list(Duty))
    return make.browser_of(site, people[who]) if who in people else Browser(site)


def _stored(site: Flask) -> dict[str, list[Row]]:
    """Every row, without when its session was last used."""
    return {
        table: [{name: value for name, value in row.items() if name != "seen_at"} for row in stored]
        for table, stored in everything(site).items()
    }
