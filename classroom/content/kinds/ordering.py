"""Steps to put in order. The answer earns the steps at their place over all steps; right when every step is.

A place given to two steps is nobody's: neither of them counts as placed, so the same number everywhere earns nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from markupsafe import Markup

from classroom.content.kinds.kind import Fields, Given, Kind, Mark
from classroom.content.kinds.placing import (
    answers_by_row,
    is_every_row_filled,
    mark_rows,
    take_rows,
)
from classroom.content.kinds.shape import (
    Id,
    ItemShape,
    Text,
    WrittenPart,
    drawn,
    repeated_ids,
    wrong_count,
)
from classroom.content.model import Item, Key, Question


class WrittenStep(WrittenPart):
    why: Text


class OrderingShape(ItemShape):
    kind: Literal["ordering"]
    steps: tuple[WrittenStep, ...]
    order: tuple[Id, ...]

    def problems(self) -> Iterator[str]:
        shown = [step.id for step in self.steps]
        yield from wrong_count("steps", len(shown))
        yield from repeated_ids("steps", shown)
        if sorted(self.order) != sorted(shown):
            yield "`order` must name every step exactly once and nothing else."
        if list(self.order) == shown:
            yield "The steps are shown in the right order already; list them in another."


class Ordering(Kind[OrderingShape]):
    name: ClassVar[str] = "ordering"
    shape = OrderingShape

    def build(self, shape: OrderingShape, inline: Callable[[str], Markup]) -> Item:
        return Item(
            replace(shape.question(inline), rows=drawn(shape.steps, inline)),
            replace(
                shape.key(inline),
                order=shape.order,
                whys={step.id: inline(step.why) for step in shape.steps},
            ),
        )

    def take(self, question: Question, fields: Fields) -> Given | None:
        return take_rows(question, fields, allowed=_positions(len(question.rows)))

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        answers = answers_by_row(given)
        right = dict(zip(key.order, _positions(len(key.order)), strict=True))
        alone = _positions_given_once(answers)
        placed = {step: position for step, position in answers.items() if position in alone}
        return mark_rows({step.id: placed.get(step.id) == right[step.id] for step in question.rows})

    def is_complete(self, question: Question, given: Given | None) -> bool:
        return is_every_row_filled(question, given)


def _positions(count: int) -> tuple[str, ...]:
    return tuple(str(position) for position in range(1, count + 1))


def _positions_given_once(answers: Mapping[str, str]) -> frozenset[str]:
    return frozenset(position for position, times in Counter(answers.values()).items() if times == 1)
