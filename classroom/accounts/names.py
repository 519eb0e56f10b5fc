"""What we call people: their own words, checked only for what would do harm on a page."""

from __future__ import annotations

import re
import unicodedata

from classroom import phrases, thai
from classroom.errors import Refusal

LONGEST = 80
MOST_MARKS = 4
"""Combining marks on one letter; Thai needs three at most."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
"""Bidirectional controls, zero-width and filling characters."""
_UNWRITTEN = frozenset({"Cc", "Cs", "Co", "Cn"})


class NameRefused(Refusal):
    """A name that cannot be shown as it is; the sentence says how to mend it."""


def clean(typed: str) -> str:
    """The name, NFC, with single spaces. Raises `NameRefused`."""
    if _INVISIBLE.search(typed):
        raise NameRefused(phrases.NAME_HAS_INVISIBLE)
    name = " ".join(thai.normalise(typed).split())
    if not name:
        raise NameRefused(phrases.NAME_IS_EMPTY)
    if len(name) > LONGEST:
        raise NameRefused(phrases.NAME_TOO_LONG)
    if any(unicodedata.category(letter) in _UNWRITTEN for letter in name) or _has_towers(name):
        raise NameRefused(phrases.NAME_CANNOT_BE_SHOWN)
    if thai.holds_id_number(name):
        raise NameRefused(phrases.NAME_HAS_ID_NUMBER)
    return name


def _has_towers(name: str) -> bool:
    """Does a heap of marks stand on one letter, or marks on nothing?"""
    marks = "".join("m" if unicodedata.category(letter) in ("Mn", "Me") else "-" for letter in name)
    return "m" * (MOST_MARKS + 1) in marks or marks.startswith("m")
