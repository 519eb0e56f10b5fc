"""The Markdown of lessons: CommonMark with tables, made to work beside Thai, and with three marks of our own.

`## heading {#id}`, a glossary term `[word]{gloss=id}` and a note `[^source-id]`. No raw HTML, no code blocks.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_HEADING_ID = re.compile(rf"[ \t]+\{{#({_ID})\}}[ \t]*$")
_TERM = re.compile(rf"\[([^\[\]\n]+)\]\{{gloss=({_ID})\}}")
_CITATION = re.compile(rf"\[\^({_ID})\]")
_THAI = re.compile("[\u0e01-\u0e4f]")

_OFF = ["code", "fence", "html_block", "html_inline", "lheading", "reference", "hr"]
"""Constructs that a lesson has no use for and that an author meets by accident."""


def parser() -> MarkdownIt:
    """Gives CommonMark's tokens, and `term_open` and `term_close` (id in `info`) and `citation` (id in `content`)."""
    markdown = _AnyAddress("zero")
    markdown.inline = _ThaiParser()
    markdown.configure("commonmark", {"html": False}).enable("table").disable(_OFF)
    markdown.core.ruler.after("block", "heading_id", _heading_id_rule)
    markdown.inline.ruler.before("link", "term", _term_rule)
    markdown.inline.ruler.before("term", "citation", _citation_rule)
    return markdown


class _AnyAddress(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """An unsafe address stays a link here, so that the checks can name its line; nh3 takes it out of the page."""
        return True


class _ThaiInline(StateInline):
    """Emphasis beside Thai.

    CommonMark asks for a space between a `**` that touches punctuation and the next letter; Thai has no such
    space, so `**“word”**next` would stay as it is. Beside a Thai letter only spaces decide.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the library's names
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
