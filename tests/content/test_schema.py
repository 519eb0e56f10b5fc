"""A value that does not fit the format is said in words, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.sound import (
    COURSE,
    LESSON,
    OTHER_LESSON,
    QUIZ,
    change,
    problems,
    sound_lessons,
)

Fault = tuple[str, str, str, str]
"""A file, what stands in it, what an author writes instead, and the message at that place."""

SCHEMA: dict[str, Fault] = {
    "a field is missing": (LESSON, "last_checked: 2026-11-24\n", "", "`last_checked` is missing."),
    "a field is unknown": (
        LESSON,
        "lenses: []",
        "lenses: []\nauthor: me",
        "`author` is not a field of the format; take it out or correct its name.",
    ),
    "an id is no kebab": (
        LESSON,
        "{id: know-the-aims, text: บ",
        "{id: Know_aims, text: บ",
        "`objectives.id` must be lower-case English letters, digits and single hyphens, like my-id.",
    ),
    "a text is empty": (LESSON, "summary: จำกัดได้เมื่อผ่านหลักสามข้อ", 'summary: ""', "`summary` is empty."),
    "a text is a number": (
        LESSON,
        "summary: จำกัดได้เมื่อผ่านหลักสามข้อ",
        "summary: 12",
        "`summary` must be text; put quotes around it if it is.",
    ),
    "minutes are no number": (LESSON, "minutes: 10", "minutes: ten", "`minutes` must be a whole number."),
    "a date is of another calendar": (
        LESSON,
        "2026-11-24",
        "24/11/2569",
        "`last_checked`: write the date as year-month-day of the Christian era, like 2026-11-24.",
    ),
    "a date is a year": (
        LESSON,
        "2026-11-24",
        "2569",
        "`last_checked`: write the date as year-month-day of the Christian era, like 2026-11-24.",
    ),
    "an article is above thirty": (
        LESSON,
        "articles: [19, 29]",
        "articles: [31]",
        "`articles` must be 30 or less, not 31.",
    ),
    "an article is zero": (COURSE, "articles: [19]", "articles: [0]", "`articles` must be 1 or more, not 0."),
    "an article of a question is above thirty": (
        QUIZ,
        "article: 19\n  ask: จับคู่",
        "article: 31\n  ask: จับคู่",
        "`article` must be 30 or less, not 31.",
    ),
    "a level is unknown": (
        COURSE,
        "level: beginner",
        "level: hard",
        "`level` must be one of 'beginner', 'middle' or 'advanced'.",
    ),
    "a short title is long": (
        OTHER_LESSON,
        "short: ฟัง",
        "short: " + "ก" * 31,
        "`short` has more than 30 characters.",
    ),
    "a choice has no why": (
        QUIZ,
        ', why: "อยู่ในรายการ"}\n    - {id: comfort',
        "}\n    - {id: comfort",
        "`choices.why` is missing.",
    ),
    "a question has an unknown kind": (
        QUIZ,
        "kind: short-text",
        "kind: essay",
        "An item needs `kind:`, one of one-choice, several-choices, true-false, matching, ordering, short-text.",
    ),
}


@pytest.mark.parametrize("name", SCHEMA)
def test_a_value_that_does_not_fit_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    file, old, new, message = SCHEMA[name]
    root = sound_lessons(tmp_path)
    line = _SAID_AT.get(name, change(root, file, old, new))
    assert [problem for problem in problems(root) if problem.endswith(message)] == [f"{file}:{line}: {message}"]


_SAID_AT = {"a field is missing": 2, "a field is unknown": 9}
"""A missing field is said where its owner begins; the unknown one stands in the second line of the change."""
