"""Figures, and what they are measured against."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from classroom import clock
from tests.services.tools import ROOT


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. Without a gate it is only reported."""

    what: str
    value: float
    gate: float | None = None
    goal: float | None = None
    is_more_better: bool = False
    absolute: str = ""
    """The times behind a ratio: reported, never a gate."""

    @property
    def verdict(self) -> str:
        """`goal`, `gate` (good enough), `MISSED`, or nothing where nothing was asked."""
        if self.gate is not None and not self._reaches(self.gate):
            return "MISSED"
        if self.goal is None:
            return "gate" if self.gate is not None else ""
        return "goal" if self._reaches(self.goal) else "below goal" if self.gate is None else "gate"

    def _reaches(self, mark: float) -> bool:
        return self.value >= mark if self.is_more_better else self.value <= mark


def is_missed(figure: Figure) -> bool:
    return figure.verdict == "MISSED"


def median_ratio(ours: Sequence[float], bare: Sequence[float]) -> float:
    """Of rounds taken in turns, so that a busy moment of the machine hurts both."""
    return statistics.median(one / other for one, other in zip(ours, bare, strict=True))


def table(figures: Iterable[Figure]) -> str:
    """For the terminal and for docs/performance.md: a Markdown table."""
    head = ("what", "value", "gate", "goal", "verdict", "absolute")
    rows = [
        (one.what, _number(one.value), _number(one.gate), _number(one.goal), one.verdict, one.absolute)
        for one in figures
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_line(head, widths), "|" + "|".join("-" * (width + 2) for width in widths) + "|"]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def write(path: Path, figures: Iterable[Figure], database: str) -> None:
    """The run as JSON: when, of which commit, on what, and the figures."""
    run = {
        "date": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "database": database,
        "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in figures],
    }
    path.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def commit() -> str:
    """The short id of the commit checked out, with a + where files differ from it; empty outside a repository."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
