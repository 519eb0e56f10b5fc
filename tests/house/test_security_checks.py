"""The table of security rules names tests that exist, for every rule that is due."""

from __future__ import annotations

import re
from pathlib import Path

from classroom.config import PACKAGE

ROOT = PACKAGE.parent
TABLE = ROOT / "docs" / "security-checks.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
DUE = [*(f"B{rule}" for rule in range(1, 8)), *(f"C{rule}" for rule in range(8, 15))]
DUE += [*(f"D{rule}" for rule in range(15, 23)), *(f"F{rule}" for rule in range(33, 38))]


def test_every_rule_has_its_row_and_every_row_its_test() -> None:
    rows = dict(re.findall(r"^\| ([BCDF]\d+) [^|]*\| (.*) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert list(rows) == DUE
    assert [rule for rule, proof in rows.items() if not NAMED.search(proof)] == []


def test_every_test_that_is_named_exists() -> None:
    assert missing(TABLE) == []


def test_a_test_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    table = tmp_path / "checks.md"
    table.write_text("`tests/test_vault.py::test_that_nobody_wrote`, `tests/test_nowhere.py::test_x`", encoding="utf-8")
    assert missing(table) == ["tests/test_vault.py::test_that_nobody_wrote", "tests/test_nowhere.py::test_x"]


def missing(table: Path) -> list[str]:
    """Tests that are named and not there."""
    named = NAMED.findall(table.read_text(encoding="utf-8"))
    return [f"{file}::{test}" for file, test in named if not is_there(ROOT / file, test)]


def is_there(file: Path, test: str) -> bool:
    return file.exists() and f"\ndef {test}(" in file.read_text(encoding="utf-8")
