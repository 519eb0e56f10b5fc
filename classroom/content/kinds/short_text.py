"""A few words, typed. Right when they equal one of the listed variants; near and wrong answers earn nothing.

The comparison forgives spaces, Thai digits, case, invisible signs and both spellings of sara am (see `thai.fold`).
A near answer is wrong too, but brings a why of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from markupsafe import Markup

from classroom import phrases
from classroom.content.kinds.kind import Fields, Given, Kind, Mark, only_value
from classroom.content.kinds.shape import ItemShape, Text, Written
from classroom.content.model import Item, Key, Question
from classroom.errors import Refusal
from classroom.thai import fold

MOST_CHARACTERS = 500
"""Counted after what is invisible is dropped."""

_LINE_ENDS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNSEEN = {"Cc", "Cf", "Cs"}
"""Unicode categories: controls, format characters (zero-width, bidi), lone surrogates (no database stores them)."""


class AnswerTooLong(Refusal):
    """The text has more than `MOST_CHARACTERS` characters."""

    def __init__(self) -> None:
        super().__init__(phrases.ANSWER_TOO_LONG)


class WhyOfResult(Written):
    right: Text
    wrong: Text


class NearAnswer(Written):
    text: Text
    why: Text


class ShortTextShape(ItemShape):
    kind: Literal["short-text"]
    accept: tuple[Text, ...]
    near: tuple[NearAnswer, ...] = ()
    why: WhyOfResult

    def problems(self) -> Iterator[str]:
        if not self.accept:
            yield "No answer is accepted; list at least one under `accept`."
        seen = {fold(text) for text in self.accept}
        for near in self.near:
            if fold(near.text) in seen:
                yield f"The near answer “{near.text}” is already accepted or listed; it would never be used."
            seen.add(fold(near.text))


class ShortText(Kind[ShortTextShape]):
    name: ClassVar[str] = "short-text"
    shape = ShortTextShape

    def build(self, shape: ShortTextShape, inline: Callable[[str], Markup]) -> Item:
        near = tuple((one.text, inline(one.why)) for one in shape.near)
        whys = {"right": inline(shape.why.right), "wrong": inline(shape.why.wrong)}
        near_whys = {_near_id(index): why for index, (_, why) in enumerate(near)}
        return Item(
            shape.question(inline),
            replace(shape.key(inline), accept=shape.accept, near=near, whys=whys | near_whys),
        )

    def take(self, question: Question, fields: Fields) -> Given | None:
        return _clean(only_value(fields.get(question.id, ()))) or None

    def mark(self, question: Question, key: Key, given: Given | None) -> Mark:
        verdict = _verdict(key, fold(given)) if isinstance(given, str) else "wrong"
        is_right = verdict == "right"
        return Mark(
            is_right=is_right,
            share=1.0 if is_right else 0.0,
            parts={},
            why_ids=(verdict,),
        )


def _clean(text: str) -> str:
    """NFC on one line, without what cannot be seen."""
    one_line = _LINE_ENDS.sub(" ", text)
    seen = "".join(character for character in one_line if unicodedata.category(character) not in _UNSEEN).strip()
    # Before composing too: composing thousands of stacked marks takes quadratic time.
    return _within_limit(unicodedata.normalize("NFC", _within_limit(seen)))


def _within_limit(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise AnswerTooLong
    return text


def _verdict(key: Key, folded: str) -> str:
    """The id of the why that the answer earns."""
    if any(folded == fold(variant) for variant in key.accept):
        return "right"
    for index, (text, _) in enumerate(key.near):
        if folded == fold(text):
            return _near_id(index)
    return "wrong"


def _near_id(index: int) -> str:
    return f"near-{index}"
