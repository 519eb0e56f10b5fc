"""What must hold between the files is checked; every problem says its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.sound import (
    COURSE,
    COURSE_QUIZ,
    GUIDE,
    LESSON,
    OTHER_LESSON,
    PICTURE,
    QUIZ,
    change,
    problems,
    sound_lessons,
    write,
)

Fault = tuple[str, str, str, str]
"""A file, what stands in it, what an author writes instead, and the message at that place."""

CROSS: dict[str, Fault] = {
    "a bold in a question does not end": (
        QUIZ,
        "ask: จับคู่",
        "ask: จับ**คู่",
        "The mark ** has no meaning here; complete it or take it out.",
    ),
    "a block stands in the teaching guide": (
        GUIDE,
        "| นาที | ทำ",
        "::: think\n\n| นาที | ทำ",
        "The mark ::: has no meaning here; complete it or take it out.",
    ),
    "a place is written in another way": (
        QUIZ,
        "see: listening#begin",
        "see: listening",
        "`see` must be lesson-id#heading-id.",
    ),
    "a lesson's id is not its folder": (
        OTHER_LESSON,
        "id: listening\n",
        "id: hearing\n",
        "The id hearing is not the name of the folder, listening; they must be the same.",
    ),
    "a course's id is not its folder": (
        COURSE,
        "id: speaking",
        "id: talking",
        "The id talking is not the name of the folder, speaking; they must be the same.",
    ),
    "a question id stands twice": (
        "speaking/listening/quiz.yaml",
        "- id: listening-3",
        "- id: limits-3",
        f"The question limits-3 already stands at {QUIZ}:25; give each its own id.",
    ),
    "a question id is too long for the database": (
        COURSE_QUIZ,
        "speaking-pre-1",
        "a" * 61,
        f"The id {'a' * 61} has more than 60 characters.",
    ),
    "an objective has other words elsewhere": (
        OTHER_LESSON,
        "text: ใช้หลักสามข้อตรวจ",
        "text: ใช้หลักตรวจ",
        f"The objective use-the-test has other words in {COURSE}:11; give one a new id.",
    ),
    "a term stands twice": (
        "glossary.yaml",
        "- id: consent",
        "- id: proportionate",
        "The term proportionate already stands at glossary.yaml:1; give each its own id.",
    ),
    "a helpline stands twice": (
        "helplines.yaml",
        'id: "1300"',
        'id: "1387"',
        "The helpline 1387 already stands at helplines.yaml:3; give each its own id.",
    ),
    "a source stands twice": (
        LESSON,
        "{id: iccpr19, text",
        "{id: gc34, text",
        f"The source gc34 already stands at {LESSON}:15; give each its own id.",
    ),
    "a course has no folder": (
        "catalogue.yaml",
        "courses: [speaking]\ntopics",
        "courses: [speaking, nothing]\ntopics",
        "The course nothing has no folder.",
    ),
    "a lesson has no folder": (
        COURSE,
        "lessons: [limits, listening, unfinished]",
        "lessons: [limits, listening, unfinished, nothing]",
        "The lesson nothing has no folder.",
    ),
    "a lesson is in no list": (
        COURSE,
        "lessons: [limits, listening, unfinished]",
        "lessons: [limits, listening]",
        "The folder unfinished is in no list; add the lesson here or move the folder away.",
    ),
    "a lesson is listed twice": (
        COURSE,
        "lessons: [limits, listening, unfinished]",
        "lessons: [limits, listening, unfinished, limits]",
        "The lesson limits stands 2 times in the list.",
    ),
    "a path names no course": (
        "catalogue.yaml",
        "{id: media, title: ทาง, summary: สำหรับใคร, courses: []",
        "{id: media, title: ทาง, summary: สำหรับใคร, courses: [news]",
        "The path media names news, which is not in `courses`.",
    ),
    "a topic is unknown": (
        OTHER_LESSON,
        "topics: [basics]",
        "topics: [music]",
        "The topic music is not in catalogue.yaml; add it there or name one of its topics.",
    ),
    "an objective is unknown": (
        COURSE_QUIZ,
        "objective: know-the-aims",
        "objective: nothing",
        f"The objective nothing is not among those of {COURSE}.",
    ),
    "a place has no heading": (
        QUIZ,
        "see: listening#begin",
        "see: listening#end",
        "`see` points nowhere: there is no heading end in a lesson listening.",
    ),
    "a place is in a draft": (
        QUIZ,
        "see: listening#begin",
        "see: unfinished#begin",
        "`see` points at unfinished, which is still a draft.",
    ),
    "two choices read the same": (
        QUIZ,
        "{id: others, text: ชื่อเสียงของผู้อื่น",
        "{id: others, text: สุขภาพ ของ**ประชาชน**",
        "others and health read the same; make them different.",
    ),
    "two rows read the same": (
        QUIZ,
        "{id: r2, text: ห้ามตลอดปี",
        "{id: r2, text: คำสั่งปากเปล่า",
        "r2 and r1 read the same; make them different.",
    ),
    "a note is above the lesson's level": (
        LESSON,
        "content_note: 1",
        "content_note: 0",
        "`content_note` must be at least 1, the level of a note in the lesson.",
    ),
    "a source is unknown": (
        LESSON,
        "เสรีภาพจำกัดได้[^iccpr19]",
        "เสรีภาพจำกัดได้[^nothing]",
        "There is no source nothing; add it to `sources:` or correct the note.",
    ),
    "a source is unused": (
        LESSON,
        "  - {id: iccpr19, text",
        "  - {id: unused, text: กฎหมาย}\n  - {id: iccpr19, text",
        "No sentence rests on the source unused; write [^unused] or take it out.",
    ),
    "a note stands in a question": (
        QUIZ,
        "ask: จับคู่",
        "ask: จับคู่[^gc34]",
        "A note [^gc34] stands only in lesson.md; name the source in words here.",
    ),
    "a note stands in the teaching guide": (
        GUIDE,
        "| 0–5 | ชวนคิด |",
        "| 0–5 | ชวนคิด[^gc34] |",
        "A note [^gc34] stands only in lesson.md; name the source in words here.",
    ),
    "a picture is missing": (
        LESSON,
        "(img/tree.svg",
        "(img/flower.svg",
        "There is no usable picture speaking/limits/img/flower.svg.",
    ),
    "a picture is on another site": (
        LESSON,
        "(img/tree.svg",
        "(https://example.org/tree.svg",
        "https://example.org/tree.svg is not a picture of this lesson; put the file into img/ and write img/name.",
    ),
    "a picture stands in a question": (
        QUIZ,
        "ask: จับคู่",
        "ask: จับคู่ ![ก](img/tree.svg)",
        "A picture stands only in lesson.md.",
    ),
    "a term is unknown": (
        LESSON,
        "{gloss=proportionate}",
        "{gloss=nothing}",
        "There is no term nothing in glossary.yaml.",
    ),
    "a term of a question is unknown": (
        QUIZ,
        "ask: จับคู่",
        'ask: "จับ[คู่]{gloss=nothing}"',
        "There is no term nothing in glossary.yaml.",
    ),
    "raw HTML": (
        LESSON,
        "ใบเตยลง",
        "<b>ใบเตย</b>ลง",
        "HTML is not allowed (<b>); use Markdown or a block.",
    ),
    "a script": (
        LESSON,
        "ใบเตยลง",
        "<script>alert(1)</script>ใบเตยลง",
        "HTML is not allowed (<script>); use Markdown or a block.",
    ),
    "a comment": (
        LESSON,
        "ใบเตยลง",
        "<!-- x -->ใบเตยลง",
        "HTML is not allowed (<!--); use Markdown or a block.",
    ),
    "an identity number": (
        LESSON,
        "ใบเตยลง",
        "ใบเตยเลข 1101700230708 ลง",
        "A valid identity number of 13 digits stands here; take it out, even if it is nobody's.",
    ),
    "an identity number with hyphens": (
        QUIZ,
        "ask: จับคู่",
        "ask: จับคู่ 1-1017-00230-70-8",
        "A valid identity number of 13 digits stands here; take it out, even if it is nobody's.",
    ),
    "an identity number in Thai digits": (
        GUIDE,
        "ชวนคิด",
        "ชวนคิด ๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘",
        "A valid identity number of 13 digits stands here; take it out, even if it is nobody's.",
    ),
    "a lesson without headings' guide title": (
        GUIDE,
        "# แผนการจัดการเรียนรู้ · 50 นาที",
        "แผนการจัดการเรียนรู้ · 50 นาที",
        "A teaching guide begins with its title, a line that begins with `# `.",
    ),
    "a section of the guide has no id": (
        GUIDE,
        "## ลำดับกิจกรรม {#plan}",
        "## ลำดับกิจกรรม",
        "A heading here begins with ## and ends with an id, like {#plan}.",
    ),
}


@pytest.mark.parametrize("name", CROSS)
def test_a_fault_between_the_files_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    file, old, new, message = CROSS[name]
    root = sound_lessons(tmp_path)
    line = change(root, file, old, new)
    assert [problem for problem in problems(root) if problem.endswith(message)] == [f"{file}:{line}: {message}"]


def test_a_missing_article_of_the_declaration_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(
        root, "rights.yaml", "- {number: 30, title: ข้อ 30, child: สำหรับเด็ก, adult: สำหรับผู้ใหญ่, example: ตัวอย่าง}\n", ""
    )
    assert problems(root) == ["rights.yaml:1: These articles are missing: 30."]


def test_a_path_for_an_audience_that_is_missing_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, "catalogue.yaml", "  - {id: media, title: ทาง, summary: สำหรับใคร, courses: []}\n", "")
    message = "`paths` has each audience once: pupils, students, teachers, facilitators, media, organisations."
    assert problems(root) == [f"catalogue.yaml:5: {message}"]


def test_an_item_of_a_courses_quiz_says_where_its_answer_stands(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, COURSE_QUIZ, "    see: limits#three-principles\npost", "post")
    assert problems(root) == [f"{COURSE_QUIZ}:2: An item of a course's quiz needs `see: lesson-id#heading-id`."]


def test_a_question_that_is_replaced_must_be_gone(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, QUIZ, "  see: listening#begin", "  see: listening#begin\n  replaces: limits-1") + 1
    message = "limits-1 is still there; take the old question out, or `replaces:` here."
    assert problems(root) == [f"{QUIZ}:{line}: {message}"]


def test_a_fourth_check_is_one_too_many(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "::: check limits-3\n:::\n", "::: check limits-3\n:::\n\n::: check limits-1\n:::\n") + 3
    assert problems(root) == [
        f"{LESSON}:{line}: A lesson shows exactly 3 checks (`::: check …`), not 4.",
        f"{LESSON}:{line}: The check limits-1 is already shown above.",
    ]


def test_a_question_that_no_check_shows_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "::: check limits-3\n:::\n", "")
    line = 42
    assert problems(root) == [
        f"{LESSON}:{line + 16}: A lesson shows exactly 3 checks (`::: check …`), not 2.",
        f"{QUIZ}:25: The lesson does not show limits-3; write `::: check limits-3` where it belongs.",
    ]


def test_a_check_of_a_question_that_does_not_exist_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, LESSON, "::: check limits-3", "::: check limits-9")
    assert problems(root) == [
        f"{LESSON}:{line}: There is no question limits-9 in {QUIZ}.",
        f"{QUIZ}:25: The lesson does not show limits-3; write `::: check limits-3` where it belongs.",
    ]


def test_a_quiz_that_cannot_be_read_is_one_problem_and_not_one_a_question(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    write(root, QUIZ, "- id: [")
    assert problems(root) == [
        f"{QUIZ}:2: This is not YAML: did not find expected node content.",
    ]


def test_no_right_choice_and_two_right_choices_are_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, QUIZ, "ผู้มีอำนาจ, right: true", "ผู้มีอำนาจ")
    assert problems(root) == [f"{QUIZ}:1: No choice is right; mark one with `right: true`."]
    change(root, QUIZ, "ผู้มีอำนาจ", "ผู้มีอำนาจ, right: true")
    change(root, QUIZ, "ผู้อื่น", "ผู้อื่น, right: true")
    assert problems(root) == [
        f"{QUIZ}:1: 2 choices are right (comfort, others); leave one, or make the kind several-choices."
    ]


@pytest.mark.parametrize("number", ["1101700230709", "11017002307080", "110170023070", "0 1101 70023 07 09"])
def test_a_number_that_is_no_identity_number_may_stand(number: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลง", f"{number} ลง")
    assert problems(root) == []


def test_an_address_in_angle_brackets_is_no_html(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    change(root, LESSON, "ใบเตยลง", "<https://example.org/> 3 < 4 ลง")
    assert problems(root) == []


def test_a_picture_that_no_browser_draws_is_found(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    write(root, "speaking/limits/img/tree.gif", "GIF89a")
    assert problems(root) == ["speaking/limits/img/tree.gif:1: A picture is an .svg, .png or .webp file."]


def test_a_picture_with_a_fault_is_said_in_its_own_file_too(tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    line = change(root, PICTURE, '<circle cx="160"', '<circle onclick="alert(1)" cx="160"')
    assert f"{PICTURE}:{line}: onclick= runs a script; take it out." in problems(root)
