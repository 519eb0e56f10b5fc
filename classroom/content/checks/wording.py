"""Warnings: words that wording.yaml asks to avoid, with its reason. Never more than a warning; an author decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classroom import phrases
from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem
from classroom.content.schema import WordingShape

_QUOTED = re.compile("\u201c[^\u201d]*\u201d")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    if manuscript.wording is None:
        return
    for file, text in manuscript.texts.items():
        if file == manuscript.wording.file:
            continue
        for line, content in enumerate(text.split("\n"), start=1):
            for entry in manuscript.wording.shape:
                yield from _warnings(file, line, content, entry)


def _warnings(file: str, line: int, content: str, entry: WordingShape) -> Iterator[Problem]:
    own_words = _QUOTED.sub("", content)
    for phrase in sorted(entry.unless, key=len, reverse=True):
        own_words = own_words.replace(phrase, "")
    for word in entry.avoid:
        if word in own_words:
            yield Problem(file, line, _advice(word, entry), is_warning=True)


def _advice(word: str, entry: WordingShape) -> str:
    if not entry.use:
        return phrases.AVOID_WORD.format(word=word, reason=entry.reason)
    return phrases.AVOID_WORD_USE.format(word=word, use=" / ".join(entry.use), reason=entry.reason)
