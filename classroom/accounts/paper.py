"""Rows of somebody's data as a person reads them: titles in the place of ids, times in Thai."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from classroom import phrases, thai
from classroom.content.model import Library, Question


class Paper:
    """Writes down values with the titles that this library gives to ids."""

    def __init__(self, shown: Library) -> None:
        self._names = dict(_names(shown))
        self._choices = {
            item.question.id: _choices(item.question) for quiz in shown.quizzes.values() for item in quiz.items
        }

    def row(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Name and value of each column that holds something; choices are said in the words of their question."""
        names = self._names | self._choices.get(str(row.get("question_id")), {})
        for column, value in row.items():
            if value not in (None, "", [], {}):
                yield phrases.DATA_COLUMNS[column], self._say(value, names)

    def _say(self, value: object, names: Mapping[str, str]) -> str:
        if isinstance(value, bool):
            return phrases.YES if value else phrases.NO
        if isinstance(value, datetime):
            return thai.date_and_time(value)
        if isinstance(value, Mapping):
            return ", ".join(self._pair(str(key), one, names) for key, one in value.items())
        if isinstance(value, list | tuple):
            return ", ".join(self._say(one, names) for one in value)
        return names.get(str(value), str(value))

    def _pair(self, key: str, value: object, names: Mapping[str, str]) -> str:
        within = {**names, **self._choices.get(key, {})}
        return f"{within.get(key, key)}: {self._say(value, within)}"


def _names(shown: Library) -> Iterator[tuple[str, str]]:
    """Titles behind the ids that rows hold, and Thai for our own words."""
    yield from phrases.DATA_WORDS.items()
    for course in shown.courses.values():
        yield course.id, course.title.plain
        yield from ((lesson.id, lesson.title.plain) for lesson in course.lessons)
    for quiz in shown.quizzes.values():
        yield from ((item.question.id, item.question.ask.striptags()) for item in quiz.items)


def _choices(question: Question) -> dict[str, str]:
    return {choice.id: choice.text.striptags() for choice in (*question.rows, *question.choices)}
