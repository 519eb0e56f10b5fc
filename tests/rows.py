"""What is in the database, for tests that ask what was stored."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask

from classroom.database import db

Row = dict[str, Any]


def rows(app: Flask, table: str) -> list[Row]:
    """The rows of one table in the order of their keys."""
    stored = db.metadata.tables[table]
    with app.app_context():
        query = sa.select(stored).order_by(*stored.primary_key)
        return [dict(row) for row in db.session.execute(query).mappings()]


def everything(app: Flask) -> dict[str, list[Row]]:
    """All rows of all tables; only those tables that have any."""
    found = {table: rows(app, table) for table in db.metadata.tables}
    return {table: stored for table, stored in found.items() if stored}


def row(app: Flask, table: str) -> Row:
    """The only row of a table."""
    (found,) = rows(app, table)
    return found
