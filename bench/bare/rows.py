"""The rows of one hand-in, written as durably as the product does, by the database's own driver.

What stands in them is copied from a person who handed in through the product; only ids are new.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

import psycopg_pool
import sqlalchemy as sa

PRAGMAS = ("busy_timeout = 5000", "journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL")
OF_A_HAND_IN = ("attempt", "answer", "progress")


class Cursor(Protocol):
    """What the drivers' cursors have in common."""

    @property
    def description(self) -> Any: ...
    def execute(self, statement: str, values: Sequence[Any] = ...) -> Any: ...
    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> Any: ...


class Rows:
    """Reads the template once; each call writes one transaction. A database says how it begins one."""

    placeholder = "?"
    as_text = ""
    """Turns a value read into one that the driver writes back unchanged."""

    def __init__(self, template_person: int) -> None:
        with self.transaction() as cursor:
            self._template = {
                table: self._read(cursor, table, template_person)
                for table in ("person", "device_session", *OF_A_HAND_IN)
            }

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        raise NotImplementedError
        yield

    def hand_in(self, person: int, attempt: str) -> None:
        """An attempt with its answers, and the person's progress."""
        with self.transaction() as cursor:
            self._write_hand_in(cursor, person, attempt)

    def newcomer(self, attempt: str) -> None:
        """The same of somebody who was nobody before: a person and a session too."""
        digest = hashlib.sha256(secrets.token_urlsafe(32).encode()).hexdigest()
        with self.transaction() as cursor:
            columns, [values] = self._template["person"]
            kept = [(name, value) for name, value in zip(columns, values, strict=True) if name != "id"]
            statement = self._insert("person", [name for name, _ in kept])
            cursor.execute(f"{statement} RETURNING id", [value for _, value in kept])
            [person] = cursor.fetchone()
            self._write(cursor, "device_session", person_id=person, secret_digest=digest)
            self._write_hand_in(cursor, person, attempt)

    def _write_hand_in(self, cursor: Cursor, person: int, attempt: str) -> None:
        self._write(cursor, "attempt", person_id=person, id=attempt)
        self._write(cursor, "answer", attempt_id=attempt)
        self._write(cursor, "progress", person_id=person)

    def _write(self, cursor: Cursor, table: str, **new: object) -> None:
        columns, rows = self._template[table]
        changed = [[new.get(name, value) for name, value in zip(columns, row, strict=True)] for row in rows]
        cursor.executemany(self._insert(table, columns), changed)

    def _insert(self, table: str, columns: Sequence[str]) -> str:
        places = ", ".join([self.placeholder] * len(columns))
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"

    def _read(self, cursor: Cursor, table: str, person: int) -> tuple[list[str], list[list[Any]]]:
        column = {"person": "id", "answer": "attempt_id"}.get(table, "person_id")
        of_person = f"= {person}"
        if table == "answer":
            of_person = f"IN (SELECT id FROM attempt WHERE person_id = {person})"
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        columns = [described[0] for described in cursor.description]
        cursor.execute(
            f"SELECT {', '.join(name + self.as_text for name in columns)} FROM {table} WHERE {column} {of_person}"
        )
        return columns, [list(row) for row in cursor.fetchall()]


class OnSQLite(Rows):
    """The product's pragmas, BEGIN IMMEDIATE and queue of writers."""

    def __init__(self, path: str, template_person: int) -> None:
        self._path = path
        self._of_thread = threading.local()
        self._turn = threading.Lock()
        super().__init__(template_person)

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        cursor = self._connection().cursor()
        with self._turn:
            file = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            finally:
                os.close(file)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._of_thread, "connection"):
            self._of_thread.connection = sqlite3.connect(self._path, isolation_level=None)
            for pragma in PRAGMAS:
                self._of_thread.connection.execute(f"PRAGMA {pragma}")
        connection: sqlite3.Connection = self._of_thread.connection
        return connection


class OnPostgreSQL(Rows):
    """A pool as large as the product's."""

    placeholder = "%s"
    as_text = "::text"

    def __init__(self, url: str, template_person: int) -> None:
        self._pool = psycopg_pool.ConnectionPool(url, min_size=8, max_size=16, open=True)
        super().__init__(template_person)

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        with self._pool.connection() as connection, connection.cursor() as cursor:
            yield cast(Cursor, cursor)


def rows_in(url: str, template_person: int) -> Rows:
    """The rows of this SQLAlchemy URL's database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return OnSQLite(parsed.database or "", template_person)
    return OnPostgreSQL(parsed.set(drivername="postgresql").render_as_string(hide_password=False), template_person)
