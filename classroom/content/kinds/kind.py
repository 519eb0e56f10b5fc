"""What every kind of question can do: build its item from the file, take an answer from a form, mark it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from markupsafe import Markup

from classroom import phrases
from classroom.content.kinds.shape import ItemShape
from classroom.content.model import Item, Key, Question
from classroom.errors import Refusal

Given = str | tuple[str, ...] | dict[str, str]
"""An answer as it is kept: a short text; the ids of the choices chosen, in the author's order, without repeats;
or row id → choice id (matching), step id → position counted from "1" (ordering), only what was filled in."""

Fields = Mapping[str, Sequence[str]]
"""A posted form: every value of every field by the field's name, as `MultiDict.to_dict(flat=False)` gives it."""

Shape = TypeVar("Shape", bound=ItemShape)


class UnknownAnswer(Refusal):
    """The form holds a choice, row or position that the question does not have, or two answers where one fits."""

    def __init__(self) -> None:
        super().__init__(phrases.UNKNOWN_ANSWER)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth."""

    is_right: bool
    share: float
    """Of the item's one point, 0 to 1; 1 exactly when the answer is right."""
    parts: Mapping[str, bool]
    """Per choice, row or step: was it treated right? All false when unanswered; empty for short text."""
    why_ids: tuple[str, ...]
    """Which of `Key.whys` to show, in the author's order."""


class Kind(ABC, Generic[Shape]):
    """One kind of question. It holds no state: the registry's instance serves every item and every thread."""

    name: ClassVar[str]
    shape: type[Shape]
    """How an item of this kind is written in a file; its problems are sentences for the author."""

    @abstractmethod
    def build(self, shape: Shape, inline: Callable[[str], Markup]) -> Item:
        """The item as the pages use it; `inline` turns the author's inline Markdown into sanitised HTML."""

    @abstractmethod
    def take(self, question: Question, fields: Fields) -> Given | None:
        """The answer in a posted form, None where it is left open; other questions' fields may stand beside it.

        Raises `UnknownAnswer` for what our own page cannot have sent, short text `AnswerTooLong`.
        """

    @abstractmethod
    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        """Judge an answer that `take` or `from_json` gave for the same question; unanswered is worth nothing."""

    def is_complete(self, question: Question, given: Given | None) -> bool:
        """Is nothing of the question left open?"""
        return given is not None

    def from_json(self, question: Question, stored: object) -> Given | None:
        """An answer back from JSON, equal to what was stored; None if it no longer fits the question."""
        try:
            return self.take(question, _as_posted(question, stored))
        except Refusal:
            return None


def _as_posted(question: Question, stored: object) -> Fields:
    """A stored answer as the form that would post it, so that one rule judges both; empty if it is no answer at all."""
    match stored:
        case str():
            return {question.id: [stored]}
        case list() | tuple() if all(isinstance(value, str) for value in stored):
            return {question.id: stored}
        case dict() if all(isinstance(value, str) for value in stored.values()):
            return {f"{question.id}.{part}": [value] for part, value in stored.items()}
        case _:
            return {}


def only_value(values: Sequence[str]) -> str:
    """The one value of a field, "" when it is empty or missing; a value repeated is still one."""
    filled = {value for value in values if value}
    if len(filled) > 1:
        raise UnknownAnswer
    return filled.pop() if filled else ""
