"""A picture with what it shows in words (alt) and a caption: `![alt](img/name.svg "caption")`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Figure(Block):
    kind: str = field(init=False, default="figure")
    src: str
    alt: str
    caption: str
    """Empty where the picture needs none."""
    width: int
    height: int


def read(paragraph: Token, first_line: int, page: Page) -> Iterator[Figure]:
    """The figure of a paragraph's inline token; nothing if its file cannot be used, which `checks.pictures` says."""
    image = (paragraph.children or [])[0]
    line = first_line + (paragraph.map or [0])[0]
    if not image.content.strip():
        page.say(line, "The picture has no alt text; say in the square brackets what it shows.")
    name = str(image.attrGet("src") or "").removeprefix("img/")
    picture = page.pictures.get(name)
    if picture:
        caption = str(image.attrGet("title") or "")
        yield Figure(f"{page.address}/img/{name}", image.content, caption, picture.width, picture.height)
