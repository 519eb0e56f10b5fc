"""Signs that a reader cannot see or that Thai does not write so, in every line of every file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping

from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem
from classroom.content.records import Record

_THAI = re.compile("[\u0e01-\u0e5b]")
_CONSONANT = "\u0e01-\u0e2e"
_VOWEL_MARK = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"
_TONE_MARK = "\u0e48-\u0e4c\u0e4e"

_INVISIBLE = "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\u061c\u180e\ufff9-\ufffb"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_TWICE = (
    f"[{_VOWEL_MARK}]{{2}}",
    f"[{_TONE_MARK}]{{2}}",
    "\u0e30\u0e30",
    "\u0e33\u0e33",
    "(?!\u0e40\u0e40)[\u0e40-\u0e44]{2}",
)
_MISPLACED = (
    f"(?<![{_CONSONANT}{_VOWEL_MARK}{_TONE_MARK}])[{_TONE_MARK}]",
    f"(?<![{_CONSONANT}{_VOWEL_MARK}])[{_VOWEL_MARK}]",
)

_FAULTS: Mapping[str, str] = {
    f"[{_INVISIBLE}]": "An invisible character ({name}) stands here; delete it.",
    f"[{_CONTROL}]": "A control character ({name}) stands here; delete it.",
    "\ufffd": "A character was lost here ({name}); write it again.",
    "(?<!\u00a0)\u0e46": "Before \u0e46 stands a no-break space (U+00A0), as in \u0e15\u0e48\u0e32\u0e07\u00a0\u0e46.",
    "\u0e4d[\u0e48-\u0e4b]?\u0e32": "Sara am is written in two signs here; type \u0e33 (U+0E33).",
    "\u0e40\u0e40": "\u0e40 stands twice here; type \u0e41 (U+0E41).",
    "|".join(_TWICE): "A Thai vowel or tone mark stands twice here; leave one.",
    "|".join(_MISPLACED): "A Thai vowel or tone mark stands in the wrong place here; type the syllable again.",
}
"""Pattern and message."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for file, text in manuscript.texts.items():
        for line, content in enumerate(text.split("\n"), start=1):
            yield from _faults(file, line, content)
            # Markdown turns &#8203; into the character itself.
            yield from _faults(file, line, html.unescape(content))
    for file, record in manuscript.records.items():
        yield from _scalar_faults(file, record)


def _scalar_faults(file: str, record: Record) -> Iterator[Problem]:
    for scalar in record.scalars:
        if scalar.is_quoted:
            yield from _faults(file, scalar.line, html.unescape(scalar.text.replace("\n", " ")))
        if scalar.spans_lines and _THAI.search(scalar.text):
            yield Problem(file, scalar.line, "A line ends inside a Thai text; write it as one line.")


def _faults(file: str, line: int, text: str) -> Iterator[Problem]:
    if not unicodedata.is_normalized("NFC", text):
        yield Problem(file, line, "Letters and their marks are stored apart here (not NFC); type them again.")
    for pattern, message in _FAULTS.items():
        match = re.search(pattern, text)
        if match:
            yield Problem(file, line, message.format(name=_name(match[0])))


def _name(character: str) -> str:
    return f"U+{ord(character[0]):04X}"
