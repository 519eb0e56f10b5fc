"""Markdown into sanitised HTML: the only place where text becomes `Markup`.

What Markdown is here stands in `syntax.py`. Everything goes through nh3 at the end, whatever came before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from classroom import phrases
from classroom.content.syntax import parser

WORD_JOINER = "\u2060"

_LOOSE = re.compile(r"\[\^|\{gloss|\{#|\*\*|\]\(|:::")
_THAI = re.compile("[\u0e01-\u0e4f]")
_MARKS_AFTER = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")

TAGS = set("a blockquote br code div em h2 h3 h4 li ol p strong sup table tbody td th thead tr ul".split())
ATTRIBUTES = {
    "a": {"href", "id", "class", "rel", "data-term", "aria-label"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "sup": {"class"},
    "th": {"scope"},
}
_SCHEMES = {"http", "https", "mailto"}
_OUTSIDE = ("http:", "https:", "//")


class Numbering:
    """What a page counts: its sources by first use, from 1, and its tables."""

    def __init__(self) -> None:
        self._uses: dict[str, int] = {}
        self._tables: Counter[str] = Counter()

    @property
    def sources(self) -> Mapping[str, int]:
        """The number of each source that was cited."""
        return {source: number for number, source in enumerate(self._uses, start=1)}

    def cite(self, source: str) -> tuple[int, str]:
        """The number of a source, and the id of this place on the page, so that the list of sources can lead back."""
        use = self._uses[source] = self._uses.get(source, 0) + 1
        return self.sources[source], f"cite-{source}" if use == 1 else f"cite-{source}-{use}"

    def name_table(self, columns: str) -> str:
        """A name that no other table of the page has: a reader may be offered them as a list."""
        self._tables[columns] += 1
        times = self._tables[columns]
        return phrases.TABLE_NAMED.format(columns=columns if times == 1 else f"{columns} ({times})")


class Points(StrEnum):
    """What a reference points at."""

    LINK = "link"
    PICTURE = "picture"
    SOURCE = "source"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Reference:
    """Something in a text that points elsewhere."""

    to: Points
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    """Empty where the author gave none."""
    text: str
    line: int


def inline(text: str) -> Markup:
    """One line of Markdown as HTML, without a paragraph around it and without notes."""
    return render(parse_inline(text))


def plain(text: str) -> str:
    """One line of Markdown as a reader sees it, without any mark."""
    return "".join(_shown(token) for token in parse_inline(text))


def title(text: str) -> Markup:
    """A heading that breaks at its author's `|` and at spaces only; without a `|` it breaks as the browser likes."""
    parts = text.split("|")
    if len(parts) == 1:
        return escape(text)
    return Markup("<wbr>").join(_joined(part) for part in parts)


def parse(text: str) -> list[Token]:
    """Markdown blocks as tokens, to be looked through and given to `render`."""
    return _MARKDOWN.parse(text)


def parse_inline(text: str) -> list[Token]:
    """One line of Markdown as tokens."""
    return _MARKDOWN.parseInline(text)


def render(tokens: Sequence[Token], numbering: Numbering | None = None) -> Markup:
    """Tokens as sanitised HTML; without the `numbering` of a page the notes are left out."""
    env = {"numbering": numbering or Numbering(), "has_notes": numbering is not None}
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)
    return Markup(
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, strip_comments=True)
    ).strip()


def references(tokens: Sequence[Token], first_line: int) -> Iterator[Reference]:
    """Everything the tokens point at, in order; `first_line` is the line of the text's beginning in its file."""
    for line, token in _inline_tokens(tokens, first_line):
        reference = _reference(token, line)
        if reference:
            yield reference


def headings(tokens: Sequence[Token], first_line: int) -> Iterator[Heading]:
    """The headings in order."""
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(_shown(child) for child in content.children or ())
            yield Heading(int(opening.tag[1:]), str(opening.attrGet("id") or ""), text, _line(opening, first_line))


