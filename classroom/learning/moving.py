"""What happens to a guest's learning when it becomes part of an account: joined, and nothing of it lost.

- **Attempts** change hands as they are. Where both have the same quiz open, the one touched last stays open, takes from
  the other the answers it lacks (the newer one where both answered), and the other is gone: it was never handed in.
- **Progress**: opened when either first opened it, finished and passed when either first did; of two answers to one
  question the one of the row touched last counts, and so does its place.
- **Ticks** are ticked when either ticked them.
- **Notes** are all kept: two on one prompt stand one under the other, the older first. They are sealed anew, for a seal
  names its owner.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from classroom.database import db
from classroom.learning import keeping
from classroom.learning.models import Answer, Attempt, Progress, Reflection, Ticks
from classroom.vault import Vault

Row = TypeVar("Row", Progress, Ticks, Reflection)


def move_attempts(from_id: int, to_id: int) -> None:
    """Hand over attempts with their answers. In a write transaction, as all of these."""
    theirs = {attempt.quiz_id: attempt for attempt in _open_attempts(to_id)}
    for attempt in _open_attempts(from_id):
        if attempt.quiz_id in theirs:
            _join_attempts(attempt, theirs[attempt.quiz_id])
    db.session.execute(sa.update(Attempt).where(Attempt.person_id == from_id).values(person_id=to_id))


def _open_attempts(person_id: int) -> list[Attempt]:
    query = sa.select(Attempt).where(Attempt.person_id == person_id, Attempt.handed_in_at.is_(None))
    return list(db.session.scalars(query.with_for_update()))


def _join_attempts(one: Attempt, other: Attempt) -> None:
    given = {attempt.id: _answers(attempt) for attempt in (one, other)}
    older, newer = sorted((one, other), key=lambda attempt: _touched(attempt, given[attempt.id]))
    for question_id, answer in given[older.id].items():
        has = given[newer.id].get(question_id)
        if question_id in newer.order["items"] and (has is None or has.saved_at < answer.saved_at):
            values = {"given": answer.given, "saved_at": answer.saved_at, "is_right": None}
            db.session.merge(Answer(attempt_id=newer.id, question_id=question_id, **values))
    newer.revision += 1
    db.session.flush()
    for table, key in ((Answer, Answer.attempt_id), (Attempt, Attempt.id)):
        db.session.execute(sa.delete(table).where(key == older.id))


def _answers(attempt: Attempt) -> dict[str, Answer]:
    rows = db.session.scalars(sa.select(Answer).where(Answer.attempt_id == attempt.id))
    return {row.question_id: row for row in rows}


def _touched(attempt: Attempt, answers: dict[str, Answer]) -> datetime:
    return max([attempt.started_at, *(answer.saved_at for answer in answers.values())])


def move_progress(from_id: int, to_id: int) -> None:
    theirs = {row.activity_id: row for row in _rows(Progress, to_id)}
    for row in _rows(Progress, from_id):
        if row.activity_id in theirs:
            _join_progress(theirs[row.activity_id], row)
        else:
            row.person_id = to_id
    db.session.flush()


def _join_progress(kept: Progress, other: Progress) -> None:
    older, newer = sorted((kept, other), key=lambda row: row.touched_at)
    latest, place = dict(older.latest) | dict(newer.latest), newer.place
    kept.latest, kept.place, kept.course_id = latest, place, newer.course_id
    kept.opened_at = min(kept.opened_at, other.opened_at)
    kept.touched_at = newer.touched_at
    kept.finished_at = _earliest(kept.finished_at, other.finished_at)
    kept.passed_at = _earliest(kept.passed_at, other.passed_at)
    db.session.delete(other)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def move_ticks(from_id: int, to_id: int) -> None:
    theirs = {(row.lesson_id, row.block_id): row for row in _rows(Ticks, to_id)}
    for row in _rows(Ticks, from_id):
        kept = theirs.get((row.lesson_id, row.block_id))
        if kept is None:
            row.person_id = to_id
        else:
            kept.items = [*kept.items, *(item for item in row.items if item not in kept.items)]
            db.session.delete(row)
    db.session.flush()


def move_reflections(from_id: int, to_id: int, vault: Vault) -> None:
    theirs = {(row.lesson_id, row.block_id): row for row in _rows(Reflection, to_id)}
    for row in _rows(Reflection, from_id):
        kept = theirs.get((row.lesson_id, row.block_id))
        notes = [row] if kept is None else sorted((row, kept), key=lambda note: note.kept_at)
        texts = dict.fromkeys(keeping.open_note(note, vault) for note in notes)
        moved = Reflection(person_id=to_id, lesson_id=row.lesson_id, block_id=row.block_id)
        moved.sealed = vault.seal("\n\n".join(texts), purpose=keeping.PURPOSE, owner=str(to_id))
        moved.kept_at = notes[-1].kept_at
        db.session.delete(row)
        db.session.merge(moved)
    db.session.flush()


def _rows(table: type[Row], person_id: int) -> list[Row]:
    return list(db.session.scalars(sa.select(table).where(table.person_id == person_id)))
