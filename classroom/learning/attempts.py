"""Attempts at a quiz: begun with the first answer, saved as one goes, handed in once.

Nothing here commits. `hand_in` and `save` think first (take, mark) and write last, so that the one writer SQLite lets
in is not kept waiting by arithmetic.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from classroom import phrases
from classroom.content.kinds import Given
from classroom.content.kinds.kind import Fields
from classroom.content.model import Quiz
from classroom.content.quizzes import read_source
from classroom.database import db
from classroom.errors import Refusal
from classroom.learning import answers, progress
from classroom.learning.models import Answer, Attempt, QuizVersion
from classroom.learning.order import Order, authors_order
from classroom.learning.turns import take_turn

UNKNOWN_REVISION = -1
"""Of a page that cannot say what it was made from: its empty fields wipe nothing."""


class AlreadyHandedIn(Refusal):
    """An answer came after the attempt was handed in; the score stands."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.ALREADY_HANDED_IN)


def of_person(person_id: int, attempt_id: str) -> Attempt | None:
    """That attempt, if it is this person's."""
    return db.session.scalar(sa.select(Attempt).where(Attempt.id == attempt_id, Attempt.person_id == person_id))


def open_attempt(person_id: int, quiz_id: str) -> Attempt | None:
    """The attempt this person has not handed in yet; there is at most one per quiz."""
    return db.session.scalar(_attempts(person_id, quiz_id).where(Attempt.handed_in_at.is_(None)))


def last_handed_in(person_id: int, quiz_id: str) -> Attempt | None:
    """The newest attempt this person handed in."""
    query = _attempts(person_id, quiz_id).where(Attempt.handed_in_at.is_not(None))
    return db.session.scalar(query.order_by(Attempt.handed_in_at.desc()).limit(1))


def _attempts(person_id: int, quiz_id: str) -> sa.Select[Attempt]:
    return sa.select(Attempt).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)


def begin(person_id: int, quiz: Quiz, order: Order, now: datetime) -> Attempt:
    """The open attempt, or a new one in this order. Call it in a write transaction."""
    take_turn(person_id)
    existing = open_attempt(person_id, quiz.id)
    if existing is not None:
        return existing
    _keep_version(quiz, now)
    attempt = Attempt(
        id=secrets.token_urlsafe(16),
        person_id=person_id,
        quiz_id=quiz.id,
        version=quiz.version,
        order=order.to_json(),
        started_at=now,
        total=len(quiz.items),
        revision=0,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def _keep_version(quiz: Quiz, now: datetime) -> None:
    if db.session.get(QuizVersion, quiz.version) is None:
        values = {"version": quiz.version, "quiz_id": quiz.id, "source": quiz.source, "created_at": now}
        db.session.execute(_insert(QuizVersion).values(values).on_conflict_do_nothing())


def quiz_of(attempt: Attempt) -> Quiz:
    """The quiz as it was when the attempt began."""
    return _read_version(attempt.version)


@lru_cache(maxsize=500)
def _read_version(version: str) -> Quiz:
    kept = db.session.get_one(QuizVersion, version)
    return read_source(kept.quiz_id, kept.source)


def stored_answers(attempt: Attempt, quiz: Quiz) -> dict[str, Given]:
    """What was answered so far."""
    rows = db.session.execute(sa.select(Answer.question_id, Answer.given).where(Answer.attempt_id == attempt.id)).all()
    stored = {row.question_id: row.given for row in rows}
    read = {item.question.id: answers.from_json(item.question, stored.get(item.question.id)) for item in quiz.items}
    return {question_id: given for question_id, given in read.items() if given is not None}


def save(attempt: Attempt, quiz: Quiz, fields: Fields, page_revision: int, now: datetime) -> None:
    """Keep the answers of a form. Call it in a write transaction.

    `page_revision` is the revision the form's page was made from. Raises `AlreadyHandedIn`, or what `Kind.take` raises.
    """
    posted = answers.take_all(quiz, fields)
    _look_again(attempt)
    if not attempt.is_open:
        raise AlreadyHandedIn
    merged = _merged(attempt, quiz, posted, page_revision)
    attempt.revision += 1
    _write_answers(attempt, {question_id: merged.get(question_id) for question_id in posted}, {}, now)
    progress.note_opened(attempt.person_id, quiz, now)


def hand_in(attempt: Attempt, quiz: Quiz, fields: Fields, page_revision: int, now: datetime) -> None:
    """Keep the answers of a form, mark the attempt and close it. Call it in a write transaction.

    A second press changes nothing and raises nothing: the first one's score stands.
    """
    posted = answers.take_all(quiz, fields)
    _look_again(attempt)
    if not attempt.is_open:
        return
    merged = _merged(attempt, quiz, posted, page_revision)
    marks = {item.question.id: answers.mark(item, merged.get(item.question.id)).is_right for item in quiz.items}
    attempt.handed_in_at, attempt.right = now, sum(marks.values())
    attempt.revision += 1
    _write_answers(attempt, {question_id: merged.get(question_id) for question_id in marks}, marks, now)
    progress.record(attempt.person_id, quiz, merged, marks, now)


def hand_in_at_once(person_id: int, quiz: Quiz, fields: Fields, now: datetime) -> Attempt:
    """Begin and hand in with one press, from the quiz's public page. Call it in a write transaction.

    The public page is the same for everyone and can hold no key against a double press, so the answers are the key:
    the same answers as the last time are the same attempt.
    """
    take_turn(person_id)
    existing = open_attempt(person_id, quiz.id) or _same_as_last_time(person_id, quiz, fields)
    attempt = existing or begin(person_id, quiz, authors_order(quiz), now)
    hand_in(attempt, quiz_of(attempt), fields, UNKNOWN_REVISION if existing else 0, now)
    return attempt


def _same_as_last_time(person_id: int, quiz: Quiz, fields: Fields) -> Attempt | None:
    last = last_handed_in(person_id, quiz.id)
    if last is None or last.version != quiz.version:
        return None
    posted = {id_: given for id_, given in answers.take_all(quiz, fields).items() if given is not None}
    return last if posted == stored_answers(last, quiz) else None


def _look_again(attempt: Attempt) -> None:
    """Take the person's turn and read the attempt anew: another press may have come between reading and writing."""
    take_turn(attempt.person_id)
    db.session.refresh(attempt)


def _merged(attempt: Attempt, quiz: Quiz, posted: Mapping[str, Given | None], page_revision: int) -> dict[str, Given]:
    stored = stored_answers(attempt, quiz) if attempt.revision else {}
    return answers.merge(stored, posted, page_is_current=page_revision == attempt.revision)


def _write_answers(
    attempt: Attempt, given: Mapping[str, Given | None], marks: Mapping[str, bool], now: datetime
) -> None:
    rows = [
        {"attempt_id": attempt.id, "question_id": id_, "given": value, "saved_at": now, "is_right": marks.get(id_)}
        for id_, value in given.items()
        if value is not None
    ]
    if rows:
        insert = _insert(Answer)
        changes = {name: insert.excluded[name] for name in ("given", "saved_at", "is_right")}
        db.session.execute(
            insert.on_conflict_do_update(index_elements=["attempt_id", "question_id"], set_=changes), rows
        )
    emptied = [id_ for id_, value in given.items() if value is None]
    if emptied and attempt.revision > 1:
        db.session.execute(sa.delete(Answer).where(Answer.attempt_id == attempt.id, Answer.question_id.in_(emptied)))


def _insert(table: type[Any]) -> Any:
    """An INSERT that knows ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy apart."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
