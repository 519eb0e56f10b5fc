"""Where a person stands: opened, finished, passed, and the place where they stopped.

A lesson is finished when all its items were answered or the person says so; it is passed when the latest answers to at
least two thirds of its items are right. A course's test is passed at 70 in the hundred. Once passed, always passed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import sqlalchemy as sa

from classroom.content.kinds import Given
from classroom.content.model import Course, Lesson, Quiz
from classroom.database import db
from classroom.learning.models import Progress
from classroom.learning.turns import take_turn

LESSON_PASS = Fraction(2, 3)
TEST_PASS = Fraction(7, 10)


class State(StrEnum):
    NEW = ""
    OPENED = "opened"
    FINISHED = "finished"
    PASSED = "passed"


class Stand(NamedTuple):
    """Where a person stands with one activity: what the pages need of a `Progress` row."""

    activity_id: str
    course_id: str
    touched_at: datetime
    finished_at: datetime | None
    passed_at: datetime | None
    place: str
    latest: Mapping[str, Mapping[str, Any]]


_STANDS = sa.select(*(getattr(Progress, name) for name in Stand._fields)).where(
    Progress.person_id == sa.bindparam("person_id")
)
_STANDS_IN_COURSE = _STANDS.where(Progress.course_id == sa.bindparam("course_id"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's rows, by activity: lessons' ids and course quizzes' ids."""

    rows: Mapping[str, Stand]

    def state(self, activity_id: str) -> State:
        row = self.rows.get(activity_id)
        if row is None:
            return State.NEW
        if row.passed_at:
            return State.PASSED
        return State.FINISHED if row.finished_at else State.OPENED

    def is_finished(self, lesson: Lesson) -> bool:
        return self.state(lesson.id) in (State.FINISHED, State.PASSED)

    def finished_in(self, course: Course) -> int:
        """How many of the course's lessons are finished."""
        return sum(self.is_finished(lesson) for lesson in course.lessons)

    def place(self, lesson: Lesson) -> str:
        """The heading where the reader stopped, if the lesson still has it."""
        row = self.rows.get(lesson.id)
        return row.place if row and any(part.id == row.place for part in lesson.parts) else ""

    def latest(self, activity_id: str) -> Mapping[str, Mapping[str, Any]]:
        """Question id → {"given", "right"} of the latest try."""
        row = self.rows.get(activity_id)
        return row.latest if row else {}

    def has_begun(self, course_id: str) -> bool:
        return any(row.course_id == course_id for row in self.rows.values())

    def last_touched(self) -> Stand | None:
        return max(self.rows.values(), key=lambda row: row.touched_at, default=None)


NOTHING_YET = Standing({})


def standing(person_id: int, course_id: str | None = None) -> Standing:
    """Everything of a person, or what belongs to one course. One query."""
    query = _STANDS if course_id is None else _STANDS_IN_COURSE
    rows = db.session.execute(query, {"person_id": person_id, "course_id": course_id}).all()
    return Standing({row.activity_id: Stand(*row) for row in rows})


def pass_count(quiz: Quiz) -> int:
    """How many right answers pass this quiz: the least whole number that reaches the rule's share."""
    share = LESSON_PASS if quiz.lesson_id else TEST_PASS
    return -int(-share * len(quiz.items) // 1)


def note_opened(person_id: int, quiz: Quiz, now: datetime) -> Progress:
    """The person's row for this quiz's activity, made if need be. Call it in a write transaction."""
    return _row(person_id, quiz.lesson_id or quiz.id, quiz.course_id, now)


def record(
    person_id: int,
    quiz: Quiz,
    given: Mapping[str, Given],
    marks: Mapping[str, bool],
    now: datetime,
) -> None:
    """Remember the latest try of each marked question, and what follows from it. Call it in a write transaction."""
    row = note_opened(person_id, quiz, now)
    row.latest = dict(row.latest) | {
        question_id: {"given": given.get(question_id), "right": is_right} for question_id, is_right in marks.items()
    }
    ids = {item.question.id for item in quiz.items}
    if _is_finished(quiz, row.latest, ids) and row.finished_at is None:
        row.finished_at = now
    if _right(row.latest, ids) >= pass_count(quiz) and row.passed_at is None and not quiz.is_pre_test:
        row.passed_at = now
    db.session.flush()


def _is_finished(quiz: Quiz, latest: Mapping[str, Mapping[str, object]], ids: Collection[str]) -> bool:
    """A test is finished once it is handed in; a lesson only when nothing was left open."""
    is_test = quiz.lesson_id is None
    return is_test or all(id_ in latest and latest[id_]["given"] is not None for id_ in ids)


def _right(latest: Mapping[str, Mapping[str, object]], ids: Iterable[str]) -> int:
    return sum(bool(latest[id_]["right"]) for id_ in ids if id_ in latest)


def remember_place(person_id: int, lesson: Lesson, part_id: str, now: datetime) -> None:
    """The reader is at this heading; an unknown one is the top. Call it in a write transaction."""
    row = _row(person_id, lesson.id, lesson.course_id, now)
    row.place = part_id if any(part.id == part_id for part in lesson.parts) else ""


def mark_done(person_id: int, lesson: Lesson, is_done: bool, now: datetime) -> None:
    """The person says that the lesson is finished, or that it is not. Call it in a write transaction."""
    row = _row(person_id, lesson.id, lesson.course_id, now)
    row.finished_at = (row.finished_at or now) if is_done else None


def _row(person_id: int, activity_id: str, course_id: str, now: datetime) -> Progress:
    take_turn(person_id)
    row = db.session.get(Progress, (person_id, activity_id), populate_existing=True)
    if row is None:
        row = Progress(
            person_id=person_id, activity_id=activity_id, course_id=course_id, opened_at=now, touched_at=now, latest={}
        )
        row.place = ""
        db.session.add(row)
    row.touched_at = now
    return row
