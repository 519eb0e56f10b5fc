"""Signs that a reader cannot see or that Thai does not write so are found where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.sound import COURSE, GUIDE, LESSON, QUIZ, change, problems, sound_lessons, warnings

FAULTS = {
    "a zero-width space": ("ใบเตย\u200bลง", "An invisible character (U+200B) stands here; delete it."),
    "a word joiner": ("ใบเตย\u2060ลง", "An invisible character (U+2060) stands here; delete it."),
    "a soft hyphen": ("ใบเตย\u00adลง", "An invisible character (U+00AD) stands here; delete it."),
    "a bidi override": ("ใบเตย\u202eลง", "An invisible character (U+202E) stands here; delete it."),
    "a zero-width space as an entity": ("ใบเตย&#8203;ลง", "An invisible character (U+200B) stands here; delete it."),
    "a bell": ("ใบเตย\x07ลง", "A control character (U+0007) stands here; delete it."),
    "a lost character": ("ใบเตย\ufffdลง", "A character was lost here (U+FFFD); write it again."),
    "a repetition mark after a plain space": (
        "คล้าย ๆ ลง",
        "Before ๆ stands a no-break space (U+00A0), as in ต่าง\u00a0ๆ.",
    ),
    "a repetition mark after no space": ("คล้ายๆ ลง", "Before ๆ stands a no-break space (U+00A0), as in ต่าง\u00a0ๆ."),
    "a repetition mark after an entity, which a plain text would show": (
        "คล้าย&nbsp;ๆ ลง",
        "Before ๆ stands a no-break space (U+00A0), as in ต่าง\u00a0ๆ.",
    ),
    "sara am in two signs": ("ท\u0e4dาลง", "Sara am is written in two signs here; type ำ (U+0E33)."),
    "sara am in two signs around a tone": (
        "น\u0e4d\u0e49าลง",
        "Sara am is written in two signs here; type ำ (U+0E33).",
    ),
    "sara ae as two sara e": ("เเม่ลง", "เ stands twice here; type แ (U+0E41)."),
    "a tone mark twice": ("แม\u0e48\u0e48ลง", "A Thai vowel or tone mark stands twice here; leave one."),
    "two upper vowels": ("ส\u0e34\u0e35ลง", "A Thai vowel or tone mark stands twice here; leave one."),
    "sara a twice": ("จะะลง", "A Thai vowel or tone mark stands twice here; leave one."),
    "a leading vowel twice": ("แแม่ลง", "A Thai vowel or tone mark stands twice here; leave one."),
    "a tone mark after sara am": (
        "นำ\u0e49ลง",
        "A Thai vowel or tone mark stands in the wrong place here; type the syllable again.",
    ),
    "a mark without its letter": (
        "\u0e34ลง",
        "A Thai vowel or tone mark stands in the wrong place here; type the syllable again.",
    ),
    "a Latin letter stored apart from its accent": (
        "cafe\u0301 ลง",
        "Letters and their marks are stored apart here (not NFC); type them again.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_lesson_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    text, message = FAULTS[name]
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "ใบเตยลง", text)
    assert problems(root) == [f"{LESSON}:{line}: {message}"]


@pytest.mark.parametrize(
    "text",
    ["น้ำ", "สิทธิ์", "พันธุ์", "ก็เป็นเช่นนั้น", "ผู้ใหญ่", "ศักดิ์ศรี", "ต่าง\u00a0ๆ กัน", "ฤดู", "๒๕๖๙", "ป๊อป", "ที่นี่", "café", "“คำพูด”"],
)
def test_what_thai_writes_is_no_fault(text: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลง", text)
    assert problems(root) == []


@pytest.mark.parametrize(
    ("file", "old"), [(QUIZ, 'อยู่ในรายการ"}\n    - {id: comfort'), (GUIDE, "ชวนคิด"), (COURSE, "เรื่องของเสียง")]
)
def test_every_file_is_looked_through(file: str, old: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, file, old, "ต่างๆ" + old)
    assert problems(root) == [f"{file}:{line}: Before ๆ stands a no-break space (U+00A0), as in ต่าง\u00a0ๆ."]


def test_an_escape_in_yaml_hides_nothing(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, QUIZ, '"คำนี้อยู่ในหลักข้อสาม"', '"คำนี้\\u200bอยู่ในหลักข้อสาม"')
    assert problems(root) == [f"{QUIZ}:{line}: An invisible character (U+200B) stands here; delete it."]


def test_a_line_end_inside_a_thai_paragraph_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "ใบเตยลงรูปถาดอาหาร มีคน", "ใบเตยลงรูปถาดอาหาร\nมีคน")
    message = "A line ends inside a Thai paragraph and would show as a space; write it as one line."
    assert problems(root) == [f"{LESSON}:{line}: {message}"]


def test_a_line_end_inside_an_english_paragraph_is_none_of_ours(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลงรูปถาดอาหาร มีคนมาเล่าเรื่องคล้าย\u00a0ๆ กัน", "one\ntwo")
    assert problems(root) == []


def test_a_line_end_inside_the_teaching_guide_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, GUIDE, "| นาที", "อ่านออกเสียง\nทีละคน\n\n| นาที")
    assert problems(root) == [f"{GUIDE}:{line}: A line ends inside a Thai paragraph; write it as one line."]


@pytest.mark.parametrize("text", ["ฟังก่อน\n  ตอบ", '"ฟังก่อน\n  ตอบ"', ">\n  ฟังก่อน\n  ตอบ", "|\n  ฟังก่อน\n  ตอบ"])
def test_a_line_end_inside_a_thai_text_of_yaml_is_found(text: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, COURSE, "เรื่องของเสียง", text)
    assert problems(root) == [f"{COURSE}:{line}: A line ends inside a Thai text; write it as one line."]


def test_a_text_of_one_line_may_stand_below_its_key(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, COURSE, "summary: เรื่องของเสียง", "summary: >\n  เรื่องของเสียง")
    assert problems(root) == []


def test_the_sound_lessons_have_neither_problems_nor_warnings(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    assert (problems(root), warnings(root)) == ([], [])
