"""The lessons folder becomes the library, whole or not at all, whatever stands in it."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest

from classroom.content.folder import LARGEST_FILE, LONGEST_LINE
from classroom.content.model import Domain, Library, Objective, Source
from classroom.content.reader import read_library
from tests.content.sound import (
    COURSE,
    FILES,
    LESSON,
    PICTURE,
    QUIZ,
    change,
    problems,
    sound_lessons,
    write,
)


def library_of(root: Path) -> Library:
    library = read_library(root).library
    assert library is not None
    return library


def test_the_library_holds_what_the_files_say(tmp_path: Path) -> None:
    library = library_of(sound_lessons(tmp_path))
    course = library.courses["speaking"]
    lesson = library.lessons["limits"]
    assert (course.title.plain, course.objectives) == (
        "พูดได้แค่ไหน",
        (Objective("use-the-test", "ใช้หลักสามข้อตรวจ", Domain.SKILL),),
    )
    assert (lesson.number, lesson.minutes, lesson.articles, lesson.last_checked) == (
        1,
        10,
        (19, 29),
        date(2026, 11, 24),
    )
    assert lesson.guide is not None
    assert lesson.guide.title == "แผนการจัดการเรียนรู้ · 50 นาที"
    assert list(library.quizzes) == ["limits", "listening", "speaking.pre", "speaking.post"]
    assert [helpline.id for helpline in library.helplines] == ["1387", "1300"]


def test_sources_stand_in_the_order_of_their_first_use(tmp_path: Path) -> None:
    library = library_of(sound_lessons(tmp_path))
    assert library.lessons["limits"].sources == (
        Source("iccpr19", 1, "กติกา ICCPR ข้อ 19"),
        Source("gc34", 2, "ความเห็นทั่วไปฉบับที่ 34"),
    )


def test_terms_stand_in_the_order_of_a_thai_dictionary(tmp_path: Path) -> None:
    assert list(library_of(sound_lessons(tmp_path)).terms) == ["consent", "proportionate"]


def test_a_lesson_knows_the_terms_of_its_body_and_of_its_checks(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, QUIZ, "ask: จับคู่", 'ask: "จับ[คู่]{gloss=consent}"')
    assert library_of(root).lessons["limits"].terms == ("proportionate", "consent")


def test_topics_and_short_title_come_from_the_course_and_the_title_where_the_lesson_has_none(tmp_path: Path) -> None:
    lessons = library_of(sound_lessons(tmp_path)).lessons
    assert [(lesson.topics, lesson.short) for lesson in lessons.values()] == [
        (("voice",), "รัฐจำกัดเสรีภาพในการแสดงออกได้เมื่อไร"),
        (("basics",), "ฟัง"),
    ]


def test_a_draft_is_checked_but_not_in_the_library(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    assert "unfinished" not in library_of(root).lessons
    change(root, "speaking/unfinished/lesson.md", "minutes: 5", "minutes: -5")
    assert problems(root) == ["speaking/unfinished/lesson.md:7: `minutes` must be 1 or more, not -5."]


def test_a_path_without_a_course_is_left_out(tmp_path: Path) -> None:
    assert [path.audience for path in library_of(sound_lessons(tmp_path)).paths] == ["pupils"]


def test_lessons_are_found_by_article(tmp_path: Path) -> None:
    library = library_of(sound_lessons(tmp_path))
    assert [lesson.id for lesson in library.lessons_about(29)] == ["limits"]


def test_the_version_changes_with_any_file_and_with_nothing_else(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    first = library_of(root).version
    assert library_of(root).version == first
    change(root, PICTURE, 'r="40"', 'r="41"')
    assert library_of(root).version != first


def test_the_library_is_none_exactly_when_something_is_to_mend(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลง", "ผู้พิการลง")
    assert (read_library(root).library is None, problems(root)) == (False, [])
    change(root, LESSON, "ผู้พิการลง", "ต่างๆลง")
    assert read_library(root).library is None


def test_problems_of_all_files_come_in_one_go_by_file_and_line(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "minutes: 10", "minutes: ten")
    change(root, LESSON, "::: summary\n- จำกัดได้\n", "::: summary\n")
    change(root, QUIZ, "article: 19\n  ask: จับคู่", "article: 99\n  ask: จับคู่")
    change(root, COURSE, "level: beginner\n", "")
    assert problems(root) == [
        f"{COURSE}:1: `level` is missing.",
        f"{LESSON}:5: `minutes` must be a whole number.",
        f"{LESSON}:87: `::: summary` holds one list of three lines, each beginning with `- `.",
        f"{QUIZ}:15: `article` must be 30 or less, not 99.",
    ]


def test_a_folder_that_is_not_there_has_everything_missing(tmp_path: Path) -> None:
    names = ("catalogue.yaml", "glossary.yaml", "helplines.yaml", "rights.yaml", "wording.yaml")
    assert problems(tmp_path / "nothing") == [f"{name}:1: The file is missing." for name in names]


def test_a_file_that_is_missing_is_said(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / QUIZ).unlink()
    assert problems(root) == [f"{QUIZ}:1: The file is missing."]


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / "wording.yaml").unlink()
    (root / "wording.yaml").mkdir()
    assert "wording.yaml:1: This is no file." in problems(root)


def test_a_lesson_without_front_matter_is_said_and_its_body_read(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    write(root, LESSON, "::: think\nก")
    assert problems(root)[:2] == [
        f"{LESSON}:1: A lesson begins with its front matter between two lines `---`.",
        f"{LESSON}:1: A lesson shows exactly 3 checks (`::: check …`), not 0.",
    ]
    assert f"{LESSON}:1: This block has no end; write `:::` on a line of its own." in problems(root)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "1: This is not UTF-8; save the file again as UTF-8."),
        ("id: a\ntitle: ก".encode("cp874"), "2: This is not UTF-8; save the file again as UTF-8."),
        (
            b"\xef\xbb\xbf" + FILES[COURSE].encode(),
            "1: The file begins with a byte order mark; save it as UTF-8 without BOM.",
        ),
        (
            FILES[COURSE].replace("\n", "\r\n").encode(),
            "1: The line ends are those of Windows (CRLF); save the file with LF.",
        ),
        (b"a" * 10 * LARGEST_FILE, "1: The file is larger than 1024 KiB."),
        (b"a: b\nc: " + b"d" * LONGEST_LINE, f"2: The line has more than {LONGEST_LINE} characters; cut it up."),
        (b"a: b\x00c", "1: This is not YAML: control characters are not allowed."),
        (b"- just\n- a list", "1: `this` must be fields, one a line: `field: value`."),
        (b"", "1: `this` must be fields, one a line: `field: value`."),
    ],
)
def test_a_file_that_an_editor_spoilt_is_a_problem(content: bytes, message: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / COURSE).write_bytes(content)
    assert f"{COURSE}:{message}" in problems(root)


def test_a_file_with_a_byte_order_mark_or_windows_line_ends_is_read_on(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / COURSE).write_bytes(b"\xef\xbb\xbf" + FILES[COURSE].replace("\n", "\r\n").encode())
    assert len(problems(root)) == 2


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("pre: []")
    root = sound_lessons(tmp_path / "lessons")
    (root / "speaking/quiz.yaml").unlink()
    (root / "speaking/quiz.yaml").symlink_to(outside)
    message = "speaking/quiz.yaml:1: This is a link to another place; put the file itself here."
    assert [problem for problem in problems(root) if problem.startswith("speaking/quiz.yaml")] == [message]


def test_a_picture_that_links_out_of_the_folder_is_not_shown(tmp_path: Path) -> None:
    outside = tmp_path / "secret.svg"
    outside.write_text(FILES[PICTURE])
    root = sound_lessons(tmp_path / "lessons")
    (root / PICTURE).unlink()
    (root / PICTURE).symlink_to(outside)
    assert f"{PICTURE}:1: This is a link to another place; put the file itself here." in problems(root)


def test_a_folder_that_links_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    elsewhere = sound_lessons(tmp_path / "elsewhere")
    root = sound_lessons(tmp_path / "lessons")
    (root / "stolen").symlink_to(elsewhere / "speaking")
    found = problems(root)
    assert "stolen/course.yaml:1: This is a link to another place; put the file itself here." in found
    assert [problem for problem in found if problem.startswith("stolen/limits")] == []


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / "speaking/quiz.yaml").unlink()
    (root / "speaking/quiz.yaml").symlink_to("quiz.yaml")
    assert [problem for problem in problems(root) if problem.startswith("speaking/quiz.yaml")] == [
        "speaking/quiz.yaml:1: This is a link to another place; put the file itself here."
    ]


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / "speaking/quiz.yaml").unlink()
    os.mkfifo(root / "speaking/quiz.yaml")
    assert "speaking/quiz.yaml:1: This is no file." in problems(root)


@pytest.mark.parametrize(
    "body",
    [
        "[" * LONGEST_LINE,
        "\n".join("> " * depth for depth in range(1, 200)),
        "\n".join("  " * depth + "- a" for depth in range(200)),
        "\n".join(":" * depth + " note level=1 about=a" for depth in range(300, 2, -1)),
        "::: think\n" * 3000,
        ":::\n" * 3000,
        "| a " * 900 + "|\n" + "|---" * 900 + "|",
        "**" * 1900,
        "[^" * 1900,
        "# " * 1900,
    ],
)
def test_a_hostile_body_is_a_problem_and_no_crash(body: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    front, _, _ = FILES[LESSON].partition("---\n\n")
    write(root, LESSON, f"{front}---\n\n{body}\n")
    assert f"{LESSON}:1: A lesson shows exactly 3 checks (`::: check …`), not 0." in problems(root)


@pytest.mark.parametrize("seed", range(40))
def test_damage_of_any_kind_is_never_a_crash(seed: int, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    dice = random.Random(seed)
    for file in dice.sample(sorted(FILES), 4):
        write_damaged(root / file, dice)
    reading = read_library(root)
    assert (reading.library is None) == any(not problem.is_warning for problem in reading.problems)


def write_damaged(path: Path, dice: random.Random) -> None:
    """Lines lost, doubled, swapped, cut or filled with signs that mean something to somebody."""
    lines = path.read_bytes().split(b"\n")
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                lines[at] = b""
            case 1:
                lines.insert(at, lines[dice.randrange(len(lines))])
            case 2:
                lines[at] = lines[at][: dice.randint(0, len(lines[at]))]
            case 3:
                lines[at] = lines[at] + dice.choice(
                    [b": [", b" &a", b" *a", b"{", b'"', b"\x00", b"\xe0", b"\t- x", b"|"]
                )
            case _:
                lines[at] = dice.choice(
                    [b":::", b":::: note", b"---", b"- ", b"? [a]", b"[^x]", b"![](x)", b"## {#}", b"null"]
                )
    path.write_bytes(b"\n".join(lines))
