"""What is held of people, why, and till when: each slice declares its tables, and erasing follows the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from classroom.database import db


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

    def move_person(self, from_id: int, to_id: int) -> None:
        """Hand over everything that can be: a guest signs up or in. Call it in a write transaction."""
        for holding in self.holdings:
            if holding.move is not None:
                holding.move(from_id, to_id)

    def undeclared_tables(self) -> set[str]:
        """Tables of the database that no slice owns up to."""
        declared = {holding.table for holding in self.holdings}
        return set(db.metadata.tables) - declared


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
