"""Any number of choices. Right when exactly the right ones are chosen, neither fewer nor more.

Short of that the answer earns a share: right choices chosen less wrong choices chosen, over the number that are right,
never below zero. So choosing everything earns nothing that guessing would not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

from markupsafe import Markup

from classroom.content.kinds.choosing import (
    build_choices,
    chosen_ids,
    mark_choices,
    take_several,
)
from classroom.content.kinds.kind import Fields, Given, Kind, Mark
from classroom.content.kinds.shape import (
    ItemShape,
    WrittenChoice,
    repeated_ids,
    wrong_count,
)
from classroom.content.model import Item, Key, Question


class SeveralChoicesShape(ItemShape):
    kind: Literal["several-choices"]
    choices: tuple[WrittenChoice, ...]

    def problems(self) -> Iterator[str]:
        yield from wrong_count("choices", len(self.choices))
        yield from repeated_ids("choices", (choice.id for choice in self.choices))
        if not any(choice.right for choice in self.choices):
            yield "No choice is right; mark at least one with `right: true`."
        elif all(choice.right for choice in self.choices):
            yield "Every choice is right; at least one must be wrong."


class SeveralChoices(Kind[SeveralChoicesShape]):
    name: ClassVar[str] = "several-choices"
    shape = SeveralChoicesShape

    def build(self, shape: SeveralChoicesShape, inline: Callable[[str], Markup]) -> Item:
        return build_choices(shape, shape.choices, inline)

    def take(self, question: Question, fields: Fields) -> Given | None:
        return take_several(question, fields)

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        chosen = chosen_ids(given)
        earned = len(chosen & key.right) - len(chosen - key.right)
        return mark_choices(question, key, chosen, share=max(0, earned) / len(key.right))
