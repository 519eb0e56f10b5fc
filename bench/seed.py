"""Fills an empty database: two people by the product's own calls, all others as copies of their rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import guests, sessions
from classroom.content.model import Course, Lesson, Quiz
from classroom.database import db, transaction
from classroom.home.demo import right_answer
from classroom.learning import attempts, checks
from classroom.web.library import library

PER_INSERT = 5000
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Seeded:
    """Who is in the database. Secrets are those of their cookies."""

    learner: str
    """One who answered every check of the course's first lessons and handed in its last test."""
    newcomer_id: int
    """One who did nothing but hand in that test."""
    fresh: list[tuple[int, str]]
    """People who answered nothing yet: id and secret."""


def course() -> Course:
    """The first course with a last test."""
    return next(course for course in library().courses.values() if course.post is not None)


def measured_quiz() -> Quiz:
    """The quiz of ten that is handed in."""
    quiz = course().post
    assert quiz is not None
    assert len(quiz.items) == 10
    return quiz


def measured_lesson() -> Lesson:
    return course().lessons[0]


def right_fields(quiz: Quiz) -> dict[str, list[str]]:
    """The form of someone who knows everything: field name → values."""
    fields: dict[str, list[str]] = {}
    for item in quiz.items:
        given, name = right_answer(item), item.question.id
        if isinstance(given, str):
            fields[name] = [given]
        elif isinstance(given, tuple):
            fields[name] = list(given)
        else:
            fields |= {f"{name}.{part}": [value] for part, value in given.items()}
    return fields


def seed(app: Flask, *, answers: int, fresh: int) -> Seeded:
    """`answers` in attempts that were handed in (ten each), and `fresh` people without any."""
    with app.app_context():
        newcomer_id, _ = _newcomer()
        learner_id, learner = _learner()
        _copy(learner_id, answers // len(measured_quiz().items) - 2)
        people = list(_fresh(newcomer_id, fresh))
        _analyse()
    return Seeded(learner, newcomer_id, people)


def _newcomer() -> tuple[int, str]:
    with transaction():
        person, secret = guests.begin_guest(clock.now())
        attempts.hand_in_at_once(person.id, measured_quiz(), right_fields(measured_quiz()), clock.now())
        return person.id, secret


def _learner() -> tuple[int, str]:
    person_id, secret = _newcomer()
    with transaction():
        for lesson in course().lessons[:3]:
            for item in lesson.quiz.items:
                checks.answer(person_id, lesson, item, right_answer(item), clock.now())
    return person_id, secret


def _copy(person_id: int, times: int) -> None:
    """So many people more with the same rows under ids of their own."""
    rows = {name: _rows(name, "person_id", person_id) for name in ("device_session", "attempt", "progress")}
    [attempt] = rows["attempt"]
    rows["answer"] = _rows("answer", "attempt_id", attempt["id"])
    for people in _in_batches(_new_people(person_id, times)):
        attempt_ids = {id_: secrets.token_urlsafe(16) for id_ in people}
        _insert(
            "device_session",
            ({**row, "person_id": id_, "secret_digest": _digest()} for id_ in people for row in rows["device_session"]),
        )
        _insert("attempt", ({**attempt, "person_id": id_, "id": attempt_ids[id_]} for id_ in people))
        _insert("answer", ({**row, "attempt_id": attempt_ids[id_]} for id_ in people for row in rows["answer"]))
        _insert("progress", ({**row, "person_id": id_} for id_ in people for row in rows["progress"]))


def _fresh(template_id: int, count: int) -> Iterator[tuple[int, str]]:
    [session] = _rows("device_session", "person_id", template_id)
    for people in _in_batches(_new_people(template_id, count)):
        known = {id_: secrets.token_urlsafe(32) for id_ in people}
        _insert(
            "device_session",
            ({**session, "person_id": id_, "secret_digest": sessions.digest(secret)} for id_, secret in known.items()),
        )
        yield from known.items()


def _new_people(template_id: int, count: int) -> Iterator[int]:
    """Ids of people just made, alike but for the id."""
    [person] = _rows("person", "id", template_id)
    del person["id"]
    insert = sa.insert(_table("person")).returning(_table("person").c.id)
    while count > 0:
        with transaction():
            made = db.session.scalars(insert, [person] * min(count, PER_INSERT)).all()
        yield from made
        count -= len(made)


def _in_batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, PER_INSERT)):
        yield batch


def _rows(table: str, column: str, value: object) -> Rows:
    found = db.session.execute(sa.select(_table(table)).where(_table(table).c[column] == value))
    return [dict(row) for row in found.mappings()]


def _insert(table: str, rows: Iterator[Mapping[str, Any]]) -> None:
    with transaction():
        db.session.execute(sa.insert(_table(table)), list(rows))


def _table(name: str) -> sa.Table:
    return db.metadata.tables[name]


def _digest() -> str:
    return sessions.digest(secrets.token_urlsafe(32))


def _analyse() -> None:
    """As a database does by itself in a quiet hour."""
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("ANALYZE"))
