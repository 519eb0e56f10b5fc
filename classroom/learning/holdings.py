"""What this slice holds of people."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from classroom import phrases
from classroom.database import db
from classroom.learning import keeping, moving
from classroom.learning.models import Answer, Attempt, Progress, Reflection, Ticks
from classroom.retention import Holding, erase_rows, export_rows
from classroom.vault import Vault


def holdings(vault: Vault) -> tuple[Holding, ...]:
    """The tables of learning; `vault` opens what people keep to themselves, for them."""
    return (
        Holding(
            "attempt",
            "person",
            phrases.WHY_ATTEMPTS,
            phrases.KEPT_AS_ACCOUNT,
            erase=erase_rows(Attempt),
            export=export_rows(Attempt, "id", "quiz_id", "version", "started_at", "handed_in_at", "right", "total"),
            move=moving.move_attempts,
            goes_with="person",
        ),
        Holding(
            "answer",
            "person",
            phrases.WHY_ATTEMPTS,
            phrases.KEPT_AS_ACCOUNT,
            export=_export_answers,
            goes_with="attempt",
        ),
        Holding(
            "progress",
            "person",
            phrases.WHY_PROGRESS,
            phrases.KEPT_AS_ACCOUNT,
            erase=erase_rows(Progress),
            export=export_rows(
                Progress,
                "activity_id",
                "course_id",
                "opened_at",
                "touched_at",
                "finished_at",
                "passed_at",
                "place",
                "latest",
            ),
            move=moving.move_progress,
            goes_with="person",
        ),
        Holding(
            "ticks",
            "person",
            phrases.WHY_TICKS,
            phrases.KEPT_AS_ACCOUNT,
            erase=erase_rows(Ticks),
            export=export_rows(Ticks, "lesson_id", "block_id", "items"),
            move=moving.move_ticks,
            goes_with="person",
        ),
        Holding(
            "reflection",
            "person",
            phrases.WHY_REFLECTIONS,
            phrases.KEPT_AS_ACCOUNT,
            erase=erase_rows(Reflection),
            export=lambda person_id: _export_reflections(person_id, vault),
            move=lambda from_id, to_id: moving.move_reflections(from_id, to_id, vault),
            goes_with="person",
        ),
        Holding("quiz_version", "nobody", phrases.WHY_QUIZ_VERSIONS, phrases.KEPT_FOR_NOBODY),
    )


def _export_answers(person_id: int) -> list[dict[str, Any]]:
    query = (
        sa.select(Answer.attempt_id, Answer.question_id, Answer.given, Answer.saved_at, Answer.is_right)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.person_id == person_id)
        .order_by(Answer.saved_at)
    )
    return [dict(row) for row in db.session.execute(query).mappings()]


def _export_reflections(person_id: int, vault: Vault) -> list[dict[str, Any]]:
    rows = db.session.scalars(sa.select(Reflection).where(Reflection.person_id == person_id))
    return [
        {
            "lesson_id": row.lesson_id,
            "block_id": row.block_id,
            "text": keeping.open_note(row, vault),
            "kept_at": row.kept_at,
        }
        for row in rows
    ]
