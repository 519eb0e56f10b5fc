"""Limits slow down who tries too often, in every worker alike, and lock nobody out; no address is kept for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Never

import pytest
from flask import Flask

from classroom.database import start_writing
from classroom.permissions import Can
from classroom.retention import Register
from classroom.web import limits
from classroom.web.guards import allow
from classroom.web.limits import Limit, SlowDown, Wait
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock
from tests.rows import everything, row, rows

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""In Bangkok."""
THREE = Limit("three", 3, timedelta(minutes=10))
BY_ACCOUNT = Limit("account", 10, timedelta(minutes=15))
BY_ADDRESS = Limit("address", 100, timedelta(minutes=15))
SOMEONE = "mali@example.org"


def test_an_allowance_is_spent_and_then_there_is_a_wait_until_the_window_ends(site: Flask) -> None:
    waits = [spend(site, THREE, SOMEONE, NOON + timedelta(minutes=minute)) for minute in range(5)]
    assert waits == [None, None, None, Wait(7 * 60), Wait(6 * 60)]


def test_after_the_window_it_works_again(site: Flask) -> None:
    waits = [spend(site, THREE, SOMEONE, NOON) for _ in range(4)]
    again = [spend(site, THREE, SOMEONE, NOON + timedelta(minutes=10)) for _ in range(4)]
    assert (waits, again) == ([None, None, None, Wait(600)], [None, None, None, Wait(600)])


def test_one_allowance_is_not_another(site: Flask) -> None:
    spend_all(site, THREE, SOMEONE)
    others = [(THREE, "malee@example.org"), (BY_ACCOUNT, SOMEONE)]
    assert [spend(site, limit, key, NOON) for limit, key in others] == [None, None]


def test_what_was_spent_stays_spent_when_the_request_is_refused(site: Flask) -> None:
    with site.test_request_context():
        limits.spend_or_refuse(Limit("once", 1, timedelta(minutes=1)), SOMEONE, NOON)
        start_writing()
        with pytest.raises(RuntimeError, match="before start_writing"):
            limits.spend_or_refuse(Limit("once", 1, timedelta(minutes=1)), SOMEONE, NOON)
    with pytest.raises(SlowDown), site.test_request_context():
        limits.spend_or_refuse(Limit("once", 1, timedelta(minutes=1)), SOMEONE, NOON)


def test_workers_share_an_allowance(site: Flask, app_with: AppWith) -> None:
    another = app_with()
    assert [spend(app, THREE, SOMEONE, NOON) for app in (site, another, site, another)] == [None, None, None, Wait(600)]


def test_of_many_tries_at_once_exactly_the_allowance_passes(site: Flask) -> None:
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: spend(site, BY_ACCOUNT, SOMEONE, NOON), range(40)))
    assert waits.count(None) == BY_ACCOUNT.allowed


def test_sixty_learners_behind_one_address_who_sign_in_rightly_are_never_slowed(site: Flask) -> None:
    assert [sign_in(site, f"card {seat}", is_right=True) for seat in range(60)] == ["in"] * 60
    assert rows(site, "limit_window") == []


def test_of_a_thousand_wrong_tries_only_the_first_are_looked_at(site: Flask) -> None:
    with site.test_request_context():
        answers = [try_to_sign_in(SOMEONE, is_right=False) for _ in range(1000)]
    assert (answers.count("wrong"), answers.count("wait")) == (BY_ACCOUNT.allowed, 1000 - BY_ACCOUNT.allowed)


def test_who_was_slowed_waits_with_the_right_word_too_and_gets_in_after(site: Flask) -> None:
    assert [sign_in(site, SOMEONE, is_right=False) for _ in range(11)] == ["wrong"] * 10 + ["wait"]
    assert sign_in(site, SOMEONE, is_right=True) == "wait"
    assert sign_in(site, SOMEONE, is_right=True, now=NOON + BY_ACCOUNT.per) == "in"


def test_wrong_tries_over_many_accounts_are_slowed_by_their_address(site: Flask) -> None:
    answers = [sign_in(site, f"account {number}", is_right=False) for number in range(120)]
    assert answers.count("wrong") == BY_ADDRESS.allowed


def test_the_longest_wait_is_told(site: Flask) -> None:
    spend_all(site, THREE, SOMEONE)
    spend_all(site, BY_ACCOUNT, SOMEONE)
    with site.test_request_context():
        spendings = [(THREE, SOMEONE), (BY_ACCOUNT, SOMEONE), (BY_ADDRESS, "a")]
        assert limits.wait_for(spendings, NOON) == Wait(15 * 60)


