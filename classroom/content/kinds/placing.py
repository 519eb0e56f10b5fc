"""What the kinds answered row by row share: one field a row out of a form, and the mark of each row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from classroom.content.kinds.kind import Fields, Given, Mark, UnknownAnswer, only_value
from classroom.content.model import Question


def take_rows(question: Question, fields: Fields, allowed: Collection[str]) -> dict[str, str] | None:
    """Row id → what was posted for it, in the author's order, open rows left out; None if all are open."""
    posted = _posted_rows(question, fields)
    answers = {row.id: only_value(posted.get(row.id, ())) for row in question.rows}
    filled = {row: answer for row, answer in answers.items() if answer}
    if not set(filled.values()).issubset(allowed):
        raise UnknownAnswer
    return filled or None


def _posted_rows(question: Question, fields: Fields) -> Fields:
    prefix = f"{question.id}."
    posted = {name.removeprefix(prefix): values for name, values in fields.items() if name.startswith(prefix)}
    if not posted.keys() <= {row.id for row in question.rows}:
        raise UnknownAnswer
    return posted


def mark_rows(parts: Mapping[str, bool]) -> Mark:
    """Each row is worth the same; right when all are; the why of every row is shown."""
    return Mark(
        is_right=all(parts.values()),
        share=sum(parts.values()) / len(parts),
        parts=parts,
        why_ids=tuple(parts),
    )


def answers_by_row(given: Given | None) -> Mapping[str, str]:
    """The rows of an answer; none when it is open."""
    return given if isinstance(given, dict) else {}


def is_every_row_filled(question: Question, given: Given | None) -> bool:
    return len(answers_by_row(given)) == len(question.rows)
