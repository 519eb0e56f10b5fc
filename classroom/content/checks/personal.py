"""A Thai identity number must stand nowhere: not in an example, not in a made-up case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem

_ARABIC_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_GAP = "[ \u00a0\u2010-\u2015-]?"
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{5}}{_GAP}[0-9]{{2}}{_GAP}[0-9](?![0-9])")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for file, text in manuscript.texts.items():
        for line, content in enumerate(text.split("\n"), start=1):
            numbers = _NUMBER.findall(content.translate(_ARABIC_DIGITS))
            if any(_has_right_check_digit(number) for number in numbers):
                message = "A valid identity number of 13 digits stands here; take it out, even if it is nobody's."
                yield Problem(file, line, message)


def _has_right_check_digit(number: str) -> bool:
    """The rule of the Department of Provincial Administration: weights 13 to 2, modulo 11."""
    *digits, last = (int(sign) for sign in number if sign.isdigit())
    total = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == last
