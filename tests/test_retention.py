"""Erasing follows the declarations of the slices, table by table."""

from __future__ import annotations

from flask import Flask

from classroom.database import transaction
from classroom.retention import Holding, Register
from tests import make
from tests.rows import everything, rows


def test_erasing_asks_every_holding_in_its_order() -> None:
    asked: list[str] = []

    def noting(table: str) -> Holding:
        return Holding(table, "person", "why", "how long", erase=lambda person_id: asked.append(f"{table} {person_id}"))

    Register([noting("second"), Holding("none", "nobody", "why", "how long"), noting("first")]).erase_person(7)
    assert asked == ["second 7", "first 7"]


def test_a_register_knows_what_was_not_declared(site: Flask) -> None:
    assert "person" in Register([]).undeclared_tables()
    assert "person" not in Register([Holding("person", "person", "why", "how long")]).undeclared_tables()


def test_one_persons_erasure_leaves_the_rows_of_all_others(site: Flask) -> None:
    leaving, staying = make.guest(site), make.guest(site)
    for someone in (leaving, staying):
        make.handed_in(site, someone)
        make.answered_check(site, someone, "limits-aim")
    kept = {
        table: [row for row in stored if row.get("person_id") == staying.person_id]
        for table, stored in everything(site).items()
    }
    with site.app_context(), transaction():
        site.extensions["register"].erase_person(leaving.person_id)
    for table in ("attempt", "progress", "device_session"):
        assert rows(site, table) == kept[table]
    assert {answer["attempt_id"] for answer in rows(site, "answer")} == {kept["attempt"][0]["id"]}


def test_the_number_of_somebody_erased_is_never_given_to_somebody_else(site: Flask) -> None:
    gone = make.guest(site)
    with site.app_context(), transaction():
        site.extensions["register"].erase_person(gone.person_id)
    assert make.guest(site).person_id > gone.person_id
