"""Measure everything once, print the table, keep it as JSON, and fail when a gate is missed.

python -m bench.run [--large ANSWERS] [PART ...]

SQLite, unless BENCH_DATABASE_URL names a PostgreSQL server on which databases may be made.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from bench import class_of_fifty, growth, hand_ins, pages, phone, sign_in, start, statements
from bench.figures import Figure, is_missed, table, write
from bench.scene import Scene, set_scene
from tests.services.tools import ToolMissing

LATEST = Path(__file__).parent / "latest.json"
PARTS = {
    "statements": statements.figures,
    "pages": pages.figures,
    "growth": growth.figures,
    "hand-ins": hand_ins.figures,
    "class": class_of_fifty.figures,
    "sign-ins": sign_in.figures,
    "first-view": phone.figures,
    "start": start.figures,
}


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _set_scene(Path(folder), asked.large) as here:
        figures = [figure for name in asked.parts or PARTS for figure in _measured(name, here)]
    print(table(figures))
    if not asked.parts:
        write(LATEST, figures, _database())
    return 1 if any(map(is_missed, figures)) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    parser.add_argument("--large", type=int, default=200_000, help="answers in the large database")
    return parser.parse_args()


def _set_scene(folder: Path, large: int) -> AbstractContextManager[Scene]:
    return set_scene(folder, small=10_000, large=large, fresh=2 * hand_ins.NEEDED)


def _measured(name: str, here: Scene) -> Iterator[Figure]:
    print(f"measuring: {name}", flush=True)
    try:
        yield from PARTS[name](here)
    except ToolMissing as missing:
        print(f"not measured: {missing}")


def _database() -> str:
    return "PostgreSQL" if "BENCH_DATABASE_URL" in os.environ else "SQLite"


if __name__ == "__main__":
    sys.exit(main())
