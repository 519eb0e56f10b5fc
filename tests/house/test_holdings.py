"""Every table says whose it is, what for, and how it is erased (security.md A6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.database import db, transaction
from classroom.retention import Register
from tests import make
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


def test_erasing_a_person_who_filled_every_table_leaves_no_row_of_theirs(site: Flask) -> None:
    someone = make.in_every_table(site)
    assert everything(site).keys() == set(db.metadata.tables)
    with site.app_context(), transaction():
        register(site).erase_person(someone.person_id)
    assert everything(site).keys() == {
        holding.table for holding in register(site).holdings if holding.whose == "nobody"
    }


def register(site: Flask) -> Register:
    found: Register = site.extensions["register"]
    return found
