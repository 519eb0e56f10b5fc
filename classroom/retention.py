"""What is held of people, why, and till when: each slice declares its tables, and erasing follows the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from classroom.database import db, start_writing, transaction


@dataclass(frozen=True, slots=True)
class Rule:
    """What is forgotten by itself when its time has come. It says either which rows or which people."""

    name: str
    """As `classroom purge` prints it."""
    rows: Callable[[datetime], int] | None = None
    """Forgets the rows that are due at a moment and says how many. Safe to run twice. In a write transaction."""
    people: Callable[[datetime], sa.Select[int]] | None = None
    """Asks for the ids of people who are due at a moment: everything held of them goes."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One table."""

    table: str
    whose: str
    """`person`, or `nobody` for a table that holds nothing of anyone."""
    purpose: str
    """Thai, as the person reads it."""
    kept: str
    """Thai, as the person reads it."""
    erase: Callable[[int], None] | None = None
    """Removes what is held of the person with this id; None where nobody is in it, or a cascade does it."""
    export: Callable[[int], list[dict[str, Any]]] | None = None
    """What is held of the person, as they may take it away: JSON-able, nothing left out but secrets."""
    move: Callable[[int, int], None] | None = None
    """Hands what is held of one person (a guest, a card) to another (their account), merged and never lost."""
    rules: tuple[Rule, ...] = ()
    """What goes by itself, and when."""
    goes_with: str = ""
    """The table whose rows take these along, where there is no rule of its own."""
    outlives: bool = False
    """Its rows stay till their own time when the person is erased: at most a number is in them that is nobody's now."""


class Register:
    """All holdings of the product, handed over slice by slice in `create_app`."""

    def __init__(self, holdings: Iterable[Holding]) -> None:
        self.holdings: Sequence[Holding] = tuple(holdings)

    def erase_person(self, person_id: int) -> None:
        """Remove everything held of a person, in the order declared. Call it in a write transaction."""
        for holding in self.holdings:
            if holding.erase is not None:
                holding.erase(person_id)

    def export_person(self, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Everything held of a person, by table."""
        return {holding.table: holding.export(person_id) for holding in self.holdings if holding.export is not None}

    def count_rows(self, person_id: int) -> dict[str, int]:
        """How many rows each table has of a person, where a row says whose it is; in one query."""
        counts = [
            sa.select(sa.func.count()).select_from(table).where(column == person_id).label(table.name)
            for table in (db.metadata.tables[holding.table] for holding in self.holdings)
            for column in person_columns(table)
        ]
        return dict(db.session.execute(sa.select(*counts)).mappings().one())

    def move_person(self, from_id: int, to_id: int) -> None:
        """Hand over everything that can be: a guest signs up or in. Call it in a write transaction."""
        for holding in self.holdings:
            if holding.move is not None:
                holding.move(from_id, to_id)

    def purge(self, now: datetime, *, dry_run: bool = False) -> Iterator[tuple[str, int]]:
        """Forget all that is due: the name of each rule and how many it concerned. A dry run undoes it.

        Each set of rows, and each person, goes in a transaction of its own, so that nobody who writes has to wait long.
        """
        with _undone() if dry_run else nullcontext():
            for rule in (rule for holding in self.holdings for rule in holding.rules):
                yield rule.name, self._apply(rule, now, nullcontext if dry_run else transaction)

    def _apply(self, rule: Rule, now: datetime, in_turn: Callable[[], AbstractContextManager[object]]) -> int:
        if rule.people is not None:
            due = rule.people(now)
            ids = db.session.scalars(due).all()
            return sum(self._erase_if_still_due(person_id, due, in_turn) for person_id in ids)
        with in_turn():
            return rule.rows(now) if rule.rows is not None else 0

    def _erase_if_still_due(
        self, person_id: int, due: sa.Select[int], in_turn: Callable[[], AbstractContextManager[object]]
    ) -> bool:
        """Who came back a moment ago stays."""
        with in_turn():
            (id_column,) = due.selected_columns
            is_due = db.session.scalar(due.where(id_column == person_id).with_for_update()) is not None
            if is_due:
                self.erase_person(person_id)
        return is_due

    def undeclared_tables(self) -> set[str]:
        """Tables of the database that no slice owns up to."""
        declared = {holding.table for holding in self.holdings}
        return set(db.metadata.tables) - declared


def person_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that say whose a row is: what points at a person, or at who was one; and a person's own number."""
    return [
        column
        for column in table.columns
        if column.name == "actor_id"
        or any(key.target_fullname == "person.id" for key in column.foreign_keys)
        or (table.name, column.name) == ("person", "id")
    ]


@contextmanager
def _undone() -> Iterator[None]:
    start_writing()
    try:
        yield
    finally:
        db.session.rollback()


def erase_rows(table: type[Any]) -> Callable[[int], None]:
    """The usual way to erase: the rows of `table` whose `person_id` it is."""

    def erase(person_id: int) -> None:
        db.session.execute(sa.delete(table).where(table.person_id == person_id))

    return erase


def export_rows(table: type[Any], *columns: str) -> Callable[[int], list[dict[str, Any]]]:
    """The usual way to export: these columns of the person's rows."""

    def export(person_id: int) -> list[dict[str, Any]]:
        query = sa.select(*(getattr(table, column).label(column) for column in columns))
        return [dict(row) for row in db.session.execute(query.where(table.person_id == person_id)).mappings()]

    return export


def delete_rows(table: type[Any], is_due: Callable[[datetime], sa.ColumnElement[bool]]) -> Callable[[datetime], int]:
    """The usual way to forget: the rows of `table` for which `is_due` holds at that moment."""

    def forget(now: datetime) -> int:
        keys = sa.inspect(table).primary_key
        return len(db.session.execute(sa.delete(table).where(is_due(now)).returning(*keys)).all())

    return forget
