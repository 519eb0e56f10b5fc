"""A statement that is right or not. Saying which is worth the whole point, the opposite nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Literal

from markupsafe import Markup
from pydantic import StrictBool, field_validator

from classroom import phrases
from classroom.content.kinds.choosing import mark_one, take_one
from classroom.content.kinds.kind import Fields, Given, Kind, Mark
from classroom.content.kinds.shape import ItemShape, Text, Written
from classroom.content.model import Choice, Item, Key, Question


class WhyOfEach(Written):
    """Shown at the choice “it is right” and at the choice “it is not”."""

    true: Text
    false: Text


class TrueFalseShape(ItemShape):
    kind: Literal["true-false"]
    answer: StrictBool
    why: WhyOfEach

    @field_validator("why", mode="before")
    @classmethod
    def _name_keys(cls, why: object) -> object:
        """YAML reads the keys `true` and `false` as booleans, JSON keeps them as words."""
        if not isinstance(why, dict):
            return why
        return {str(key).lower() if isinstance(key, bool) else key: text for key, text in why.items()}


class TrueFalse(Kind[TrueFalseShape]):
    name: ClassVar[str] = "true-false"
    shape = TrueFalseShape

    def build(self, shape: TrueFalseShape, inline: Callable[[str], Markup]) -> Item:
        choices = (
            Choice("true", inline(phrases.STATEMENT_IS_RIGHT)),
            Choice("false", inline(phrases.STATEMENT_IS_WRONG)),
        )
        return Item(
            replace(shape.question(inline), choices=choices),
            replace(
                shape.key(inline),
                right=frozenset({"true" if shape.answer else "false"}),
                whys={"true": inline(shape.why.true), "false": inline(shape.why.false)},
            ),
        )

    def take(self, question: Question, fields: Fields) -> Given | None:
        return take_one(question, fields)

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        return mark_one(question, key, given)
