"""Measuring in turns: ours, bare, ours, bare …, so that a busy moment of the machine hurts both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import median_ratio
from bench.load import Load, percentile


@dataclass(frozen=True)
class Rounds:
    """Of each so many."""

    ours: Sequence[Load]
    bare: Sequence[Load]

    @property
    def throughput(self) -> float:
        """Ours ÷ bare: more is better."""
        return median_ratio([one.per_second for one in self.ours], [one.per_second for one in self.bare])

    @property
    def p99(self) -> float:
        """Ours ÷ bare: less is better."""
        return percentile(_all(self.ours), 99) / percentile(_all(self.bare), 99)

    @property
    def absolute(self) -> str:
        return f"{_rate(self.ours)} ÷ {_rate(self.bare)} a second"

    @property
    def absolute_p99(self) -> str:
        return f"{percentile(_all(self.ours), 99) * 1000:.1f} ÷ {percentile(_all(self.bare), 99) * 1000:.1f} ms"


def in_turns(count: int, ours: Callable[[], Load], bare: Callable[[], Load], *, status: int) -> Rounds:
    """So many rounds of each, after one that does not count. Every answer must have this status."""
    rounds = [(_sound(ours(), status), _sound(bare(), status)) for _ in range(count + 1)][1:]
    return Rounds([one for one, _ in rounds], [other for _, other in rounds])


def _sound(load: Load, status: int) -> Load:
    assert set(load.statuses) == {status}, load.statuses
    return load


def _all(loads: Sequence[Load]) -> list[float]:
    return [latency for load in loads for latency in load.latencies]


def _rate(loads: Sequence[Load]) -> str:
    return f"{sum(len(load.latencies) for load in loads) / sum(load.seconds for load in loads):,.0f}"
