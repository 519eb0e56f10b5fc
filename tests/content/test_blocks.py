"""Every block is read as its component expects it, and says what is wrong with it at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from classroom.content.blocks import READERS, read_body
from classroom.content.blocks.action import Action
from classroom.content.blocks.case import Case
from classroom.content.blocks.check import Check
from classroom.content.blocks.checklist import Checklist
from classroom.content.blocks.figure import Figure
from classroom.content.blocks.help import Help
from classroom.content.blocks.law import Law
from classroom.content.blocks.note import Note
from classroom.content.blocks.principles import Principles
from classroom.content.blocks.prose import Prose
from classroom.content.blocks.reflect import Reflect
from classroom.content.blocks.summary import Summary
from classroom.content.blocks.think import Think
from classroom.content.blocks.timeline import Timeline
from classroom.content.fences import Passage
from classroom.content.model import Block, Choice, Helpline, Part, Picture
from classroom.content.page import Kept, Page, Shown
from classroom.content.problems import Problems

CHILDLINE = Helpline("1387", "สายเด็ก", "1387", "ตลอดวัน", "โทรฟรี", "เด็กทุกคน", "สายเด็ก")
OTHER_LINE = Helpline("1300", "ศูนย์", "1300", "", "", "ทุกคน", "กระทรวง")
TREE = Picture("tree.svg", Path("tree.svg"), "image/svg+xml", 320, 180)


def read(text: str) -> tuple[tuple[Block, ...], list[str], Page]:
    """The blocks of a body that begins in line 1, what is wrong with it, and its page."""
    problems = Problems()
    lines = {line.id: line for line in (CHILDLINE, OTHER_LINE)}
    page = Page("lesson.md", "/courses/speaking/limits", lines, {TREE.name: TREE}, problems)
    blocks = read_body(Passage(tuple(text.split("\n")), 1), page)
    return blocks, [f"{problem.line}: {problem.message}" for problem in problems.in_order()], page


def blocks_of(text: str) -> tuple[Block, ...]:
    blocks, faults, _ = read(text)
    assert faults == []
    return blocks


def faults_of(text: str) -> list[str]:
    return read(text)[1]


SOUND = {
    "think": ("::: think\nลบได้ไหม\n:::", Think(Markup("<p>ลบได้ไหม</p>"))),
    "case": ("::: case กรณีสมมุติ\nเรื่อง\n:::", Case(True, Markup("<p>เรื่อง</p>"))),
    "principles": ("::: principles\n1. ก\n2. ข\n:::", Principles(Markup("<ol>\n<li>ก</li>\n<li>ข</li>\n</ol>"))),
    "law": (
        "::: law\nกฎหมายไทย | ก **ข**\n\nมาตรฐานสากล | ค\n:::",
        Law(Markup("ก <strong>ข</strong>"), Markup("ค")),
    ),
    "check": ("::: check limits-1\n:::", Check("limits-1")),
    "timeline": (
        "::: timeline\n- 2491 | ก\n- 10 ธ.ค. 2491 | ข | ค\n:::",
        Timeline((("2491", Markup("ก")), ("10 ธ.ค. 2491", Markup("ข | ค")))),
    ),
    "checklist": (
        "::: checklist id=before\n- who | ใคร\n- why | ทำไม\n:::",
        Checklist("before", (Choice("who", Markup("ใคร")), Choice("why", Markup("ทำไม")))),
    ),
    "reflect": ("::: reflect id=moment\nครั้งไหน\n:::", Reflect("moment", Markup("ครั้งไหน"))),
    "summary": (
        "::: summary\n- ก\n- ข\n- ค\n:::",
        Summary(Markup("<ul>\n<li>ก</li>\n<li>ข</li>\n<li>ค</li>\n</ul>")),
    ),
    "action": ("::: action safe=always\nจดไว้\n:::", Action(Markup("<p>จดไว้</p>"), None, False)),
    "help": ("::: help 1300 1387\n:::", Help((OTHER_LINE, CHILDLINE))),
    "note": (
        ':::: note level=2 about="การ ลงโทษ"\n::: short\nสั้น\n:::\nยาว\n\n::: think\nไหม\n:::\n::::',
        Note(
            2,
            "การ ลงโทษ",
            Markup("สั้น"),
            (Prose(Markup("<p>ยาว</p>")), Think(Markup("<p>ไหม</p>"))),
            "note-1",
            "after-note-1",
        ),
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_block_becomes_what_its_component_draws(name: str) -> None:
    text, block = SOUND[name]
    assert blocks_of(text) == (block,)
    assert block.kind == name


def test_every_reader_has_a_sound_example() -> None:
    assert SOUND.keys() == READERS.keys()


def test_an_action_that_asks_first_has_another_way() -> None:
    text = "::: action safe=ask\nเขียนถึงสภา\nทางเลือก | จดไว้ **เอง**\n:::"
    expected = Action(Markup("<p>เขียนถึงสภา</p>"), Markup("จดไว้ <strong>เอง</strong>"), True)
    assert blocks_of(text) == (expected,)


def test_a_real_case_is_no_fiction() -> None:
    _, faults, page = read("::: case กรณีจริง\nศาลตัดสินแล้ว[^court]\n:::")
    assert (faults, page.numbering.sources) == ([], {"court": 1})
    assert not blocks_of("::: case กรณีจริง\nศาลตัดสินแล้ว[^court]\n:::")[0].is_fictional  # type: ignore[attr-defined]


def test_a_help_strip_without_ids_has_every_line() -> None:
    assert blocks_of("::: help\n:::") == (Help((CHILDLINE, OTHER_LINE)),)


def test_a_picture_alone_in_a_paragraph_is_a_figure_between_prose() -> None:
    text = 'ก่อน\n\n![ต้นไม้](img/tree.svg "คำบรรยาย")\n\nหลัง'
    figure = Figure("/courses/speaking/limits/img/tree.svg", "ต้นไม้", "คำบรรยาย", 320, 180)
    assert blocks_of(text) == (Prose(Markup("<p>ก่อน</p>")), figure, Prose(Markup("<p>หลัง</p>")))


def test_a_picture_needs_no_caption() -> None:
    assert blocks_of("![ต้นไม้](img/tree.svg)") == (
        Figure("/courses/speaking/limits/img/tree.svg", "ต้นไม้", "", 320, 180),
    )


def test_sources_are_numbered_by_first_use_through_all_blocks() -> None:
    text = "::: think\nก[^b]\n:::\n\nข[^a] ค[^b]"
    blocks, _, page = read(text)
    assert page.numbering.sources == {"b": 1, "a": 2}
    assert blocks[1] == Prose(
        Markup(
            '<p>ข<sup class="cite"><a href="#source-a" id="cite-a" aria-label="แหล่งอ้างอิง 2">2</a></sup>'
            ' ค<sup class="cite"><a href="#source-b" id="cite-b-2" aria-label="แหล่งอ้างอิง 1">1</a></sup></p>'
        )
    )


def test_the_page_knows_its_parts_checks_and_kept_blocks() -> None:
    text = "::: check q-0\n:::\n## หนึ่ง {#one}\n::: check q-1\n:::\n::: reflect id=moment\nก\n:::\n### สอง {#two}"
    _, faults, page = read(text)
    assert faults == []
    assert page.parts == [Part("one", "หนึ่ง"), Part("two", "สอง")]
    assert page.checks == [Shown("q-0", 1, ""), Shown("q-1", 4, "one")]
    assert page.kept == [Kept("reflect", "moment", 6)]


NO_END = "This block has no end; write `:::` on a line of its own."
FAULTY = {
    "a note whose id is no id": ("ก[^Gc34]", ["1: The mark [^ has no meaning here; complete it or take it out."]),
    "a term whose id is no id": (
        "[ก]{gloss=My Term}",
        ["1: The mark {gloss has no meaning here; complete it or take it out."],
    ),
    "a bold that does not end": ("ก\n\nข **ค", ["3: The mark ** has no meaning here; complete it or take it out."]),
    "a link that does not end": ("[ก](/x", ["1: The mark ]( has no meaning here; complete it or take it out."]),
    "a block without an end": ("ก\n\n::: think\nข", [f"3: {NO_END}"]),
    "a block whose end was forgotten": (
        "::: think\nก\n\n::: summary\n- ก\n- ข\n- ค\n:::",
        [
            (
                "1: This block has no end before the next begins in line 4; write `:::` on a line of its own "
                "(a block around others has four colons)."
            )
        ],
    ),
    "an end without a block": (
        "ก\n\n:::\n\nข",
        ["3: This `:::` ends no block; take it out, or write the beginning of its block."],
    ),
    "a block that does not exist": (
        "::: quote\nก\n:::",
        [f"1: There is no block `::: quote`; there are {', '.join(READERS)}."],
    ),
    "an empty block": ("::: think\n:::", ["2: The block is empty."]),
    "a word too many": ("::: think now\nก\n:::", ["1: `::: think` takes no word(s) behind its name."]),
    "an option too many": ("::: think id=a\nก\n:::", ["1: `::: think` does not know `id=`."]),
    "an option twice": ("::: reflect id=a id=b\nก\n:::", ["1: `id=` stands twice; leave one."]),
    "a heading in a block": (
        "::: think\n## ก {#a}\n:::",
        ["2: A heading stands inside a block; put it before."],
    ),
    "a picture in a block": (
        "::: think\n![ก](img/tree.svg)\n:::",
        ["2: A picture stands inside a block; put it outside."],
    ),
    "a picture in a sentence": (
        "ก ![ข](img/tree.svg) ค",
        ["1: A picture stands inside a text; give it a paragraph of its own."],
    ),
    "a picture in a list": (
        "- ![ข](img/tree.svg)",
        ["1: A picture stands inside a text; give it a paragraph of its own."],
    ),
    "a picture without alt text": (
        "ก\n\n![](img/tree.svg)",
        ["3: The picture has no alt text; say in the square brackets what it shows."],
    ),
    "a heading without an id": (
        "ก\n\n## ข",
        ["3: The heading has no id; write one behind it, like {#three-principles}."],
    ),
    "a title in the body": (
        "# ก {#a}",
        ["1: Headings of a lesson begin with ## or ###; the page writes the title."],
    ),
    "a heading too deep": (
        "#### ก {#a}",
        ["1: Headings of a lesson begin with ## or ###; the page writes the title."],
    ),
    "an id twice": ("## ก {#a}\n\n## ข {#a}", ["3: The id a already stands in line 1; give each its own."]),
    "an id that the page gives itself": (
        "## ก {#source-a}",
        ["1: The id source-a begins like those that the page gives itself; choose another."],
    ),
    "an id of a kept block that is a heading's": (
        "## ก {#a}\n::: reflect id=a\nก\n:::",
        ["2: The id a already stands in line 1; give each its own."],
    ),
    "an id that is not well formed": (
        "::: reflect id=My_Moment\nก\n:::",
        ["1: The id “My_Moment” must be lower-case English letters, digits and single hyphens."],
    ),
    "a reflection without an id": ("::: reflect\nก\n:::", ["1: `::: reflect` needs `id=`."]),
    "a reflection of two paragraphs": (
        "::: reflect id=a\nก\n\nข\n:::",
        ["2: The block holds one paragraph, written as one line."],
    ),
    "a case without its label": (
        "::: case\nก\n:::",
        [
            "1: Behind `::: case` stands กรณีสมมุติ or กรณีจริง.",
            "1: `::: case` takes 1 word(s) behind its name.",
        ],
    ),
    "a case with another label": (
        "::: case เรื่องเล่า\nก\n:::",
        ["1: Behind `::: case` stands กรณีสมมุติ or กรณีจริง."],
    ),
    "a real case without its source": (
        "::: case กรณีจริง\nก\n:::",
        ["1: A real case needs a note to its source, like [^source-id]."],
    ),
    "principles that are no numbered list": (
        "::: principles\n- ก\n:::",
        ["1: `::: principles` holds one numbered list (1. 2. 3.) and nothing else."],
    ),
    "law with one side": (
        "::: law\nกฎหมายไทย | ก\n:::",
        ["1: `::: law` holds two lines: `กฎหมายไทย | …` and `มาตรฐานสากล | …`."],
    ),
    "law with an empty side": (
        "::: law\nกฎหมายไทย |\nมาตรฐานสากล | ข\n:::",
        ["2: There is no text here."],
    ),
    "a check without its question": (
        "::: check\n:::",
        ["1: `::: check` takes 1 word(s) behind its name."],
    ),
    "a check with text": (
        "::: check a\nก\n:::",
        ["1: `::: check` holds nothing; the question stands in quiz.yaml."],
    ),
    "an empty timeline": (
        "::: timeline\n:::",
        ["1: `::: timeline` holds a list of lines like `- 2491 | what happened`."],
    ),
    "a timeline with a line of another form": (
        "::: timeline\n- 2491 | ก\n2492 ข\n:::",
        ["3: A line of a timeline is written `- when | what happened`."],
    ),
    "an empty checklist": (
        "::: checklist id=a\n:::",
        ["1: `::: checklist` holds a list of lines like `- item-id | text`."],
    ),
    "a checklist with a line without an id": (
        "::: checklist id=a\n- b | ก\n- ข\n:::",
        ["3: A line of a checklist is written `- item-id | text`."],
    ),
    "a checklist with an id twice": (
        "::: checklist id=a\n- b | ก\n- b | ข\n:::",
        ["3: The id b stands twice in this checklist; give each line its own."],
    ),
    "a summary of two lines": (
        "::: summary\n- ก\n- ข\n:::",
        ["1: `::: summary` holds one list of three lines, each beginning with `- `."],
    ),
    "an action that does not say whether it is safe": (
        "::: action\nก\n:::",
        ["1: `::: action` needs `safe=`."],
    ),
    "an action that is safe sometimes": (
        "::: action safe=maybe\nก\n:::",
        ["1: `safe=` is `always` or `ask`."],
    ),
    "an action that asks and offers no other way": (
        "::: action safe=ask\nก\n:::",
        ["1: An action with `safe=ask` needs a last line `ทางเลือก | …`."],
    ),
    "help from a line that does not exist": ("::: help 999\n:::", ["1: There is no helpline 999 in helplines.yaml."]),
    "help with text": (
        "::: help 1387\nก\n:::",
        ["1: `::: help` holds nothing; the numbers stand in helplines.yaml."],
    ),
    "a note of another level": (
        ":::: note level=3 about=a\n::: short\nก\n:::\nข\n::::",
        ["1: `level=` is 1 or 2."],
    ),
    "a note that does not say about what": (
        ":::: note level=1\n::: short\nก\n:::\nข\n::::",
        ["1: `::: note` needs `about=`."],
    ),
    "a note without its short version": (
        ":::: note level=1 about=a\nข\n::::",
        ["1: A content note begins with its short version: `::: short`."],
    ),
    "a check inside a note": (
        ":::: note level=1 about=a\n::: short\nก\n:::\n::: check q\n:::\n::::",
        ["5: A check stands inside a content note; who skips it would lose a mark. Put it outside."],
    ),
    "a note inside a note": (
        "::::: note level=1 about=a\n::: short\nก\n:::\n:::: note level=1 about=b\nข\n::::\n:::::",
        ["5: A content note stands inside another; end the first before."],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_block_is_said_at_its_line(name: str) -> None:
    text, faults = FAULTY[name]
    assert faults_of(text) == faults


def test_a_block_behind_a_forgotten_end_is_read_all_the_same() -> None:
    blocks, _, _ = read("::: think\nก\n\n::: check q\n:::")
    assert blocks == (Think(Markup("<p>ก</p>")), Check("q"))
