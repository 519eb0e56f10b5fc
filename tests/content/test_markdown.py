"""Markdown becomes sanitised HTML, bold works beside Thai, and nothing an author writes becomes markup of its own."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from classroom.content import markdown
from classroom.content.markdown import Heading, Numbering, Points, Reference


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**“คำ”**ต่อ", "<strong>“คำ”</strong>ต่อ"),
        ("ก่อน**“คำ”**ต่อ", "ก่อน<strong>“คำ”</strong>ต่อ"),
        ("**(คำ)**ต่อ", "<strong>(คำ)</strong>ต่อ"),
        ("ข้อไหน**ไม่ใช่**เหตุผล", "ข้อไหน<strong>ไม่ใช่</strong>เหตุผล"),
        ("คำ*เอน*ต่อ", "คำ<em>เอน</em>ต่อ"),
        ("**ก** กับ **ข**", "<strong>ก</strong> กับ <strong>ข</strong>"),
        ("ก ** ข ** ค", "ก ** ข ** ค"),
        ("**not (bold)**word", "**not (bold)**word"),
    ],
)
def test_bold_beside_thai_needs_no_space(text: str, html: str) -> None:
    assert markdown.inline(text) == Markup(html)


def test_a_glossary_term_is_a_link_that_works_without_script() -> None:
    html = '<a class="term" href="/glossary#proportionate" data-term="proportionate">ได้สัดส่วน</a>'
    assert markdown.inline("[ได้สัดส่วน]{gloss=proportionate}") == Markup(html)


def test_a_note_is_a_numbered_link_with_a_name_to_its_source() -> None:
    html = '<sup class="cite"><a href="#source-gc34" id="cite-gc34" aria-label="แหล่งอ้างอิง 1">1</a></sup>'
    assert markdown.render(markdown.parse_inline("[^gc34]"), Numbering()) == Markup(html)


def test_the_same_source_keeps_its_number_and_each_place_has_its_own_id() -> None:
    numbering = Numbering()
    assert [numbering.cite(source) for source in ("a", "b", "a", "a")] == [
        (1, "cite-a"),
        (2, "cite-b"),
        (1, "cite-a-2"),
        (1, "cite-a-3"),
    ]


def test_a_text_outside_a_page_shows_no_note() -> None:
    assert markdown.inline("กฎหมาย[^gc34]") == Markup("กฎหมาย")


def test_a_link_outside_tells_the_other_site_nothing() -> None:
    html = '<a href="https://example.org/" rel="noopener noreferrer">นอก</a>'
    assert markdown.inline("[นอก](https://example.org/)") == Markup(html)


def test_a_link_inside_is_plain() -> None:
    assert markdown.inline("[ใน](/courses/a/b#c)") == Markup('<a href="/courses/a/b#c">ใน</a>')


def test_a_table_scrolls_in_a_region_with_a_name_and_its_headers_have_a_scope() -> None:
    html = markdown.render(markdown.parse("| ก | ข |\n|---|--:|\n| 1 | 2 |"))
    assert html == Markup(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="ตาราง: ก, ข">\n<table>\n<thead>\n<tr>\n'
        '<th scope="col">ก</th>\n<th scope="col">ข</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        "<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n</div>"
    )


def test_two_tables_of_a_page_have_different_names() -> None:
    table, numbering = "| ก |\n|---|\n| 1 |", Numbering()
    names = [f'aria-label="{name}"' for name in ("ตาราง: ก", "ตาราง: ก (2)")]
    pages = [markdown.render(markdown.parse(table), numbering) for _ in names]
    assert [name in page for name, page in zip(names, pages, strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("[x](javascript:alert(1))", "<a>x</a>"),
        ("[x](JaVaScRiPt:alert(1))", "<a>x</a>"),
        ("[x](data:text/html,x)", "<a>x</a>"),
        ("[x](vbscript:x)", "<a>x</a>"),
        ("![x](https://example.org/x.png)", ""),
        ('[ก"onmouseover=x]{gloss=a}', '<a class="term" href="/glossary#a" data-term="a">ก"onmouseover=x</a>'),
    ],
)
def test_what_is_unsafe_does_not_become_markup(text: str, html: str) -> None:
    assert markdown.inline(text) == Markup(html)


@pytest.mark.parametrize("text", ["    four spaces", "text\n---", "***", "[a]: https://example.org", "```\ncode\n```"])
def test_constructs_met_by_accident_are_off(text: str) -> None:
    html = markdown.render(markdown.parse(text))
    assert [tag for tag in ("<pre", "<h2", "<hr", "<a ") if tag in html] == []


def test_plain_text_has_no_marks() -> None:
    text = "**ก** [ข](/x) [ค]{gloss=a}[^b] `ง` &amp;"
    assert markdown.plain(text) == "ก ข ค ง &"


def test_references_come_in_order_with_their_lines() -> None:
    text = "ก [ข](/x)\n\n| หัว |\n|---|\n| [ค]{gloss=a} |\n| ง[^b] |\n\n![จ](img/c.svg)\n\none\n[two](#d)"
    assert list(markdown.references(markdown.parse(text), 10)) == [
        Reference(Points.LINK, "/x", 10),
        Reference(Points.TERM, "a", 14),
        Reference(Points.SOURCE, "b", 15),
        Reference(Points.PICTURE, "img/c.svg", 17),
        Reference(Points.LINK, "#d", 20),
    ]


def test_headings_have_a_level_an_id_and_a_line() -> None:
    tokens = markdown.parse("## **ก** ข {#one}\n\n### ค")
    assert list(markdown.headings(tokens, 5)) == [Heading(2, "one", "ก ข", 5), Heading(3, "", "ค", 7)]


def test_a_title_breaks_only_at_its_marks_and_never_tears_a_mark_from_its_letter() -> None:
    assert markdown.title("น้ำ|ที่") == Markup("น้ำ<wbr>ที่")
    assert markdown.title("จำกัด|ได้") == Markup("จำ\u2060กั\u2060ด<wbr>ไ\u2060ด้")


def test_a_title_without_a_mark_breaks_as_the_browser_likes() -> None:
    assert markdown.title("ศักดิ์ศรี <b>") == Markup("ศักดิ์ศรี &lt;b&gt;")


class Tags(HTMLParser):
    """Every tag with the names of its attributes, and every address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.extend(value or "" for name, value in attrs if name == "href")


def test_without_the_sanitiser_the_unsafe_address_would_reach_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nh3.clean", lambda html, **_: html)
    assert 'href="javascript:alert(1)"' in markdown.inline("[x](javascript:alert(1))")


PIECES = st.sampled_from(
    [*"<>&\"'`*_[](){}!#|\n กๆ\\", *"<script> </a> javascript: onclick= gloss= [^a] ]( ](/x) https:// &#106;".split()]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_becomes_a_tag_an_attribute_or_an_address_outside_the_list(text: str) -> None:
    seen = Tags(markdown.render(markdown.parse(text), Numbering()))
    assert seen.tags - markdown.TAGS == set()
    assert seen.attributes - {name for names in markdown.ATTRIBUTES.values() for name in names} == set()
    assert [address for address in seen.addresses if address.lower().startswith(("javascript:", "data:"))] == []


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_its_plain_form_holds_no_tag_of_ours(text: str) -> None:
    assert "<strong>" not in markdown.plain(text.replace("<", ""))
    assert isinstance(markdown.inline(text), Markup)
