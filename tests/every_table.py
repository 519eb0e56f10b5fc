"""A row in every table of the database, all of one person: for what must hold for tables that do not exist yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from classroom.database import db, transaction

NOW = datetime(2026, 11, 24, tzinfo=UTC)
EXAMPLES: tuple[tuple[type[sa.types.TypeEngine[Any]], Any], ...] = (
    (sa.Boolean, False),
    (sa.Integer, 7),
    (sa.DateTime, NOW),
    (sa.Date, NOW.date()),
    (sa.LargeBinary, b"x"),
    (sa.JSON, {}),
    (sa.String, "x"),
)


def fill_every_table(app: Flask) -> int:
    """Give every table one row that points at one person; the person's id."""
    keys: dict[str, dict[str, Any]] = {}
    with app.app_context(), transaction() as session:
        for table in db.metadata.sorted_tables:
            row = {column.name: _example(column, keys) for column in table.columns if _needs_a_value(column)}
            result = session.execute(sa.insert(table).values(row))
            inserted = result.inserted_primary_key  # type: ignore[attr-defined]
            keys[table.name] = dict(zip(table.primary_key.columns.keys(), inserted, strict=True)) | row
    person_id: int = keys["person"]["id"]
    return person_id


def _needs_a_value(column: sa.Column[Any]) -> bool:
    is_numbered_by_the_database = column.primary_key and isinstance(column.type, sa.Integer) and not column.foreign_keys
    return bool(column.foreign_keys) or not (column.nullable or is_numbered_by_the_database)


def _example(column: sa.Column[Any], keys: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        return keys[key.column.table.name][key.column.name]
    kind = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    if isinstance(kind, sa.Enum):
        return kind.enum_class and next(iter(kind.enum_class))
    return next(example for type_, example in EXAMPLES if isinstance(kind, type_))
