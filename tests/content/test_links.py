"""Links outside are safe, links inside alive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.sound import (
    LESSON,
    QUIZ,
    change,
    problems,
    sound_lessons,
)

FORBIDDEN = "The link {target} must begin with https://, mailto: or, to a page of ours, with /."
NO_ADDRESS = "{target} is no address."
NO_PAGE = "The link {target} is dead: there is no page {target}."
LINKS = {
    "javascript:alert(1)": FORBIDDEN,
    "JavaScript:alert(1)": FORBIDDEN,
    "data:text/html,x": FORBIDDEN,
    "ftp://example.org/": FORBIDDEN,
    "//example.org/": FORBIDDEN,
    "https:example": NO_ADDRESS,
    "http://[:]/": NO_ADDRESS,
    "https://classroom.example@example.org/": NO_ADDRESS,
    "../listening": NO_PAGE,
    "/courses/nothing": NO_PAGE,
    "/courses/speaking/nothing": NO_PAGE,
    "/courses/speaking/listening/teach": NO_PAGE,
    "/courses/speaking/unfinished": NO_PAGE,
    "/rights/31": NO_PAGE,
    "/staff": NO_PAGE,
    "/courses/speaking/listening#end": "The link {target} is dead: /courses/speaking/listening has no place #end.",
    "/glossary#nothing": "The link {target} is dead: /glossary has no place #nothing.",
    "#nothing": "This page has no place {target}.",
}


@pytest.mark.parametrize("target", LINKS)
def test_a_dead_or_unsafe_link_is_found_at_its_line(target: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "(/courses/speaking/listening#begin)", f"({target})")
    assert problems(root) == [f"{LESSON}:{line}: {LINKS[target].format(target=target)}"]


@pytest.mark.parametrize(
    "target",
    (
        "/ /courses /courses/speaking /courses/speaking/quiz/pre /courses/speaking/quiz/post /courses/speaking/limits "
        "/courses/speaking/limits/quiz /courses/speaking/limits/teach /courses/speaking/limits#my-moment #try-it "
        "/glossary /glossary#consent /rights /rights/30 /about /me https://example.org/a?b=c#d http://example.org/ "
        "mailto:someone@example.org"
    ).split(),
)
def test_a_living_link_is_fine(target: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "(/courses/speaking/listening#begin)", f"({target})")
    assert problems(root) == []


def test_a_dead_link_in_a_question_is_found_at_the_line_of_its_text(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, QUIZ, '"คำนี้อยู่ในหลักข้อสาม"', '"อ่าน [ที่นี่](/nothing)"')
    assert problems(root) == [f"{QUIZ}:{line}: The link /nothing is dead: there is no page /nothing."]


def test_a_draft_may_point_at_a_draft(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, "speaking/unfinished/lesson.md", "ฟังก่อน[^", "[ฟัง](/courses/speaking/unfinished)ก่อน[^")
    assert problems(root) == []
