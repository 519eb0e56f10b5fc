"""Checks in place: one answer to one item of a lesson, judged at once."""

from __future__ import annotations

from datetime import datetime

from classroom import phrases
from classroom.content.kinds import Given
from classroom.content.kinds.kind import Fields
from classroom.content.model import Item, Lesson
from classroom.errors import Missing, Refusal
from classroom.learning import answers, progress


class NothingAnswered(Refusal):
    """The button was pressed with nothing, or not everything, filled in."""

    def __init__(self, given: Given | None) -> None:
        super().__init__(phrases.ANSWER_THE_REST if given is not None else phrases.ANSWER_FIRST)
        self.given = given


def item_of(lesson: Lesson, question_id: str) -> Item:
    """The lesson's item of this id. Raises `Missing`."""
    for item in lesson.quiz.items:
        if item.question.id == question_id:
            return item
    raise Missing("")


def take(item: Item, fields: Fields) -> Given:
    """A whole answer to the item. Raises `NothingAnswered`, or what `Kind.take` raises."""
    given = answers.take(item.question, fields)
    if given is None or not answers.is_complete(item, given):
        raise NothingAnswered(given)
    return given


def answer(person_id: int, lesson: Lesson, item: Item, given: Given, now: datetime) -> None:
    """Judge and remember it as the latest try. Call it in a write transaction."""
    marks = {item.question.id: answers.mark(item, given).is_right}
    progress.record(person_id, lesson.quiz, {item.question.id: given}, marks, now)
