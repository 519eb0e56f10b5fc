"""A short run of requests with other people's ids; `bench/soak_foreign.py` is the long one."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from classroom.permissions import Can
from classroom.web.guards import allow
from tests import foreign, make
from tests.browser import Browser
from tests.conftest import AppWith


def test_no_byte_of_one_person_reaches_another_and_nothing_fails(site: Flask) -> None:
    report = foreign.attack(site, requests=300, seed=1)
    assert report.faults == []
    assert report.attackers.keys() == foreign.ATTACKERS.keys()
    assert sum(report.statuses.values()) == 300


@pytest.mark.parametrize("leak", ["text", "header"])
def test_a_page_that_shows_what_is_anothers_is_noticed(leak: str, app_with: AppWith) -> None:
    def leaking() -> Response:
        address = "learner-victim@school.test"
        return Response(address if leak == "text" else "", headers={"X-Owner": address} if leak == "header" else {})

    app = app_with()
    app.add_url_rule("/leak", view_func=allow(Can.READ)(leaking))
    world = foreign.make_world(app)
    sent = foreign.Sent("GET", "/leak", {}, Browser(app).fetch("/leak"))
    assert foreign.faults(sent, world) == ["shows learner-victim@school.test"]


def test_a_failure_is_noticed(app_with: AppWith) -> None:
    def failing() -> str:
        raise ValueError

    app = app_with()
    app.add_url_rule("/boom", view_func=allow(Can.READ)(failing))
    sent = foreign.Sent("GET", "/boom", {}, Browser(app).fetch("/boom"))
    assert foreign.faults(sent, foreign.World()) == ["status 500"]


def test_what_one_typed_oneself_may_come_back(site: Flask) -> None:
    world, fields = foreign.make_world(site), {"email": "learner-VICTIM@school.test", "password": "wrong"}
    page = Browser(site).send("/sign-in", fields)
    assert fields["email"] in page.html
    assert foreign.faults(foreign.Sent("POST", "/sign-in", fields, page), world) == []


def test_a_change_to_what_is_a_victims_is_noticed(site: Flask) -> None:
    world = foreign.make_world(site)
    before = foreign.holdings_of(site, world)
    guest = world.person_ids[0]
    make.opened_lesson(site, make.Guest(guest, ""), "listening", "begin")
    changed = [table for table, stored in foreign.holdings_of(site, world).items() if stored != before[table]]
    assert changed == ["progress"]
