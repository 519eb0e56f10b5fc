"""The words on learner cards: 2,048 familiar ones, so that four of them are 44 random bits.

No word's skeleton is another's, or the beginning of another's (`.ci/choose_card_words.py` sees to it): four words read
in one way only, with spaces between or without, and whatever of their tones was left out.
"""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("card_words.txt")
ON_A_CARD = 4


@cache
def words() -> tuple[str, ...]:
    """All of them, in dictionary order."""
    return tuple(FILE.read_text(encoding="utf-8").split())


def draw() -> tuple[str, ...]:
    """The words for one card."""
    return tuple(secrets.choice(words()) for _ in range(ON_A_CARD))
