"""The database: one `db`, aware UTC times, and transactions that say when they write.

SQLite lets one writer in at a time. A writer begins with BEGIN IMMEDIATE and waits for its turn at a lock file, which
wakes it at once; SQLite's own waiting sleeps and looks again, and that makes a long tail. PostgreSQL needs neither.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 5


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True

else:
    Model = db.Model


class UTCDateTime(sa.TypeDecorator[datetime]):
    """Aware UTC in Python, on databases that remember the zone and on SQLite, which does not."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone is not stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def insert(table: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy apart."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def start_writing() -> None:
    """End the reading so far and begin a transaction that may write.

    What was read before is a hint, not a promise: check again inside, or use a conditional UPDATE.
    """
    db.session.commit()
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def stop_reading() -> None:
    """End the reading so far: what follows takes long and must hold no connection."""
    db.session.commit()


@contextmanager
def transaction() -> Iterator[Session]:
    """All of it, or nothing: for the command line, and for what must survive the refusal of a request.

    Raises `RuntimeError` inside a transaction that writes already, whose half it would commit.
    """
    if _is_writing():
        raise RuntimeError("a transaction of its own begins before start_writing(), or after a rollback")
    start_writing()
    try:
        yield db.session()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _is_writing() -> bool:
    session = db.session()
    return session.in_transaction() and session.connection().get_execution_options().get("sqlite_begin") == "IMMEDIATE"


def prepare_engine(engine: Engine) -> None:
    """Give SQLite its pragmas, its BEGIN and its queue of writers. Nothing to do elsewhere."""
    if engine.dialect.name != "sqlite":
        return
    queue = WriterQueue(engine.url.database)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", queue.begin)
    event.listen(engine, "commit", queue.leave)
    event.listen(engine, "rollback", queue.leave)
    event.listen(db.session, "before_flush", _refuse_a_write_without_a_turn)


def _set_pragmas(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_a_write_without_a_turn(session: Session, context: object, instances: object) -> None:
    """A plain BEGIN that turns into a write fails at random under load, so it fails always."""
    if session.connection().get_execution_options().get("sqlite_begin") != "IMMEDIATE":
        raise RuntimeError("call database.start_writing() before the first change")


class WriterQueue:
    """A turn at a lock file for each write transaction, across threads and processes."""

    def __init__(self, database: str | None) -> None:
        self._path = Path(f"{database}.lock") if database and database != ":memory:" else None
        self._threads = threading.Lock()

    def begin(self, connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode == "IMMEDIATE":
            self._enter(connection)
        try:
            connection.exec_driver_sql(f"BEGIN {mode}")
        except BaseException:
            self.leave(connection)
            raise

    def _enter(self, connection: Connection) -> None:
        if not self._threads.acquire(timeout=BUSY_SECONDS):
            raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("another writer holds the database"))
        connection.info["writer"] = self._lock_file()

    def _lock_file(self) -> int | None:
        if self._path is None:
            return None
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:  # a read-only or full disk: SQLite itself will say so
            return None
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    def leave(self, connection: Connection) -> None:
        if "writer" not in connection.info:
            return
        file = connection.info.pop("writer")
        if file is not None:
            os.close(file)
        self._threads.release()
