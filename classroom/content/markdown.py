"""Markdown into sanitised HTML: the only place where text becomes `Markup`.

CommonMark with tables, without raw HTML, and with three marks of our own: `## heading {#id}`, a glossary term
`[word]{gloss=id}` and a note `[^source-id]`. Everything goes through nh3 at the end, whatever came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markupsafe import Markup, escape

from classroom import phrases

WORD_JOINER = "\u2060"

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_HEADING_ID = re.compile(rf"[ \t]+\{{#({_ID})\}}[ \t]*$")
_TERM = re.compile(rf"\[([^\[\]\n]+)\]\{{gloss=({_ID})\}}")
_CITATION = re.compile(rf"\[\^({_ID})\]")
_LOOSE = re.compile(r"\[\^|\{gloss|\{#|\*\*|\]\(|:::")
_THAI = re.compile("[\u0e01-\u0e4f]")
_MARKS_AFTER = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")

_OFF = ["code", "fence", "html_block", "html_inline", "lheading", "reference", "hr"]
"""Constructs that a lesson has no use for and that an author meets by accident."""

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "sup", "br", "blockquote", "code"} | {
    "div", "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
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


class Citations:
    """The numbers of a lesson's sources, given by first use, from 1."""

    def __init__(self) -> None:
        self._uses: dict[str, int] = {}

    @property
    def numbers(self) -> Mapping[str, int]:
        return {source: number for number, source in enumerate(self._uses, start=1)}

    def cite(self, source: str) -> tuple[int, str]:
        """The number of a source, and the id of this place on the page, so that the list of sources can lead back."""
        use = self._uses[source] = self._uses.get(source, 0) + 1
        return self.numbers[source], f"cite-{source}" if use == 1 else f"cite-{source}-{use}"


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


def render(tokens: Sequence[Token], citations: Citations | None = None) -> Markup:
    """Tokens as sanitised HTML; without `citations` the notes are left out."""
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {"citations": citations})
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
    pairs = pairwise(part)
    joints = (_joint(before, after) + after for before, after in pairs)
    return escape(part[:1] + "".join(joints))


def _joint(before: str, after: str) -> str:
    """A joiner inside a cluster would tear a mark from its letter."""
    is_between_letters = _THAI.match(before) and _THAI.match(after) and not _MARKS_AFTER.match(after)
    return WORD_JOINER if is_between_letters else ""


class _AnyAddress(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """An unsafe address stays a link here, so that the checks can name its line; nh3 takes it out of the page."""
        return True


class _ThaiInline(StateInline):
    """Emphasis beside Thai.

    CommonMark asks for a space between a `**` that touches punctuation and the next letter; Thai has no such
    space, so `**“word”**next` would stay as it is. Beside a Thai letter only spaces decide.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[start + scanned.length] if start + scanned.length < self.posMax else " "
        if self.src[start] != "*" or not (_THAI.match(before) or _THAI.match(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


class _ThaiParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _ThaiInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _term_rule(state: StateInline, silent: bool) -> bool:
    match = _TERM.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("term_open", "a", 1).info = match[2]
        state.push("text", "", 0).content = match[1]
        state.push("term_close", "a", -1)
    state.pos = match.end()
    return True


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("citation", "sup", 0).content = match[1]
    state.pos = match.end()
    return True


def _heading_id_rule(state: StateCore) -> None:
    for opening, content in pairwise(state.tokens):
        match = _HEADING_ID.search(content.content) if opening.type == "heading_open" else None
        if match:
            opening.attrSet("id", match[1])
            content.content = content.content[: match.start()]


def _render_term(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    id_ = escape(tokens[index].info)
    return f'<a class="term" href="/glossary#{id_}" data-term="{id_}">'


def _render_citation(_: RendererHTML, tokens: Sequence[Token], index: int, __: object, env: Mapping[str, Any]) -> str:
    citations: Citations | None = env.get("citations")
    if citations is None:
        return ""
    source = tokens[index].content
    number, place = citations.cite(source)
    name = escape(phrases.SOURCE_NUMBER.format(number=number))
    return f'<sup class="cite"><a href="#source-{source}" id="{place}" aria-label="{name}">{number}</a></sup>'


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    if str(tokens[index].attrGet("href") or "").lower().startswith(_OUTSIDE):
        tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def _render_table(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    """A table may be wider than a phone: it scrolls in a region of its own that a keyboard reaches."""
    name = escape(phrases.TABLE_NAMED.format(columns=", ".join(_columns(tokens, index))))
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}">\n<table>\n'


def _columns(tokens: Sequence[Token], index: int) -> Iterator[str]:
    for opening, content in pairwise(tokens[index:]):
        if opening.type == "thead_close":
            return
        if opening.type == "th_open":
            yield "".join(_shown(child) for child in content.children or ())


def _nothing(*_: object) -> str:
    return ""


def _built() -> MarkdownIt:
    markdown = _AnyAddress("zero")
    markdown.inline = _ThaiParser()
    markdown.configure("commonmark", {"html": False}).enable("table").disable(_OFF)
    markdown.core.ruler.after("block", "heading_id", _heading_id_rule)
    markdown.inline.ruler.before("link", "term", _term_rule)
    markdown.inline.ruler.before("term", "citation", _citation_rule)
    markdown.add_render_rule("term_open", _render_term)
    markdown.add_render_rule("term_close", lambda *_: "</a>")
    markdown.add_render_rule("citation", _render_citation)
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("image", _nothing)
    markdown.add_render_rule("table_open", _render_table)
    markdown.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    markdown.add_render_rule("th_open", lambda *_: '<th scope="col">')
    return markdown


_MARKDOWN = _built()
