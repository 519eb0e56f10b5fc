"""Fifty people sign in at once while ten others read: the time against the hashes alone, and what readers notice.

Readers read for as long as the sign-ins take; one who found no free thread would be missing from the middle of the
figures, so the longest wait is reported too.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from bench import load
from bench.figures import Figure
from bench.load import Load
from bench.scene import Place, Scene
from classroom import clock
from classroom.accounts import passwords
from classroom.accounts.models import Person
from classroom.database import transaction
from classroom.permissions import Role

PEOPLE, READERS, ROUNDS = 50, 10, 5
PASSWORD = "fifty sign in at once"
QUIET_SECONDS = 2.0
ALL_IN = {303: PEOPLE}


@dataclass(frozen=True, slots=True)
class Round:
    alone: float
    """Seconds of the hashes, on all processors, with nothing else to do."""
    signing: Load
    quiet: Load
    """Readers while nobody signs in."""
    meanwhile: Load
    """Readers while all do."""


def figures(scene: Scene) -> Iterator[Figure]:
    _fill(scene.small)
    with ProcessPoolExecutor(1) as beside:
        rounds = [_round(scene, beside) for _ in range(ROUNDS)]
    ratio = statistics.median(one.signing.seconds / one.alone for one in rounds)
    wall = statistics.median(one.signing.seconds for one in rounds)
    alone = statistics.median(one.alone for one in rounds)
    absolute = f"{wall * 1000:.0f} ÷ {alone * 1000:.0f} ms"
    yield Figure("50 sign-ins at once: time ÷ the hashes alone", ratio, 1.5, 1.2, False, absolute)
    yield _readers(rounds)


def _readers(rounds: list[Round]) -> Figure:
    quiet = statistics.median(one.quiet.p50 for one in rounds)
    meanwhile = statistics.median(one.meanwhile.p50 for one in rounds)
    longest = max(max(one.meanwhile.latencies) for one in rounds)
    absolute = f"{meanwhile * 1000:.0f} ÷ {quiet * 1000:.0f} ms, longest {longest * 1000:.0f} ms"
    return Figure("ten readers meanwhile: p50 ÷ when it is quiet", meanwhile / quiet, absolute=absolute)


def _round(scene: Scene, beside: ProcessPoolExecutor) -> Round:
    port, read = scene.small.port, load.get(scene.lesson_path)
    quiet = load.for_seconds(port, read, READERS, QUIET_SECONDS)
    alone = _hashes_alone()
    signing = beside.submit(load.all_at_once, port, [[_press(number)] for number in range(PEOPLE)])
    time.sleep(alone / 10)
    meanwhile = load.for_seconds(port, read, READERS, alone * 3 / 4)
    assert signing.result().statuses == ALL_IN, signing.result().statuses
    return Round(alone, signing.result(), quiet, meanwhile)


def _hashes_alone() -> float:
    stored = passwords.make_hash(PASSWORD)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begun = time.perf_counter()
        list(pool.map(lambda _: passwords.is_right(stored, PASSWORD), range(PEOPLE)))
        return time.perf_counter() - begun


def _press(number: int) -> bytes:
    return load.post("/sign-in", urlencode({"email": _email(number), "password": PASSWORD}).encode())


def _email(number: int) -> str:
    return f"learner{number}@example.org"


def _fill(place: Place) -> None:
    """Fifty people with one password."""
    now, password_hash = clock.now(), passwords.make_hash(PASSWORD)
    with place.app.app_context(), transaction() as session:
        for number in range(PEOPLE):
            person = Person(role=Role.LEARNER, created_at=now, email_confirmed_at=now, password_hash=password_hash)
            person.email = person.email_key = _email(number)
            session.add(person)
