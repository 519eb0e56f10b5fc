"""What is forgotten by itself, and when (security.md A6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import sessions
from classroom.accounts.models import CardSet, DeviceSession, Person, Token
from classroom.database import db, transaction
from classroom.mail.models import Letter
from classroom.permissions import Duty, Role
from tests import make
from tests.conftest import MovedClock
from tests.letters import letters_of
from tests.make import Guest
from tests.rows import everything, row, rows

DAYS = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)
WARNED, ERASED = "accounts warned for not being used", "accounts not used for 24 months"
CARDS, DEVICES = "card learners 90 days after their cards were closed", "devices that are known no longer"


def test_an_account_that_nobody_uses_is_warned_and_thirty_days_later_erased(
    site: Flask, moved_clock: MovedClock
) -> None:
    make.handed_in(site, make.account(site))
    moved_clock.forward(days=700, seconds=-1)
    assert purged(site, moved_clock)[WARNED] == 0
    moved_clock.forward(seconds=1)
    assert purged(site, moved_clock)[WARNED] == 1
    (letter,) = letters_of(site)
    assert (letter.to, letter.subject) == ("nam@school.test", "บัญชีที่ไม่ได้ใช้จะถูกลบ")
    moved_clock.forward(days=30, seconds=-1)
    assert purged(site, moved_clock)[ERASED] == 0
    moved_clock.forward(seconds=1)
    assert purged(site, moved_clock)[ERASED] == 1
    assert rows(site, "person") == []


def test_an_account_is_never_erased_without_its_warning(site: Flask, moved_clock: MovedClock) -> None:
    make.account(site)
    moved_clock.forward(days=3000)
    assert purged(site, moved_clock)[ERASED] == 0
    moved_clock.forward(days=30)
    assert purged(site, moved_clock)[ERASED] == 1


def test_who_comes_after_the_warning_stays_and_is_warned_again_after_as_long(
    site: Flask, moved_clock: MovedClock
) -> None:
    someone = make.account(site)
    moved_clock.forward(days=700)
    purged(site, moved_clock)
    moved_clock.forward(days=29)
    _sign_in(site, someone, moved_clock)
    moved_clock.forward(days=699)
    counts = purged(site, moved_clock)
    assert (counts[WARNED], counts[ERASED]) == (0, 0)
    moved_clock.forward(days=1)
    assert purged(site, moved_clock)[WARNED] == 1
    moved_clock.forward(days=30)
    assert purged(site, moved_clock)[ERASED] == 1


def test_the_warning_is_not_sent_to_who_came_back_meanwhile(site: Flask, moved_clock: MovedClock) -> None:
    someone = make.account(site)
    moved_clock.forward(days=700)
    purged(site, moved_clock)
    moved_clock.forward(minutes=1)
    _sign_in(site, someone, moved_clock)
    assert letters_of(site) == []


def test_a_visit_counts_even_when_its_device_was_forgotten_since(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.account(site))
    for _ in range(20):  # a learner who comes every four weeks with one sign-in
        moved_clock.forward(days=28)
        browser.visit("/me")
    last_visit = moved_clock.moment
    moved_clock.forward(days=40)
    purged(site, moved_clock)
    assert rows(site, "device_session") == []
    assert row(site, "person")["seen_at"] == last_visit
    moved_clock.moment = last_visit + 700 * DAYS - A_MOMENT
    assert purged(site, moved_clock)[WARNED] == 0
    moved_clock.forward(seconds=1)
    assert purged(site, moved_clock)[WARNED] == 1


def test_signing_out_keeps_the_time_of_the_last_visit(site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, make.account(site))
    last_visit = moved_clock.forward(days=10)
    browser.visit("/me")
    browser.post("/exit")
    assert row(site, "person")["seen_at"] == last_visit


def test_card_learners_go_ninety_days_after_their_cards_were_closed(site: Flask, moved_clock: MovedClock) -> None:
    for seat in (1, 2):
        make.handed_in(site, make.card(site, seat))
    with_open_cards = make.card(site, code="ABCD2345")
    with site.app_context(), transaction() as session:
        session.execute(sa.update(CardSet).where(CardSet.code == "KRTX2345").values(closed_at=moved_clock.moment))
    moved_clock.forward(days=90, seconds=-1)
    assert purged(site, moved_clock)[CARDS] == 0
    moved_clock.forward(seconds=1)
    assert purged(site, moved_clock)[CARDS] == 2
    assert [person["id"] for person in rows(site, "person")] == [with_open_cards.person_id]
    assert [cards["code"] for cards in rows(site, "card_set")] == ["ABCD2345"]


def test_whose_card_became_an_account_stays_when_the_cards_are_closed(site: Flask, moved_clock: MovedClock) -> None:
    make.card(site)
    with site.app_context(), transaction() as session:
        session.execute(sa.update(CardSet).values(closed_at=moved_clock.moment))
        session.execute(sa.update(Person).values(role=Role.LEARNER))
    moved_clock.forward(days=91)
    purged(site, moved_clock)
    assert len(rows(site, "person")) == 1


LIVES: dict[str, tuple[Callable[[Flask], Guest], timedelta]] = {
    "guest": (make.guest, timedelta(days=30)),
    "learner": (make.account, timedelta(days=30)),
    "card": (make.card, timedelta(days=30)),
    "teacher": (lambda site: make.account(site, role=Role.TEACHER), timedelta(days=7)),
    "operator": (lambda site: make.account(site, duties=[Duty.OPERATOR]), timedelta(hours=12)),
    "on a shared computer": (lambda site: make.account(site, is_shared=True), timedelta(minutes=20)),
}


@pytest.mark.parametrize("kind", LIVES)
def test_a_session_is_deleted_when_it_is_known_no_longer_and_not_before(
    kind: str, site: Flask, moved_clock: MovedClock
) -> None:
    begin, life = LIVES[kind]
    someone, began = begin(site), moved_clock.moment
    for moment, is_known in ((began + life - A_MOMENT, True), (began + life, False)):
        moved_clock.moment = moment
        with site.app_context():
            assert (sessions.find(someone.secret, moment) is not None) == is_known
        purged(site, moved_clock)
        assert bool(rows(site, "device_session")) == is_known


def test_a_session_on_a_shared_computer_ends_after_two_hours_of_use(site: Flask, moved_clock: MovedClock) -> None:
    make.account(site, is_shared=True)
    later = moved_clock.forward(hours=2)
    with site.app_context(), transaction() as session:
        session.execute(sa.update(DeviceSession).values(seen_at=later))
    moved_clock.moment = later - A_MOMENT
    assert purged(site, moved_clock)[DEVICES] == 0
    moved_clock.moment = later
    assert purged(site, moved_clock)[DEVICES] == 1


def test_a_token_goes_at_its_end(site: Flask, moved_clock: MovedClock) -> None:
    now = moved_clock.moment
    with site.app_context(), transaction() as session:
        for hours in (1, 2):
            end = now + timedelta(hours=hours)
            session.add(Token(digest=str(hours), purpose="sign-up", created_at=now, expires_at=end))
    moved_clock.forward(hours=1)
    assert purged(site, moved_clock)["links and steps past their end"] == 1
    assert [token["digest"] for token in rows(site, "token")] == ["2"]


def test_letters_go_some_time_after_their_end(site: Flask, moved_clock: MovedClock) -> None:
    now = moved_clock.moment
    with site.app_context(), transaction() as session:
        for key, state in (("sent", {"sent_at": now}), ("dead", {"dead_at": now}), ("waiting", {})):
            session.add(Letter(kind="x", key=key, ids={}, message_id=key, created_at=now, due_at=now, **state))
    moved_clock.forward(days=30)
    purged(site, moved_clock)
    assert {letter["key"] for letter in rows(site, "letter")} == {"dead", "waiting"}
    moved_clock.forward(days=60)
    purged(site, moved_clock)
    assert {letter["key"] for letter in rows(site, "letter")} == {"waiting"}


def test_purging_twice_finds_nothing_the_second_time(site: Flask, moved_clock: MovedClock) -> None:
    _crowd(site)
    moved_clock.forward(days=4000)
    first, second = purged(site, moved_clock), purged(site, moved_clock)
    assert sum(first.values()) > 5
    assert set(second.values()) == {0}


def test_a_dry_run_counts_the_same_and_changes_nothing(site: Flask, moved_clock: MovedClock) -> None:
    _crowd(site)
    moved_clock.forward(days=4000)
    before = everything(site)
    counted = purged(site, moved_clock, dry_run=True)
    assert everything(site) == before
    assert purged(site, moved_clock) == counted


def test_who_comes_back_while_the_purge_runs_stays(site: Flask, moved_clock: MovedClock) -> None:
    make.guest(site)
    make.guest(site)
    later = moved_clock.forward(days=31)
    with site.app_context():
        register = site.extensions["register"]
        (rule,) = [rule for holding in register.holdings for rule in holding.rules if rule.name.startswith("guests")]
        due = rule.people(later)
        first, second = db.session.scalars(due).all()
        with transaction() as session:
            session.execute(sa.update(DeviceSession).where(DeviceSession.person_id == first).values(seen_at=later))
        assert [register._erase_if_still_due(person, due, transaction) for person in (first, second)] == [False, True]


def purged(site: Flask, clock_: MovedClock, **options: Any) -> dict[str, int]:
    """How many each rule concerned."""
    with site.app_context():
        return dict(site.extensions["register"].purge(clock_.moment, **options))


def _crowd(site: Flask) -> None:
    """People of all kinds, with work and cards; one asked to be erased."""
    for someone in (make.guest(site), make.card(site), make.account(site), make.account(site, "two@school.test")):
        make.handed_in(site, someone)
    now = clock.now()
    with site.app_context(), transaction() as session:
        session.execute(sa.update(CardSet).values(closed_at=now))
        session.execute(sa.update(Person).where(Person.email_key == "two@school.test").values(erase_after=now))


def _sign_in(site: Flask, someone: Guest, clock_: MovedClock) -> None:
    with site.app_context(), transaction() as session:
        sessions.begin(session.get_one(Person, someone.person_id), clock_.moment)
