"""Every table says whose it is, what for, and how it is erased (security.md A6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.database import db, transaction
from classroom.retention import Register
from tests.every_table import fill_every_table
from tests.rows import everything

PERSON_COLUMN = "person_id"


@pytest.fixture
def stray_table() -> Iterator[str]:
    table = sa.Table("stray", db.metadata, sa.Column("id", sa.Integer, primary_key=True))
    yield table.name
    db.metadata.remove(table)


def test_every_table_is_declared_and_nothing_else_is(site: Flask) -> None:
    assert register(site).undeclared_tables() == set()
    assert {holding.table for holding in register(site).holdings} == set(db.metadata.tables)


def test_a_table_that_nobody_declares_is_noticed(site: Flask, stray_table: str) -> None:
    assert register(site).undeclared_tables() == {stray_table}


def test_every_holding_says_why_and_how_long(site: Flask) -> None:
    assert [holding.table for holding in register(site).holdings if not (holding.purpose and holding.kept)] == []
    assert {holding.whose for holding in register(site).holdings} == {"person", "nobody"}


def test_what_a_holding_calls_nobodys_has_no_person_in_it(site: Flask) -> None:
    of_nobody = [holding.table for holding in register(site).holdings if holding.whose == "nobody"]
    assert [table for table in of_nobody if PERSON_COLUMN in db.metadata.tables[table].columns] == []


def test_erasing_a_person_of_whom_every_table_holds_something_leaves_nothing_of_theirs(site: Flask) -> None:
    person_id = fill_every_table(site)
    assert everything(site).keys() == set(db.metadata.tables)
    with site.app_context(), transaction():
        register(site).erase_person(person_id)
    of_nobody = {holding.table for holding in register(site).holdings if holding.whose == "nobody" or holding.outlives}
    assert everything(site).keys() <= of_nobody
    assert columns_that_name_a_person(site) == []


def columns_that_name_a_person(site: Flask) -> list[str]:
    """Columns that point at a person and are filled."""
    person = db.metadata.tables["person"]
    return [
        f"{table}.{column.name}"
        for table, stored in everything(site).items()
        for column in db.metadata.tables[table].columns
        if any(key.references(person) for key in column.foreign_keys) and any(row[column.name] for row in stored)
    ]


def register(site: Flask) -> Register:
    found: Register = site.extensions["register"]
    return found
