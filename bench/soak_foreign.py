"""Twenty thousand requests with other people's ids: no foreign byte, no failure, nothing of a victim changed.

    python -m bench.soak_foreign [REQUESTS] [SEED]

A short run is in `tests/test_foreign.py`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, is_missed, table
from classroom import create_app
from classroom.database import db
from tests import foreign, make
from tests.conftest import migrate
from tests.foreign import Report

REQUESTS = 20_000
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Soak:
    report: Report
    seconds: float

    def figures(self) -> list[Figure]:
        """For the table of `make soak`."""
        sent = sum(self.report.statuses.values())
        failed = sum(count for status, count in self.report.statuses.items() if status >= 500)
        leaks = len(self.report.faults) - failed
        answered = ", ".join(f"{status}: {count}" for status, count in sorted(self.report.statuses.items()))
        return [
            Figure(
                f"foreign bytes or changes in {sent} requests with other people's ids", leaks, gate=0, absolute=answered
            ),
            Figure("5xx among them", failed, gate=0, absolute=f"{sent / self.seconds:.0f} requests a second"),
        ]


def measure(requests: int = REQUESTS, seed: int = 1) -> Soak:
    """One run in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'classroom.sqlite3'}"
        migrate(url)
        app = create_app(make.settings(url, var=Path(folder)))
        begun = time.perf_counter()
        report = foreign.attack(app, requests, seed)
        seconds = time.perf_counter() - begun
        with app.app_context():
            db.engine.dispose()
    return Soak(report, seconds)


def main(arguments: Sequence[str]) -> int:
    soak = measure(*map(int, arguments))
    figures = soak.figures()
    print(table(figures))
    for fault in soak.report.faults[:SHOWN]:
        print(fault)
    return 1 if any(map(is_missed, figures)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
