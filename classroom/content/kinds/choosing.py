"""What the kinds answered by choosing share: ids out of a form, and the mark of each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from markupsafe import Markup

from classroom.content.kinds.kind import Fields, Given, Mark, UnknownAnswer
from classroom.content.kinds.shape import ItemShape, WrittenChoice, drawn
from classroom.content.model import Item, Key, Question


def build_choices(shape: ItemShape, choices: Iterable[WrittenChoice], inline: Callable[[str], Markup]) -> Item:
    """The item of a shape whose choices carry their own verdict and why."""
    choices = tuple(choices)
    return Item(
        replace(shape.question(inline), choices=drawn(choices, inline)),
        replace(
            shape.key(inline),
            right=frozenset(choice.id for choice in choices if choice.right),
            whys={choice.id: inline(choice.why) for choice in choices},
        ),
    )


def take_one(question: Question, fields: Fields) -> tuple[str, ...] | None:
    """The one choice posted; two different ones can only be forged."""
    chosen = take_several(question, fields)
    if chosen and len(chosen) > 1:
        raise UnknownAnswer
    return chosen


def take_several(question: Question, fields: Fields) -> tuple[str, ...] | None:
    """The choices posted, in the author's order, without repeats."""
    posted = {value for value in fields.get(question.id, ()) if value}
    known = tuple(choice.id for choice in question.choices)
    if not posted.issubset(known):
        raise UnknownAnswer
    return tuple(id_ for id_ in known if id_ in posted) or None


def mark_one(question: Question, key: Key, given: Given | None) -> Mark:
    """The whole point for the right choice, nothing for any other."""
    chosen = chosen_ids(given)
    return mark_choices(question, key, chosen, share=1.0 if chosen == key.right else 0.0)


def mark_choices(question: Question, key: Key, chosen: frozenset[str], share: float) -> Mark:
    """A choice is treated right when it is right and chosen, or wrong and left; the whys: of those chosen or right."""
    ids = tuple(choice.id for choice in question.choices)
    return Mark(
        is_right=chosen == key.right,
        share=share,
        parts={id_: bool(chosen) and (id_ in chosen) == (id_ in key.right) for id_ in ids},
        why_ids=tuple(id_ for id_ in ids if id_ in chosen or id_ in key.right),
    )


def chosen_ids(given: Given | None) -> frozenset[str]:
    """The choices of an answer; none when it is open."""
    return frozenset(given) if isinstance(given, tuple) else frozenset()
