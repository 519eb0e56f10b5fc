"""Words to avoid are warned about, with the reason; quotations and names of laws keep theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.sound import (
    GUIDE,
    LESSON,
    change,
    problems,
    sound_lessons,
    warnings,
)


def test_a_word_to_avoid_is_a_warning_with_its_reason_and_the_better_word(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "ใบเตยลง", "ผู้พิการลง")
    assert (problems(root), warnings(root)) == (
        [],
        [f"{LESSON}:{line}: เลี่ยงคำว่า “ผู้พิการ” ใช้ คนพิการ แทน กฎหมายและคนพิการเองใช้คำนี้"],
    )


def test_a_word_to_avoid_without_a_better_one_says_only_why(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, GUIDE, "ชวนคิด", "ชวนคิดเรื่องคนทะลัก")
    assert warnings(root) == [f"{GUIDE}:{line}: เลี่ยงคำว่า “ทะลัก” เทียบคนกับน้ำท่วม"]


@pytest.mark.parametrize("text", ["พระราชบัญญัติผู้พิการ", "คนหนึ่งพูดว่า “ผู้พิการ” แล้วเงียบ", "คนพิการ"])
def test_a_laws_name_and_a_quotation_keep_their_words(text: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลง", text)
    assert warnings(root) == []
