"""The same over a database with twenty times as many answers."""

from __future__ import annotations

from collections.abc import Iterator

from bench import hand_ins
from bench.figures import Figure
from bench.load import Load, for_seconds, get
from bench.rounds import Rounds, in_turns
from bench.scene import Place, Scene

ROUNDS = 7
SECONDS = 1.0
CONNECTIONS = 8


def figures(scene: Scene) -> Iterator[Figure]:
    """A lesson, and a hand-in: large ÷ small."""
    sizes = f"{scene.small.answers:,} → {scene.large.answers:,} answers"
    lesson = in_turns(ROUNDS, lambda: _read(scene, scene.large), lambda: _read(scene, scene.small), status=200)
    yield _figure(f"growth, lesson with progress: {sizes}", lesson)
    hand_in = in_turns(
        hand_ins.ROUNDS,
        lambda: hand_ins.hand_in(scene, scene.large),
        lambda: hand_ins.hand_in(scene, scene.small),
        status=303,
    )
    yield _figure(f"growth, hand-in: {sizes}", hand_in)


def _figure(what: str, rounds: Rounds) -> Figure:
    return Figure(what, rounds.throughput, 0.8, 0.9, True, rounds.absolute)


def _read(scene: Scene, place: Place) -> Load:
    return for_seconds(place.port, get(scene.lesson_path, place.learner()), CONNECTIONS, SECONDS)
