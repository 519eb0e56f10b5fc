"""Pages that are read, against the same bytes without the product."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure
from bench.load import for_seconds, get
from bench.rounds import in_turns
from bench.scene import Scene

ROUNDS = 7
SECONDS = 1.0


def figures(scene: Scene) -> Iterator[Figure]:
    """The front page of someone who is nobody yet, and a lesson of someone with progress."""
    ratio, absolute = _ratio(scene, "/", "front", "", 8)
    yield Figure("signed-out page ÷ bare page, 8 connections", ratio, 0.5, 0.8, True, absolute)
    for connections in (8, 32):
        ratio, absolute = _ratio(scene, scene.lesson_path, "lesson", scene.small.learner(), connections)
        what = f"lesson with progress ÷ bare page, {connections} connections"
        yield Figure(what, ratio, 0.33, 0.5, True, absolute)


def _ratio(scene: Scene, path: str, bare: str, cookie: str, connections: int) -> tuple[float, str]:
    ours, other = get(path, cookie), get(f"/{bare}", cookie)
    rounds = in_turns(
        ROUNDS,
        lambda: for_seconds(scene.small.port, ours, connections, SECONDS),
        lambda: for_seconds(scene.bare.port, other, connections, SECONDS),
        status=200,
    )
    return rounds.throughput, rounds.absolute
