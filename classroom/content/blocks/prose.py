"""Text between the blocks: paragraphs, headings, lists and tables. A picture alone in a paragraph becomes a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token
from markupsafe import Markup

from classroom.content import markdown
from classroom.content.blocks import figure
from classroom.content.fences import Passage
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Prose(Block):
    kind: str = field(init=False, default="prose")
    html: Markup


def read(passage: Passage, page: Page) -> Iterator[Block]:
    """The passage in order, as prose and figures."""
    tokens = page.parse(passage)
    plain_from = 0
    for position in range(len(tokens)):
        if markdown.is_picture(tokens, position):
            yield from _prose(tokens[plain_from:position], page)
            yield from figure.read(tokens[position + 1], passage.line, page)
            plain_from = position + 3
    yield from _prose(tokens[plain_from:], page)


def _prose(tokens: Sequence[Token], page: Page) -> Iterator[Prose]:
    if tokens:
        yield Prose(page.html(tokens))
