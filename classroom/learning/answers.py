"""Answers out of a posted form, and back out of storage. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from classroom.content.kinds import KINDS, Given, UnknownAnswer
from classroom.content.kinds.kind import Fields, Mark
from classroom.content.model import Item, Question, Quiz

Answers = Mapping[str, Given]
"""What was answered, by question id; a question left open is not in it."""


def is_posted(question: Question, fields: Fields) -> bool:
    """Does the form hold a field of this question, be it empty?"""
    return any(name == question.id or name.startswith(f"{question.id}.") for name in fields)


def take(question: Question, fields: Fields) -> Given | None:
    """The answer to one question; None where it is left open. Raises as `Kind.take` does."""
    return KINDS[question.kind].take(question, fields)


def take_all(quiz: Quiz, fields: Fields) -> dict[str, Given | None]:
    """The answers of a form by question id, for the questions it has a field of; None where the field is empty.

    Raises `UnknownAnswer` for a field of no question, or as `Kind.take` does.
    """
    known = {item.question.id for item in quiz.items}
    if any(name.partition(".")[0] not in known for name in fields):
        raise UnknownAnswer
    return {item.question.id: take(item.question, fields) for item in quiz.items if is_posted(item.question, fields)}


def merge(stored: Answers, posted: Mapping[str, Given | None], *, page_is_current: bool) -> dict[str, Given]:
    """What stands after a save. An empty field of a page older than what is stored wipes nothing."""
    merged = dict(stored)
    for question_id, given in posted.items():
        if given is not None:
            merged[question_id] = given
        elif page_is_current:
            merged.pop(question_id, None)
    return merged


def is_complete(item: Item, given: Given | None) -> bool:
    """Is nothing of the item left open?"""
    return KINDS[item.question.kind].is_complete(item.question, given)


def mark(item: Item, given: Given | None) -> Mark:
    """What the answer is worth."""
    return KINDS[item.question.kind].mark(item.question, item.key, given)


def from_json(question: Question, stored: object) -> Given | None:
    """An answer back from storage; None if it no longer fits the question."""
    return KINDS[question.kind].from_json(question, stored)
