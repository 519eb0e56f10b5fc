"""An id that was shipped stays, and every id is kept."""

from __future__ import annotations

from pathlib import Path

from classroom.content.ids import keep_ids
from tests.content.sound import COURSE_QUIZ, IDS, LESSON, QUIZ, change, problems, sound_lessons, warnings, write

KEPT = """\
block limits checklist before-posting
block limits reflect my-moment
lesson limits
lesson listening
lesson unfinished
question limits-1
question limits-2
question limits-3
question listening-1
question listening-2
question listening-3
question speaking-post-1
question speaking-pre-1
question unfinished-1
question unfinished-2
question unfinished-3
"""


def test_every_id_is_kept_one_a_line_and_sorted(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    assert (root / IDS).read_text() == KEPT


def test_keeping_again_keeps_nothing_new(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    assert (keep_ids(root), (root / IDS).read_text()) == (0, KEPT)


def test_keeping_says_how_many_were_new_and_drops_none(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, QUIZ, "- id: limits-3", "- id: limits-4\n  replaces: limits-3")
    change(root, LESSON, "::: check limits-3", "::: check limits-4")
    assert keep_ids(root) == 1
    assert (root / IDS).read_text() == KEPT.replace("question limits-3\n", "question limits-3\nquestion limits-4\n")


def test_an_id_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "::: reflect id=my-moment", "::: reflect id=your-moment")
    change(root, COURSE_QUIZ, "- id: speaking-pre-1", "- id: speaking-pre-2")
    assert problems(root) == [
        f"{IDS}:2: `block limits reflect my-moment` was shipped and is gone; put it back.",
        f"{IDS}:13: `question speaking-pre-1` was shipped and is gone; put it back, or name it in `replaces:`.",
    ]


def test_a_question_that_another_replaces_may_be_gone(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, QUIZ, "- id: limits-3", "- id: limits-4\n  replaces: limits-3")
    change(root, LESSON, "::: check limits-3", "::: check limits-4")
    assert problems(root) == []


def test_an_id_that_is_not_kept_yet_is_a_warning_that_says_what_to_do(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    write(root, IDS, KEPT.replace("lesson limits\n", "").replace("question limits-1\n", ""))
    message = (
        "Not kept yet: lesson limits, question limits-1. Before they are shipped run `classroom content keep-ids`."
    )
    assert (problems(root), warnings(root)) == ([], [f"{IDS}:1: {message}"])


def test_a_file_that_cannot_be_read_does_not_make_its_ids_gone(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    write(root, QUIZ, "")
    assert problems(root) == [f"{QUIZ}:1: A quiz is a list of items, each beginning with `- id:`."]
