"""What we hold of somebody: shown by purpose, taken away whole (security.md A7)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from classroom import audit, phrases, thai
from classroom.audit import Action
from classroom.retention import Holding, Register

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Tables that are held for the same reason, and how much is in them."""

    why: str
    kept: str
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """One table's share of a person, with everything in it but secrets."""

    table: str
    why: str
    kept: str
    rows: Rows


def purposes(register: Register, person_id: int) -> list[Purpose]:
    """Why something is held of this person, and of how many rows; in one query."""
    counts = register.count_rows(person_id)
    return [
        Purpose(why, next(iter(holdings)).kept, sum(counts.get(holding.table, 0) for holding in holdings))
        for why, holdings in _by_purpose(register)
    ]


def _by_purpose(register: Register) -> Iterator[tuple[str, Sequence[Holding]]]:
    of_people = [holding for holding in register.holdings if holding.whose == "person"]
    for why, holdings in groupby(of_people, key=lambda holding: holding.purpose):
        yield why, list(holdings)


def copy(register: Register, person_id: int, now: datetime) -> list[Held]:
    """Everything held of a person, of tables where there is something. Audited: call it in a write transaction."""
    exported = register.export_person(person_id)
    audit.record(Action.DATA_EXPORT, actor_id=person_id, object_kind="person", object_id=person_id, now=now)
    return [
        Held(holding.table, holding.purpose, holding.kept, exported[holding.table])
        for holding in register.holdings
        if exported.get(holding.table)
    ]


def as_json(everything: Sequence[Held], site_name: str, now: datetime) -> str:
    """The copy as one JSON document: what it is, when it was made, and table by table why, how long and what."""
    document = {
        "about": phrases.MY_DATA_ABOUT.format(site=site_name),
        "made_at": now,
        "held": [{"table": held.table, "why": held.why, "kept": held.kept, "rows": held.rows} for held in everything],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_time)


def _time(value: object) -> str:
    """Times as ISO 8601 in Bangkok; nothing else that JSON does not know is held."""
    assert isinstance(value, datetime), f"no export writes a {type(value).__name__}"
    return value.astimezone(thai.BANGKOK).isoformat()


def file_names(now: datetime) -> tuple[str, str]:
    """Of the copy: in Thai with the Buddhist year, and in ASCII for programs that know no other. They name no topic."""
    today = thai.today(now)
    return (
        f"{phrases.MY_DATA_FILE} {thai.year(today)}-{today:%m-%d}.json",
        f"my-data-{today:%Y-%m-%d}.json",
    )
