"""From nothing to the first page, with all lessons read and checked; and what two web processes hold."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.load import for_seconds, get
from bench.scene import Scene

STARTS = 3
MB = 1_000_000


def figures(scene: Scene) -> Iterator[Figure]:
    """Reported only, for seconds and megabytes depend on the machine."""
    yield Figure("start with all lessons, seconds", statistics.median(_start(scene) for _ in range(STARTS)), None, 1.5)
    for_seconds(scene.small.port, get(scene.lesson_path, scene.small.learner()), 8, 1.0)
    yield Figure("two web processes together, MB", _held(scene) / MB, None, 150)


def _start(scene: Scene) -> float:
    """Seconds."""
    scene.small.server.stop()
    begun = time.perf_counter()
    scene.small.server.start()
    return time.perf_counter() - begun


def _held(scene: Scene) -> int:
    """Bytes of memory of all the server's processes, what they share counted once."""
    return sum(_proportional_size(process_id) for process_id in scene.small.server.process_ids)


def _proportional_size(process_id: int) -> int:
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"no proportional set size of process {process_id}")
