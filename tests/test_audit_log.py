"""The audit: what was done is written down once, without a word of anyone, and the database itself keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from classroom import audit, clock, phrases
from classroom.audit import Action, AuditEntry, Outcome
from classroom.database import start_writing, transaction
from classroom.retention import Register
from tests import make
from tests.audit_log import empty_audit
from tests.rows import row, rows

YOUNG = timedelta(days=364, hours=12)
OLD = timedelta(days=366)


class Refused(Exception):
    """Stands for a rule that said no."""


def test_an_entry_holds_who_did_what_to_which_thing_and_how_it_ended(site: Flask) -> None:
    now = clock.now()
    with site.app_context(), transaction():
        audit.record(
            Action.CARD_REISSUE, actor_id=7, object_kind="card", object_id=12, outcome=Outcome.REFUSED, now=now
        )
    assert row(site, "audit_entry") | {"id": None} == {
        "id": None,
        "at": now,
        "actor_id": 7,
        "action": Action.CARD_REISSUE,
        "object_kind": "card",
        "object_id": "12",
        "outcome": Outcome.REFUSED,
    }


def test_an_entry_falls_with_the_transaction_it_tells_of(site: Flask) -> None:
    def grant_and_fail() -> None:
        with site.app_context(), transaction():
            audit.record(Action.ROLE_GRANT, actor_id=7, object_kind="person", object_id=8, now=clock.now())
            raise Refused

    with pytest.raises(Refused):
        grant_and_fail()
    assert rows(site, "audit_entry") == []


def test_an_entry_apart_survives_the_refusal_after_it(site: Flask) -> None:
    def fail_to_sign_in() -> None:
        with site.app_context():
            audit.record_apart(Action.SIGN_IN, actor_id=7, outcome=Outcome.REFUSED, now=clock.now())
            start_writing()
            raise Refused

    with pytest.raises(Refused):
        fail_to_sign_in()
    assert row(site, "audit_entry")["outcome"] == Outcome.REFUSED


def test_an_entry_apart_is_refused_inside_a_transaction_whose_half_it_would_commit(site: Flask) -> None:
    def grant_and_record_apart() -> None:
        with site.app_context(), transaction():
            audit.record(Action.ROLE_GRANT, actor_id=7, now=clock.now())
            audit.record_apart(Action.SIGN_IN, actor_id=7, now=clock.now())

    with pytest.raises(RuntimeError, match="after a rollback"):
        grant_and_record_apart()
    assert rows(site, "audit_entry") == []


@pytest.mark.parametrize("text", ["mali@example.org", "มะลิ", "192.0.2.7", "2001:db8::7", "a b", "x" * 65])
def test_what_is_no_id_is_not_written_down(text: str, site: Flask) -> None:
    with pytest.raises(ValueError, match="takes an id"), site.app_context(), transaction():
        audit.record(Action.SIGN_IN, actor_id=None, object_kind="person", object_id=text, now=clock.now())
    assert rows(site, "audit_entry") == []


def test_a_kind_of_thing_without_a_thai_name_is_not_written_down(site: Flask) -> None:
    with pytest.raises(ValueError, match="no name"), site.app_context(), transaction():
        audit.record(Action.SIGN_IN, actor_id=None, object_kind="diary", object_id=1, now=clock.now())


def test_every_action_and_outcome_has_its_thai_name() -> None:
    assert phrases.AUDIT_ACTIONS.keys() == set(Action)
    assert phrases.AUDIT_OUTCOMES.keys() == set(Outcome)


@pytest.mark.parametrize("change", [sa.update(AuditEntry).values(actor_id=None), sa.delete(AuditEntry)])
def test_the_database_refuses_to_change_a_young_entry(change: sa.Executable, site: Flask) -> None:
    enter(site, YOUNG)
    with pytest.raises(DBAPIError, match="an audit entry is"), site.app_context(), transaction() as session:
        session.execute(change)
    assert row(site, "audit_entry")["actor_id"] == 7


def test_the_database_refuses_to_change_an_old_entry_but_lets_it_go(site: Flask) -> None:
    enter(site, OLD)
    with pytest.raises(DBAPIError, match="never changed"), site.app_context(), transaction() as session:
        session.execute(sa.update(AuditEntry).values(actor_id=None))
    with site.app_context(), transaction() as session:
        session.execute(sa.delete(AuditEntry))
    assert rows(site, "audit_entry") == []


def test_without_its_guard_the_database_would_let_a_young_entry_go(site: Flask) -> None:
    enter(site, YOUNG)
    with site.app_context(), transaction() as session:
        empty_audit(session)
    assert rows(site, "audit_entry") == []
    enter(site, YOUNG)
    with pytest.raises(DBAPIError, match="kept for 365 days"), site.app_context(), transaction() as session:
        session.execute(sa.delete(AuditEntry))


def test_the_purge_takes_what_is_old_and_nothing_else_and_a_second_one_nothing(site: Flask) -> None:
    enter(site, OLD)
    enter(site, YOUNG)
    assert (purged(site), purged(site)) == (1, 0)
    assert len(rows(site, "audit_entry")) == 1


def test_a_person_sees_who_opened_their_work_last_first(site: Flask) -> None:
    with site.app_context(), transaction():
        for teacher in (21, 22):
            opened(teacher, learner=7)
        opened(21, learner=8)
        opened(7, learner=7)
        audit.record(Action.SUSPENSION, actor_id=21, object_kind="person", object_id=7, now=clock.now())
    with site.app_context():
        assert [entry.actor_id for entry in audit.seen_by(7)] == [22, 21]


def test_what_a_person_did_stays_when_they_are_erased(site: Flask) -> None:
    someone = make.guest(site)
    with site.app_context(), transaction():
        audit.record(Action.SIGN_UP, actor_id=someone.person_id, now=clock.now())
        register(site).erase_person(someone.person_id)
    assert row(site, "audit_entry")["actor_id"] == someone.person_id


def test_a_person_takes_away_what_they_did_and_what_was_done_to_them(site: Flask) -> None:
    with site.app_context(), transaction():
        audit.record(Action.SIGN_IN, actor_id=7, now=clock.now())
        opened(21, learner=7)
        opened(21, learner=8)
    with site.app_context():
        (held,) = [holding for holding in register(site).holdings if holding.table == "audit_entry"]
        assert held.export is not None
        taken = [(entry["action"], entry["by_oneself"]) for entry in held.export(7)]
    assert taken == [(Action.SIGN_IN, True), (Action.WORK_OPENED, False)]


def test_the_log_is_read_fifty_at_a_time_newest_first(site: Flask) -> None:
    with site.app_context(), transaction():
        for number in range(120):
            audit.record(Action.SIGN_IN, actor_id=number, now=clock.now())
        audit.record(Action.SIGN_UP, actor_id=7, now=clock.now())
    assert [len(part) for part in read(site, lambda before: audit.page(before=before))] == [50, 50, 21]
    signed_in = read(site, lambda before: audit.page(Action.SIGN_IN, before))
    assert [actor for part in signed_in for actor in part] == list(reversed(range(120)))


def enter(site: Flask, age: timedelta) -> None:
    with site.app_context(), transaction():
        audit.record(Action.SIGN_IN, actor_id=7, now=clock.now() - age)


def opened(teacher: int, *, learner: int) -> None:
    audit.record(Action.WORK_OPENED, actor_id=teacher, object_kind="person", object_id=learner, now=clock.now())


def purged(site: Flask) -> int:
    with site.app_context():
        return dict(register(site).purge(clock.now()))["audit entries"]


def read(site: Flask, page: Callable[[int | None], audit.Page]) -> list[list[int | None]]:
    """Whose the entries are, page by page."""
    parts: list[list[int | None]] = []
    with site.app_context():
        found = page(None)
        parts.append([entry.actor_id for entry in found.entries])
        while found.older is not None:
            found = page(found.older)
            parts.append([entry.actor_id for entry in found.entries])
    return parts


def register(site: Flask) -> Register:
    found: Register = site.extensions["register"]
    return found
