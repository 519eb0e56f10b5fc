"""A class opens a lesson and hands in ten answers, all fifty at once, nobody known before."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from bench.figures import Figure
from bench.hand_ins import form
from bench.load import Load, all_at_once, get, percentile, post
from bench.scene import Place, Scene
from classroom.database import db
from classroom.learning.models import Answer, Attempt

PUPILS = 50
CLASSES = 10
OPENED_AND_HANDED_IN = {200: PUPILS, 303: PUPILS}


def figures(scene: Scene) -> Iterator[Figure]:
    """The slowest hundredth of the requests, and how many answers are not there afterwards."""
    before = kept_answers(scene.small)
    pairs = [(class_of_fifty(scene), _bare(scene)) for _ in range(CLASSES)]
    given = CLASSES * PUPILS * scene.questions
    slowest, bare_slowest = (
        percentile([one for load in loads for one in load.latencies], 99) for loads in zip(*pairs, strict=True)
    )
    absolute = f"{slowest * 1000:.0f} ÷ {bare_slowest * 1000:.0f} ms"
    yield Figure("class of 50 opens and hands in at once: p99 ÷ bare", slowest / bare_slowest, 6, 4, False, absolute)
    lost = given - (kept_answers(scene.small) - before)
    yield Figure("class of 50: answers lost", lost, 0, 0, False, f"of {given:,}")


def class_of_fifty(scene: Scene) -> Load:
    """One class. Every request must be answered as it should."""
    visit = [get(scene.lesson_path), post(scene.quiz_path, form(scene))]
    return _sound(all_at_once(scene.small.port, [visit] * PUPILS))


def _bare(scene: Scene) -> Load:
    visit = [get("/lesson-signed-out"), post("/newcomer", form(scene))]
    return _sound(all_at_once(scene.bare.port, [visit] * PUPILS))


def _sound(load: Load) -> Load:
    assert load.statuses == OPENED_AND_HANDED_IN, load.statuses
    return load


def kept_answers(place: Place) -> int:
    """How many answers stand in attempts that were handed in."""
    query = sa.select(sa.func.count()).select_from(Answer).join(Attempt).where(Attempt.handed_in_at.is_not(None))
    with place.app.app_context():
        return db.session.scalars(query).one()
