"""Ten answers handed in with one press by people who were known before, against the same rows without the product."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from bench.figures import Figure
from bench.load import Load, each_once, post
from bench.rounds import in_turns
from bench.scene import Place, Scene

ROUNDS = 9
PEOPLE = 150
CONNECTIONS = 8
NEEDED = (ROUNDS + 1) * PEOPLE
"""Fresh people."""


def figures(scene: Scene) -> Iterator[Figure]:
    """Throughput, and the slowest hundredth."""
    rounds = in_turns(ROUNDS, lambda: hand_in(scene, scene.small), lambda: _bare(scene), status=303)
    what = "hand-in of ten answers ÷ bare insert"
    yield Figure(what, rounds.throughput, 0.25, 0.4, True, rounds.absolute)
    yield Figure(f"{what}: p99", rounds.p99, None, 4, False, rounds.absolute_p99)


def form(scene: Scene) -> bytes:
    """The body of the form."""
    return urlencode({**scene.fields, "hand-in": "1"}, doseq=True).encode()


def hand_in(scene: Scene, place: Place) -> Load:
    """One round: each person once."""
    body = form(scene)
    return each_once(
        place.port, [post(scene.quiz_path, body, cookie) for _, cookie in place.fresh(PEOPLE)], CONNECTIONS
    )


def _bare(scene: Scene) -> Load:
    people = [next(scene.bare_people) for _ in range(PEOPLE)]
    body = form(scene)
    return each_once(scene.bare.port, [post(f"/hand-in?person={id_}", body) for id_ in people], CONNECTIONS)