def line_ends(tokens: Sequence[Token], first_line: int) -> Iterator[int]:
    """The lines whose end stands inside a Thai paragraph; a browser shows it as a space between words."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "softbreak" and _THAI.search(token.content):
                yield _line(token, first_line)
                break


def loose_marks(tokens: Sequence[Token], first_line: int) -> Iterator[tuple[int, str]]:
    """Marks that were meant as something and would show as they stand, each with its line."""
    for line, token in _inline_tokens(tokens, first_line):
        match = _LOOSE.search(token.content) if token.type == "text" else None
        if match:
            yield line, match[0]


def is_picture(tokens: Sequence[Token], position: int) -> bool:
    """Do the three tokens from here make a paragraph, in nothing else, that holds one picture and nothing else?"""
    if tokens[position].type != "paragraph_open" or tokens[position].level > 0:
        return False
    children = tokens[position + 1].children or []
    return [child.type for child in children] == ["image"]


def _inline_tokens(tokens: Sequence[Token], first_line: int) -> Iterator[tuple[int, Token]]:
    line = first_line
    for token in tokens:
        line = _line(token, first_line) if token.map else line
        inner = line
        for child in token.children or ():
            inner += child.type in ("softbreak", "hardbreak")
            yield inner, child


def _reference(token: Token, line: int) -> Reference | None:
    match token.type:
        case "link_open":
            return Reference(Points.LINK, str(token.attrGet("href") or ""), line)
        case "image":
            return Reference(Points.PICTURE, str(token.attrGet("src") or ""), line)
        case "citation":
            return Reference(Points.SOURCE, token.content, line)
        case "term_open":
            return Reference(Points.TERM, token.info, line)
        case _:
            return None


def _line(token: Token, first_line: int) -> int:
    return first_line + (token.map[0] if token.map else 0)


def _shown(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "citation":
        return ""
    return token.content if not token.children else "".join(_shown(child) for child in token.children)


def _joined(part: str) -> Markup:
    """The part with a word joiner wherever a browser could break between two Thai letters."""
    joints = (_joint(before, after) + after for before, after in pairwise(part))
    return escape(part[:1] + "".join(joints))


def _joint(before: str, after: str) -> str:
    """A joiner inside a cluster would tear a mark from its letter."""
    is_between_letters = _THAI.match(before) and _THAI.match(after) and not _MARKS_AFTER.match(after)
    return WORD_JOINER if is_between_letters else ""


def _render_term(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    id_ = escape(tokens[index].info)
    return f'<a class="term" href="/glossary#{id_}" data-term="{id_}">'


def _render_citation(_: RendererHTML, tokens: Sequence[Token], index: int, __: object, env: Mapping[str, Any]) -> str:
    if not env["has_notes"]:
        return ""
    source = tokens[index].content
    number, place = env["numbering"].cite(source)
    name = escape(phrases.SOURCE_NUMBER.format(number=number))
    return f'<sup class="cite"><a href="#source-{source}" id="{place}" aria-label="{name}">{number}</a></sup>'


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    if str(tokens[index].attrGet("href") or "").lower().startswith(_OUTSIDE):
        tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def _render_table(_: RendererHTML, tokens: Sequence[Token], index: int, __: object, env: Mapping[str, Any]) -> str:
    """A table may be wider than a phone: it scrolls in a region of its own that a keyboard reaches."""
    name = escape(env["numbering"].name_table(", ".join(_columns(tokens, index))))
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}">\n<table>\n'


def _columns(tokens: Sequence[Token], index: int) -> Iterator[str]:
    for opening, content in pairwise(tokens[index:]):
        if opening.type == "thead_close":
            return
        if opening.type == "th_open":
            yield "".join(_shown(child) for child in content.children or ())


_MARKDOWN = parser()
_MARKDOWN.add_render_rule("term_open", _render_term)
_MARKDOWN.add_render_rule("term_close", lambda *_: "</a>")
_MARKDOWN.add_render_rule("citation", _render_citation)
_MARKDOWN.add_render_rule("link_open", _render_link)
_MARKDOWN.add_render_rule("image", lambda *_: "")
_MARKDOWN.add_render_rule("table_open", _render_table)
_MARKDOWN.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
_MARKDOWN.add_render_rule("th_open", lambda *_: '<th scope="col">')
