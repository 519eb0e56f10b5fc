"""Every table says whose it is, what for, and how it is erased (security.md A6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.database import db, transaction
from classroom.retention import Holding, Register, person_columns
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


def test_every_table_of_people_can_be_taken_away_and_goes_by_itself(site: Flask) -> None:
    assert faults(register(site).holdings) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"export": None}, "ticks: say how it is exported"),
        ({"goes_with": ""}, "ticks: say when it goes, or with which table"),
        ({"goes_with": "stray"}, "ticks: say when it goes, or with which table"),
        ({"whose": "nobody"}, "ticks: person_id says whose it is"),
    ],
)
def test_a_table_of_people_without_its_rules_is_noticed(change: dict[str, Any], fault: str, site: Flask) -> None:
    declared = [replace(one, **change) if one.table == "ticks" else one for one in register(site).holdings]
    assert faults(declared) == [fault]


def faults(holdings: Iterable[Holding]) -> list[str]:
    """What a holding says that is not so, or does not say."""
    known = {holding.table: holding for holding in holdings}
    found = []
    for table, holding in known.items():
        names = [column.name for column in person_columns(db.metadata.tables[table])]
        if holding.whose == "nobody":
            found += [f"{table}: {name} says whose it is" for name in names]
            continue
        if holding.export is None:
            found.append(f"{table}: say how it is exported")
        if not holding.rules and holding.goes_with not in known:
            found.append(f"{table}: say when it goes, or with which table")
    return found


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
