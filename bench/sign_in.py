"""Fifty people sign in at once while ten others read: the time against that of the hashes alone, and what readers notice.

python -m bench.sign_in
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import load
from bench.load import Load
from classroom import clock, create_app
from classroom.accounts import passwords
from classroom.accounts.models import Person
from classroom.config import from_environment
from classroom.database import transaction
from classroom.permissions import Role
from tests.services.classroom import ClassroomServer

PEOPLE, READERS = 50, 10
PASSWORD = "fifty sign in at once"
PAGE = "/courses"
QUIET_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class SignIns:
    hashes_alone: float
    """Seconds, all processors at it."""
    wall: float
    """Seconds from the first press to the last answer."""
    statuses: Counter[int]
    quiet: Load
    """Readers while nobody signs in."""
    meanwhile: Load
    """Readers while all do."""

    @property
    def ratio(self) -> float:
        return self.wall / self.hashes_alone


def measure(server: ClassroomServer) -> SignIns:
    """One round against a running server that holds the people of `fill`."""
    read = load.get(PAGE)
    with ProcessPoolExecutor(2) as pool:
        quiet = pool.submit(load.for_seconds, server.port, read, READERS, QUIET_SECONDS).result()
        alone = hashes_alone()
        presses = [[_press(number)] for number in range(PEOPLE)]
        signing: Future[Load] = pool.submit(load.all_at_once, server.port, presses)
        time.sleep(alone / 10)
        meanwhile = load.for_seconds(server.port, read, READERS, alone * 3 / 4)
        return SignIns(alone, signing.result().seconds, signing.result().statuses, quiet, meanwhile)


def hashes_alone() -> float:
    """Seconds for as many hashes as people, on all processors, with nothing else to do."""
    stored = passwords.make_hash(PASSWORD)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begun = time.perf_counter()
        list(pool.map(lambda _: passwords.is_right(stored, PASSWORD), range(PEOPLE)))
        return time.perf_counter() - begun


def _press(number: int) -> bytes:
    return load.post("/sign-in", urlencode({"email": f"learner{number}@example.org", "password": PASSWORD}).encode())


def fill(server: ClassroomServer) -> None:
    """Fifty people with one password."""
    app, now, password_hash = (
        create_app(from_environment(server.environment)),
        clock.now(),
        passwords.make_hash(PASSWORD),
    )
    with app.app_context(), transaction() as session:
        for number in range(PEOPLE):
            email = f"learner{number}@example.org"
            account = {
                "role": Role.LEARNER,
                "created_at": now,
                "email_confirmed_at": now,
                "password_hash": password_hash,
            }
            session.add(Person(email=email, email_key=email, **account))


def main(rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder, ClassroomServer(Path(folder), https=False) as server:
        fill(server)
        for _ in range(rounds):
            found = measure(server)
            readers = [
                f"{one.per_second:.0f}/s, p50 {one.p50 * 1000:.0f} ms, p99 {one.p99 * 1000:.0f} ms"
                for one in (found.quiet, found.meanwhile)
            ]
            print(
                f"{found.wall:.2f} s = {found.ratio:.2f} x hashes alone; {dict(found.statuses)}; readers {' -> '.join(readers)}"
            )


if __name__ == "__main__":
    sys.exit(main())
