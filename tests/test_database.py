"""Times are aware, writers take turns, and a change without a turn is refused."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects import sqlite

from classroom.accounts.models import Person
from classroom.database import UTCDateTime, db, start_writing, transaction
from classroom.permissions import Role
from tests.rows import everything, rows

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ONLY_SQLITE = pytest.mark.sqlite_only(reason="PostgreSQL lets many write")


def test_a_time_comes_back_aware_and_in_utc(site: Flask) -> None:
    in_bangkok = NOON.astimezone(timezone(timedelta(hours=7)))
    with site.app_context(), transaction() as session:
        session.add(Person(role=Role.GUEST, created_at=in_bangkok))
    with site.app_context():
        stored = db.session.scalars(sa.select(Person.created_at)).one()
    assert (stored, stored.tzinfo) == (NOON, UTC)


def test_a_time_without_a_zone_is_not_stored() -> None:
    with pytest.raises(ValueError, match="zone"):
        UTCDateTime().process_bind_param(NOON.replace(tzinfo=None), sqlite.dialect())


def test_a_transaction_keeps_all_of_it(site: Flask) -> None:
    with site.app_context(), transaction() as session:
        session.add_all([Person(role=Role.GUEST, created_at=NOON) for _ in range(2)])
    assert len(rows(site, "person")) == 2


def test_a_transaction_that_fails_keeps_nothing(site: Flask) -> None:
    def fail() -> None:
        with transaction() as session:
            session.add(Person(role=Role.GUEST, created_at=NOON))
            session.flush()
            raise ZeroDivisionError

    with site.app_context(), pytest.raises(ZeroDivisionError):
        fail()
    assert everything(site) == {}


@ONLY_SQLITE
def test_a_change_without_a_turn_to_write_is_refused(site: Flask) -> None:
    with site.app_context():
        db.session.add(Person(role=Role.GUEST, created_at=NOON))
        with pytest.raises(RuntimeError, match="start_writing"):
            db.session.flush()


def test_a_change_with_a_turn_to_write_is_taken(site: Flask) -> None:
    with site.app_context():
        start_writing()
        db.session.add(Person(role=Role.GUEST, created_at=NOON))
        db.session.flush()
        db.session.commit()
    assert len(rows(site, "person")) == 1


@ONLY_SQLITE
def test_every_connection_survives_a_power_cut_and_minds_foreign_keys(site: Flask) -> None:
    with site.app_context(), db.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


@ONLY_SQLITE
def test_writers_wait_for_their_turn_and_lose_nothing(site: Flask) -> None:
    def add_five() -> None:
        for _ in range(5):
            with site.app_context(), transaction() as session:
                before = session.scalars(sa.select(sa.func.count()).select_from(Person)).one()
                session.add(Person(role=Role.GUEST, created_at=NOON + timedelta(seconds=before)))

    _in_threads(8, add_five)
    seconds = sorted(int((row["created_at"] - NOON).total_seconds()) for row in rows(site, "person"))
    assert seconds == list(range(40))


@ONLY_SQLITE
def test_a_reader_sees_the_state_before_while_somebody_writes(site: Flask) -> None:
    with site.app_context(), transaction() as session:
        session.add(Person(role=Role.GUEST, created_at=NOON))
        session.flush()
        assert everything(site).get("person", []) == []
    assert len(rows(site, "person")) == 1


@ONLY_SQLITE
def test_the_turn_is_given_back_after_a_failure(site: Flask) -> None:
    with site.app_context():
        start_writing()
        with pytest.raises(sa.exc.OperationalError):
            db.session.execute(sa.text("SELECT * FROM nothing"))
    with site.app_context(), transaction() as session:
        session.add(Person(role=Role.GUEST, created_at=NOON))
    assert len(rows(site, "person")) == 1


@ONLY_SQLITE
def test_the_lock_file_is_closed_to_others(site: Flask, database_url: str) -> None:
    with site.app_context(), transaction():
        pass
    lock = Path(f"{sa.make_url(database_url).database}.lock")
    assert oct(lock.stat().st_mode & 0o777) == "0o600"


def _in_threads(count: int, work: object) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
