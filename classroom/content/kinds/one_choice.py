"""One choice of several. The right one is worth the whole point, any other nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

from markupsafe import Markup

from classroom.content.kinds.choosing import build_choices, mark_one, take_one
from classroom.content.kinds.kind import Fields, Given, Kind, Mark
from classroom.content.kinds.shape import (
    ItemShape,
    WrittenChoice,
    repeated_ids,
    wrong_count,
)
from classroom.content.model import Item, Key, Question


class OneChoiceShape(ItemShape):
    kind: Literal["one-choice"]
    choices: tuple[WrittenChoice, ...]

    def problems(self) -> Iterator[str]:
        yield from wrong_count("choices", len(self.choices))
        yield from repeated_ids("choices", (choice.id for choice in self.choices))
        right = [choice.id for choice in self.choices if choice.right]
        if not right:
            yield "No choice is right; mark one with `right: true`."
        if len(right) > 1:
            yield f"{len(right)} choices are right ({', '.join(right)}); leave one, or make the kind several-choices."


class OneChoice(Kind[OneChoiceShape]):
    name: ClassVar[str] = "one-choice"
    shape = OneChoiceShape

    def build(self, shape: OneChoiceShape, inline: Callable[[str], Markup]) -> Item:
        return build_choices(shape, shape.choices, inline)

    def take(self, question: Question, fields: Fields) -> Given | None:
        return take_one(question, fields)

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        return mark_one(question, key, given)
