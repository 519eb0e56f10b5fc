"""Quizzes: from a file to items, from items to a source that can be kept, from a source back to the same quiz."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from classroom.content import markdown
from classroom.content.kinds import KINDS, ItemShape, Kind
from classroom.content.manuscript import ItemSheet
from classroom.content.markdown import Reference
from classroom.content.model import Item, Quiz
from classroom.content.problems import Problems
from classroom.content.records import Lines, Value, texts_in
from classroom.content.schema import fit

VERSION_LENGTH = 16


def read_items(value: Value, lines: Lines, file: str, problems: Problems) -> tuple[ItemSheet, ...]:
    """The items of a list, each by its kind; those that do not fit are problems and left out."""
    if not isinstance(value, list):
        problems.add(file, lines.at(), "A quiz is a list of items, each beginning with `- id:`.")
        return ()
    return tuple(_items(value, lines, file, problems))


def _items(values: list[Value], lines: Lines, file: str, problems: Problems) -> Iterator[ItemSheet]:
    for position, data in enumerate(values):
        here = lines.under(position)
        kind = _kind(data)
        if not isinstance(data, dict) or kind is None:
            problems.add(file, here.at("kind"), f"An item needs `kind:`, one of {', '.join(KINDS)}.")
            continue
        shape: ItemShape | None = fit(kind.shape, data, here, file, problems)
        if shape is not None:
            yield ItemSheet(file, kind, shape, data, here, tuple(_references(data, here, file, problems)))


def _references(data: Value, lines: Lines, file: str, problems: Problems) -> Iterator[Reference]:
    for path, text in texts_in(data):
        line = lines.at(*path)
        tokens = markdown.parse_inline(text)
        for _, mark in markdown.loose_marks(tokens, line):
            problems.add(file, line, f"The mark {mark} has no meaning here; complete it or take it out.")
        for reference in markdown.references(tokens, line):
            yield replace(reference, line=line)


def _kind(data: Value) -> Kind[Any] | None:
    name = data.get("kind") if isinstance(data, dict) else None
    return KINDS.get(name) if isinstance(name, str) else None


def write_source(course_id: str, lesson_id: str | None, items: Iterable[Mapping[str, Value]]) -> str:
    """The items as canonical JSON: the same items give the same text."""
    source = {"course": course_id, "lesson": lesson_id, "items": [dict(item) for item in items]}
    return json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_source(quiz_id: str, source: str) -> Quiz:
    """The quiz that `source` was written from, whatever the file says by now.

    Raises ValueError if it is no source of a quiz, or of a kind that no longer exists.
    """
    try:
        written = json.loads(source)
        course_id, lesson_id = written["course"], written["lesson"]
        items = tuple(_item(data, lesson_id or "") for data in written["items"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is not the source of a quiz: {error!r}") from error
    version = hashlib.sha256(source.encode()).hexdigest()[:VERSION_LENGTH]
    return Quiz(quiz_id, course_id, lesson_id, items, source, version)


def _item(data: Mapping[str, Value], lesson_id: str) -> Item:
    kind = KINDS[str(data["kind"])]
    item = kind.build(kind.shape.model_validate(data), markdown.inline)
    return replace(item, key=replace(item.key, lesson_id=item.key.lesson_id or lesson_id))
