"""In which order an attempt shows its items and choices. Pure; kept with it, so that a reload changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from classroom.content.model import Choice, Item, Quiz

KEEPS_ITS_ORDER = "true-false"


@dataclass(frozen=True, slots=True)
class Order:
    """Item ids in order, and per item the ids of its choices and rows in order."""

    items: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[str, ...]]

    def to_json(self) -> dict[str, Any]:
        return {"items": self.items, "choices": dict(self.choices), "rows": dict(self.rows)}


def from_json(stored: Mapping[str, Any]) -> Order:
    """The order back from JSON."""
    return Order(
        tuple(stored["items"]),
        {question: tuple(ids) for question, ids in stored["choices"].items()},
        {question: tuple(ids) for question, ids in stored["rows"].items()},
    )


def authors_order(quiz: Quiz) -> Order:
    """As written: what the quiz's public page shows, so that an attempt begun from it looks the same."""
    return _order(quiz, lambda ids: ids)


def shuffled(quiz: Quiz, random: Random) -> Order:
    """Items and choices mixed; true and false stay where everybody expects them."""
    return _order(quiz, lambda ids: tuple(random.sample(ids, len(ids))))


def _order(quiz: Quiz, mix: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Order:
    questions = [item.question for item in quiz.items]
    mixed = [question for question in questions if question.kind != KEEPS_ITS_ORDER]
    return Order(
        mix(tuple(question.id for question in questions)),
        {question.id: mix(_ids(question.choices)) for question in mixed if question.choices},
        {question.id: mix(_ids(question.rows)) for question in mixed if question.rows},
    )


def _ids(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.id for choice in choices)


def arrange(quiz: Quiz, order: Order) -> tuple[Item, ...]:
    """The quiz's items as the order has them."""
    items = {item.question.id: item for item in quiz.items}
    return tuple(_arrange_item(items[id_], order) for id_ in order.items)


def _arrange_item(item: Item, order: Order) -> Item:
    question = item.question
    return replace(
        item,
        question=replace(
            question,
            choices=_arranged(question.choices, order.choices.get(question.id)),
            rows=_arranged(question.rows, order.rows.get(question.id)),
        ),
    )


def _arranged(choices: tuple[Choice, ...], ids: tuple[str, ...] | None) -> tuple[Choice, ...]:
    if ids is None:
        return choices
    by_id = {choice.id: choice for choice in choices}
    return tuple(by_id[id_] for id_ in ids)