def test_neither_an_account_nor_an_address_is_kept(site: Flask) -> None:
    sign_in(site, SOMEONE, is_right=False)
    assert everything(site).keys() == {"limit_key", "limit_window"}
    assert [word for word in (SOMEONE, "203.0.113.9") if word in repr(everything(site))] == []


def test_with_the_day_goes_its_key_and_all_that_was_counted_by_it(site: Flask) -> None:
    long = Limit("long", 1, timedelta(days=2))
    spend(site, long, SOMEONE, NOON)
    before, midnight = row(site, "limit_key"), NOON + timedelta(hours=12)
    assert spend(site, long, SOMEONE, midnight - timedelta(seconds=1)) is not None
    assert spend(site, long, SOMEONE, midnight) is None
    after = row(site, "limit_key")
    assert (after["day"] - before["day"]).days == 1
    assert after["key"] != before["key"]
    assert len(rows(site, "limit_window")) == 1


def test_the_purge_takes_what_ended_and_the_keys_of_other_days(site: Flask) -> None:
    spend(site, THREE, SOMEONE, NOON)
    spend(site, BY_ACCOUNT, SOMEONE, NOON)
    assert purged(site, NOON + timedelta(minutes=12)) == 1
    assert len(rows(site, "limit_window")) == 1
    assert purged(site, NOON + timedelta(days=1)) == 2
    assert everything(site) == {}


@pytest.mark.parametrize("hours", [-5, -1])
def test_a_clock_that_is_put_back_makes_nobody_wait_longer(hours: int, site: Flask) -> None:
    spend_all(site, THREE, SOMEONE)
    earlier = NOON + timedelta(hours=hours)
    with site.test_request_context():
        assert limits.wait_for([(THREE, SOMEONE)], earlier) is None
    assert spend(site, THREE, SOMEONE, earlier) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "อีก 1 วินาที"),
        (59, "อีก 59 วินาที"),
        (60, "อีก 1 นาที"),
        (61, "อีก 2 นาที"),
        (3600, "อีก 60 นาที"),
        (3601, "อีก 2 ชั่วโมง"),
    ],
)
def test_a_wait_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert Wait(seconds).words == words


@pytest.mark.parametrize(
    ("one", "other", "are_the_same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
    ],
)
def test_one_subscriber_has_one_allowance(one: str, other: str, are_the_same: bool, site: Flask) -> None:
    assert (address_of(site, one) == address_of(site, other)) is are_the_same


def test_a_slowed_request_is_told_in_thai_when_to_come_back(app_with: AppWith, moved_clock: MovedClock) -> None:
    app = app_with()
    app.add_url_rule("/slow", "slow", allow(Can.READ)(slow))
    page = Browser(app).visit("/slow")
    assert (page.status, page.headers["Retry-After"]) == (429, "120")
    assert "รออีก 2 นาที" in page.text


def slow() -> Never:
    raise SlowDown(Wait(120))


def sign_in(site: Flask, account: str, *, is_right: bool, now: datetime = NOON) -> str:
    with site.test_request_context():
        return try_to_sign_in(account, is_right=is_right, now=now)


def try_to_sign_in(account: str, *, is_right: bool, now: datetime = NOON) -> str:
    """As a sign-in uses its limits: asked before the password is looked at, spent when it is wrong."""
    tries = [(BY_ACCOUNT, account), (BY_ADDRESS, "203.0.113.9")]
    try:
        limits.refuse_if_spent(tries, now)
    except SlowDown:
        return "wait"
    if is_right:
        return "in"
    for limit, key in tries:
        limits.spend(limit, key, now)
    return "wrong"


def spend(site: Flask, limit: Limit, key: str, now: datetime) -> Wait | None:
    with site.test_request_context():
        return limits.spend(limit, key, now)


def spend_all(site: Flask, limit: Limit, key: str) -> None:
    assert [spend(site, limit, key, NOON) for _ in range(limit.allowed)] == [None] * limit.allowed


def address_of(site: Flask, remote: str) -> str:
    with site.test_request_context(environ_base={"REMOTE_ADDR": remote}):
        return limits.address()


def purged(site: Flask, now: datetime) -> int:
    register: Register = site.extensions["register"]
    with site.app_context():
        return dict(register.purge(now))["limits"]
