"""The kinds of question. A kind is one file here, one template, and one entry in `KINDS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from classroom.content.kinds.kind import Fields, Given, Kind, Mark, UnknownAnswer
from classroom.content.kinds.matching import Matching
from classroom.content.kinds.one_choice import OneChoice
from classroom.content.kinds.ordering import Ordering
from classroom.content.kinds.several_choices import SeveralChoices
from classroom.content.kinds.shape import ItemShape
from classroom.content.kinds.short_text import AnswerTooLong, ShortText
from classroom.content.kinds.true_false import TrueFalse

__all__ = [
    "KINDS",
    "AnswerTooLong",
    "Fields",
    "Given",
    "ItemShape",
    "Kind",
    "Mark",
    "UnknownAnswer",
]

KINDS: Mapping[str, Kind[Any]] = MappingProxyType(
    {
        OneChoice.name: OneChoice(),
        SeveralChoices.name: SeveralChoices(),
        TrueFalse.name: TrueFalse(),
        Matching.name: Matching(),
        Ordering.name: Ordering(),
        ShortText.name: ShortText(),
    }
)
