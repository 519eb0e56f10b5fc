"""Rows that each get a choice. The answer earns the rows matched right over all rows; right when every row is.

There may be one or two choices more than rows, so that the last row is no gift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
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

LEAST_ROWS = 3
MOST_ROWS = 5
MOST_SPARE_CHOICES = 2


class WrittenRow(WrittenPart):
    match: Id
    why: Text


class MatchingShape(ItemShape):
    kind: Literal["matching"]
    rows: tuple[WrittenRow, ...]
    choices: tuple[WrittenPart, ...]

    def problems(self) -> Iterator[str]:
        yield from wrong_count("rows", len(self.rows), LEAST_ROWS, MOST_ROWS)
        yield from wrong_count(
            "choices",
            len(self.choices),
            len(self.rows),
            len(self.rows) + MOST_SPARE_CHOICES,
        )
        yield from repeated_ids("rows", (row.id for row in self.rows))
        yield from repeated_ids("choices", (choice.id for choice in self.choices))
        yield from self._wrong_matches()

    def _wrong_matches(self) -> Iterator[str]:
        known = {choice.id for choice in self.choices}
        for row in self.rows:
            if row.match not in known:
                yield f"The row {row.id} matches {row.match}, which is not among the choices."
        for choice, times in Counter(row.match for row in self.rows).items():
            if times > 1:
                yield f"The choice {choice} is matched by {times} rows; a choice fits one row at most."


class Matching(Kind[MatchingShape]):
    name: ClassVar[str] = "matching"
    shape = MatchingShape

    def build(self, shape: MatchingShape, inline: Callable[[str], Markup]) -> Item:
        return Item(
            replace(
                shape.question(inline),
                rows=drawn(shape.rows, inline),
                choices=drawn(shape.choices, inline),
            ),
            replace(
                shape.key(inline),
                matches={row.id: row.match for row in shape.rows},
                whys={row.id: inline(row.why) for row in shape.rows},
            ),
        )

    def take(self, question: Question, fields: Fields) -> Given | None:
        return take_rows(question, fields, allowed={choice.id for choice in question.choices})

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        answers = answers_by_row(given)
        return mark_rows({row.id: answers.get(row.id) == key.matches[row.id] for row in question.rows})

    def is_complete(self, question: Question, given: Given | None) -> bool:
        return is_every_row_filled(question, given)
