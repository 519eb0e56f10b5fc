"""docs/writing-lessons.md says what is true: its examples are sound, and it has one of every block and kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom.content.blocks import READERS, read_body
from classroom.content.fences import Passage
from classroom.content.guides import read_guide
from classroom.content.kinds import KINDS
from classroom.content.model import Helpline, Picture
from classroom.content.page import Page
from classroom.content.problems import Problems
from classroom.content.quizzes import read_items
from classroom.content.records import read_record
from classroom.content.schema import LessonShape, fit

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(markdown|yaml)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
BODIES = [text for kind, text in EXAMPLES if kind == "markdown" and not text.startswith("# ")]
TEACHING = [text for kind, text in EXAMPLES if kind == "markdown" and text.startswith("# ")]
FRONT, QUIZ = (text for kind, text in EXAMPLES if kind == "yaml")


@pytest.mark.parametrize("text", BODIES)
def test_an_example_of_a_lesson_is_sound(text: str) -> None:
    problems = Problems()
    helplines = {id_: Helpline(id_, "", id_, "", "", "", "") for id_ in ("1387", "1300")}
    pictures = {"tree.svg": Picture("tree.svg", Path("tree.svg"), "image/svg+xml", 1, 1)}
    page = Page("lesson.md", "/courses/a/b", helplines, pictures, problems)
    read_body(Passage(tuple(text.split("\n")), 1), page)
    assert problems.in_order() == ()


def test_every_block_has_an_example() -> None:
    names = {name for text in BODIES for name in re.findall(r"^:{3,} ([a-z]+)", text, re.MULTILINE)}
    assert names - {"short"} == READERS.keys()


def test_the_example_of_front_matter_is_sound() -> None:
    problems = Problems()
    record = read_record(FRONT.replace("---\n", ""), "lesson.md", problems)
    assert record is not None
    fit(LessonShape, record.data, record.lines, "lesson.md", problems)
    assert problems.in_order() == ()


def test_every_field_of_front_matter_is_explained() -> None:
    explained = set(re.findall(r"^\| `([a-z_]+)` \|", GUIDE, re.MULTILINE))
    assert LessonShape.model_fields.keys() - explained == set()


def test_the_examples_of_questions_are_sound_and_of_every_kind() -> None:
    problems = Problems()
    record = read_record(QUIZ, "quiz.yaml", problems)
    assert record is not None
    items = read_items(record.data, record.lines, "quiz.yaml", problems)
    assert problems.in_order() == ()
    assert {item.kind.name for item in items} == KINDS.keys()


def test_the_example_of_a_teaching_guide_is_sound() -> None:
    problems = Problems()
    read_guide(TEACHING[0], "teach.md", problems)
    assert (len(TEACHING), problems.in_order()) == (1, ())
