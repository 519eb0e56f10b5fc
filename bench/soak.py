"""Rushes and kills: whatever happens to the server, no answer that it said it had is lost, and none is there by half.

python -m bench.soak [--short]

The long run adds its figures to docs/performance.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from bench import soak_foreign
from bench.figures import Figure, commit, is_missed, table
from bench.load import all_at_once, get, post
from bench.seed import Seeded, measured_lesson, measured_quiz, right_fields, seed
from classroom import clock, create_app
from classroom.config import from_environment
from classroom.database import db
from classroom.learning.models import Answer, Attempt
from tests.services.classroom import ClassroomServer
from tests.services.tools import ROOT

PERFORMANCE = ROOT / "docs" / "performance.md"
COOKIE = "__Host-classroom"
PUPILS = 50
WRITERS = 4
QUESTIONS = 10


@dataclass(frozen=True)
class Length:
    rushes: int
    kills: int


SHORT, LONG = Length(rushes=2, kills=2), Length(rushes=60, kills=30)


@dataclass
class Site:
    server: ClassroomServer
    app: Flask
    seeded: Seeded
    lesson_path: str
    quiz_path: str
    form: bytes
    rests_between_kills: random.Random = field(default_factory=lambda: random.Random(1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a quarter of a minute, for every `make test`")
    is_short = parser.parse_args().short
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, _site(Path(folder)) as site:
        figures = [*rushes(site, SHORT if is_short else LONG), *kills(site, SHORT if is_short else LONG)]
    if not is_short:  # its short run is among the tests
        figures += soak_foreign.measure().figures()
    print(table(figures))
    if not is_short:
        _note(figures)
    print(f"{sum(not is_missed(one) for one in figures)} passed, {sum(map(is_missed, figures))} failed")
    return 1 if any(map(is_missed, figures)) else 0


@contextmanager
def _site(folder: Path) -> Iterator[Site]:
    server = ClassroomServer(folder, https=False)
    server.run("db", "upgrade")
    app = create_app(from_environment(server.environment))
    seeded = seed(app, answers=100, fresh=5000)
    with app.app_context():
        lesson, quiz = measured_lesson(), measured_quiz()
    form = urlencode({**right_fields(quiz), "hand-in": "1"}, doseq=True).encode()
    lesson_path, quiz_path = f"/courses/{lesson.course_id}/{lesson.id}", f"/courses/{quiz.course_id}/quiz/post"
    with server:
        yield Site(server, app, seeded, lesson_path, quiz_path, form)


def rushes(site: Site, length: Length) -> Iterator[Figure]:
    """Classes of fifty, nobody known before, that open a lesson and hand in all at once."""
    before, visit = _complete_attempts(site), [get(site.lesson_path), post(site.quiz_path, site.form)]
    failures = 0
    for _ in range(length.rushes):
        statuses = all_at_once(site.server.port, [visit] * PUPILS).statuses
        failures += 2 * PUPILS - statuses[200] - statuses[303]
    given = length.rushes * PUPILS
    lost = given - (_complete_attempts(site) - before)
    yield Figure("rush of 50: requests refused or failed", failures, 0, 0, absolute=f"of {2 * given:,}")
    yield Figure("rush of 50: attempts lost", lost, 0, 0, absolute=f"of {given:,}")


def kills(site: Site, length: Length) -> Iterator[Figure]:
    """The server is killed while people hand in, and started again."""
    acknowledged: list[int] = []
    people = iter(site.seeded.fresh)
    for _ in range(length.kills):
        acknowledged += _handing_in_until_killed(site, people)
    complete, halves = _people_with_complete_attempts(site), _incomplete_attempts(site)
    lost = [person_id for person_id in acknowledged if person_id not in complete]
    yield Figure("kills: attempts acknowledged and lost", len(lost), 0, 0, absolute=f"of {len(acknowledged):,}")
    yield Figure("kills: attempts there by half", halves, 0, 0, absolute=f"after {length.kills} kills")


def _handing_in_until_killed(site: Site, people: Iterator[tuple[int, str]]) -> list[int]:
    """Ids of the people whose hand-in was answered."""
    acknowledged: list[int] = []
    lock = threading.Lock()

    def hand_in() -> None:
        connection = HTTPConnection("127.0.0.1", site.server.port, timeout=20)
        while True:
            with lock:
                person_id, secret = next(people)
            try:
                status = _press(connection, site, secret)
            except (OSError, HTTPException):
                return
            assert status == 303, status
            acknowledged.append(person_id)

    writers = [threading.Thread(target=hand_in) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    threading.Event().wait(site.rests_between_kills.uniform(0.3, 1.2))
    site.server.kill()
    for writer in writers:
        writer.join()
    site.server.start()
    return acknowledged


def _press(connection: HTTPConnection, site: Site, secret: str) -> int:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{COOKIE}={secret}",
        "Sec-Fetch-Site": "same-origin",
    }
    connection.request("POST", site.quiz_path, site.form, headers)
    with connection.getresponse() as answer:
        answer.read()
        return answer.status


def _counted() -> sa.Subquery:
    """Attempts that were handed in, with how many answers each has."""
    query = sa.select(Attempt.id, Attempt.person_id, sa.func.count(Answer.question_id).label("answers"))
    return query.outerjoin(Answer).where(Attempt.handed_in_at.is_not(None)).group_by(Attempt.id).subquery()


def _complete_attempts(site: Site) -> int:
    counted = _counted()
    with site.app.app_context():
        query = sa.select(sa.func.count()).select_from(counted).where(counted.c.answers == QUESTIONS)
        return db.session.scalars(query).one()


def _people_with_complete_attempts(site: Site) -> set[int]:
    counted = _counted()
    with site.app.app_context():
        return set(db.session.scalars(sa.select(counted.c.person_id).where(counted.c.answers == QUESTIONS)))


def _incomplete_attempts(site: Site) -> int:
    counted = _counted()
    with site.app.app_context():
        query = sa.select(sa.func.count()).select_from(counted).where(counted.c.answers != QUESTIONS)
        return db.session.scalars(query).one()


def _note(figures: list[Figure]) -> None:
    """Under a heading of its own, the newest last."""
    known = PERFORMANCE.read_text(encoding="utf-8") if PERFORMANCE.exists() else "# Performance\n"
    heading = f"## Soak, {clock.now():%Y-%m-%d}, {commit()}"
    PERFORMANCE.write_text(f"{known.rstrip()}\n\n{heading}\n\n{table(figures)}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
