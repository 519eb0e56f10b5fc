"""A quiz can be read again from what is kept of it, whatever became of its file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from classroom.content.model import Library
from classroom.content.quizzes import read_source
from classroom.content.reader import read_library
from tests.content.sound import QUIZ, change, sound_lessons


def library_of(root: Path) -> Library:
    library = read_library(root).library
    assert library is not None
    return library


def test_every_quiz_read_from_its_source_is_the_same_quiz(tmp_path: Path) -> None:
    library = library_of(sound_lessons(tmp_path))
    assert {id_: read_source(id_, quiz.source) for id_, quiz in library.quizzes.items()} == library.quizzes


def test_the_version_is_the_digest_of_the_source(tmp_path: Path) -> None:
    quiz = library_of(sound_lessons(tmp_path)).quizzes["limits"]
    assert quiz.version == hashlib.sha256(quiz.source.encode()).hexdigest()[:16]


def test_the_version_changes_with_a_word_and_not_with_a_comment(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    first = library_of(root).quizzes["limits"].version
    change(root, QUIZ, "- id: limits-2", "# remark\n- id: limits-2")
    assert library_of(root).quizzes["limits"].version == first
    change(root, QUIZ, "ask: จับคู่", "ask: จับคู่กัน")
    assert library_of(root).quizzes["limits"].version != first


def test_an_answer_stands_under_the_heading_above_its_check_unless_the_item_says_elsewhere(tmp_path: Path) -> None:
    quiz = library_of(sound_lessons(tmp_path)).quizzes["limits"]
    places = [(item.key.lesson_id, item.key.part_id) for item in quiz.items]
    assert places == [("limits", "try-it"), ("limits", "try-it"), ("listening", "begin")]


def test_a_check_above_the_first_heading_has_its_answer_in_the_lesson(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    check = "::: check listening-1\n:::\n\n"
    change(root, "speaking/listening/lesson.md", check, "")
    change(root, "speaking/listening/lesson.md", "## เริ่ม", f"{check}## เริ่ม")
    key = library_of(root).quizzes["listening"].items[0].key
    assert (key.lesson_id, key.part_id) == ("listening", "")


def test_a_courses_quizzes_belong_to_no_lesson(tmp_path: Path) -> None:
    course = library_of(sound_lessons(tmp_path)).courses["speaking"]
    assert course.pre is not None
    assert (course.pre.id, course.pre.course_id, course.pre.lesson_id) == ("speaking.pre", "speaking", None)
    assert (course.pre.is_pre_test, course.pre.is_post_test) == (True, False)


def test_a_course_without_a_quiz_has_neither(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / "speaking/quiz.yaml").unlink()
    (root / "speaking/ids.txt").unlink()
    course = library_of(root).courses["speaking"]
    assert (course.pre, course.post) == (None, None)


SOURCE = {"course": "c", "lesson": "l", "items": []}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "{}",
        "null",
        "not json",
        json.dumps({**SOURCE, "items": [{"kind": "essay"}]}),
        json.dumps({**SOURCE, "items": [{"kind": "true-false"}]}),
        json.dumps({**SOURCE, "items": [3]}),
    ],
)
def test_what_is_no_source_of_a_quiz_is_a_value_error(source: str) -> None:
    with pytest.raises(ValueError, match=r"not the source of a quiz|validation error|Expecting value"):
        read_source("l", source)


def test_a_stored_source_with_markup_in_it_stays_text() -> None:
    item = {
        "id": "a",
        "kind": "true-false",
        "level": "recall",
        "objective": "o",
        "article": 1,
        "ask": "<script>alert(1)</script>[x](javascript:alert(1))",
        "answer": True,
        "why": {"true": "ก", "false": "ข"},
    }
    quiz = read_source("l", json.dumps({**SOURCE, "items": [item]}))
    assert str(quiz.items[0].question.ask) == "&lt;script&gt;alert(1)&lt;/script&gt;<a>x</a>"
