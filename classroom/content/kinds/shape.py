"""What items of all kinds have in common in the file. Problems are sentences for the author, all of an item at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Self

from markupsafe import Markup
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from classroom.content.model import Choice, Depth, Key, Question
from classroom.thai import CHOICE_LETTERS

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

Id = Annotated[str, StringConstraints(pattern=f"^{_ID}$")]
Place = Annotated[str, StringConstraints(pattern=f"^{_ID}#{_ID}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

LEAST_CHOICES = 2
MOST_CHOICES = len(CHOICE_LETTERS)
"""A choice is called by a letter on the page, and the letters end."""


class Written(BaseModel):
    """Something an author wrote: no field beyond those known, never changed after it was checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenPart(Written):
    """Something to choose or to place that is not right or wrong by itself."""

    id: Id
    text: Text


class WrittenChoice(WrittenPart):
    """A choice that is right or wrong, and why."""

    right: StrictBool = False
    why: Text


class ItemShape(Written):
    """The fields that an item of any kind has."""

    id: Id
    kind: str
    level: Depth
    objective: Id
    article: Annotated[int, Field(strict=True, ge=1, le=30)]
    ask: Text
    scenario: StrictBool = False
    explain: Text | None = None
    replaces: Id | None = None
    see: Place | None = None

    def problems(self) -> Iterator[str]:
        """The rules of the kind that this item breaks, one sentence each."""
        yield from ()

    @model_validator(mode="after")
    def _follows_its_rules(self) -> Self:
        sentences = " ".join(self.problems())
        if sentences:
            raise PydanticCustomError("item_rule", "{sentences}", {"sentences": sentences})
        return self

    def question(self, inline: Callable[[str], Markup]) -> Question:
        """The question without anything to choose from."""
        return Question(
            id=self.id,
            kind=self.kind,
            ask=inline(self.ask),
            depth=self.level,
            objective=self.objective,
            article=self.article,
            is_scenario=self.scenario,
        )

    def key(self, inline: Callable[[str], Markup]) -> Key:
        """The key without anything that is right yet."""
        lesson_id, _, part_id = (self.see or "").partition("#")
        return Key(
            question_id=self.id,
            explain=inline(self.explain) if self.explain else None,
            lesson_id=lesson_id,
            part_id=part_id,
        )


def drawn(written: Iterable[WrittenPart], inline: Callable[[str], Markup]) -> tuple[Choice, ...]:
    """What may be chosen, as the page shows it, in the author's order."""
    return tuple(Choice(one.id, inline(one.text)) for one in written)


def wrong_count(name: str, count: int, least: int = LEAST_CHOICES, most: int = MOST_CHOICES) -> Iterator[str]:
    """A sentence if the item has too few or too many of `name`."""
    if not least <= count <= most:
        yield f"There must be {least} to {most} {name}, not {count}."


def repeated_ids(name: str, ids: Iterable[str]) -> Iterator[str]:
    """A sentence for every id that stands more than once among the item's `name`."""
    for id_, times in Counter(ids).items():
        if times > 1:
            yield f"The id {id_} stands {times} times among the {name}; give each its own."
