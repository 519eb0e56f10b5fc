"""Runs the migrations against the application's database.

SQLite rebuilds a table to change it; with foreign keys on, that deletes the rows that point at it. They are off while
migrating and checked after.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from classroom.database import db


def run() -> None:
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection = connection.execution_options(sqlite_begin="IMMEDIATE")
        if is_sqlite:
            _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=is_sqlite,
            compare_type=True,
            user_module_prefix="",
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                _refuse_orphans(connection)
        if is_sqlite:
            connection.rollback()  # of the check, which only read
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Outside a transaction, where SQLite listens to it."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys = {state}")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"the migration leaves rows without their parent: {orphans[:5]}")


run()
