"""Things to tick, remembered by their ids: `::: checklist id=<id>` with a list of `- item-id | text`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from classroom.content.fences import Fence, filled
from classroom.content.model import Block, Choice
from classroom.content.page import Page

_LINE = re.compile(r"- *([a-z0-9]+(?:-[a-z0-9]+)*) *\|(.*)")


@dataclass(frozen=True, slots=True)
class Checklist(Block):
    kind: str = field(init=False, default="checklist")
    id: str
    items: tuple[Choice, ...]


def read(fence: Fence, page: Page) -> Checklist:
    page.expect(fence, options=["id"])
    items = tuple(_items(fence, page))
    if not items:
        page.say(fence.line, "`::: checklist` holds a list of lines like `- item-id | text`.")
    return Checklist(page.claim_kept(fence), items)


def _items(fence: Fence, page: Page) -> Iterator[Choice]:
    seen: set[str] = set()
    for number, line in filled(fence.inside):
        match = _LINE.fullmatch(line)
        if not match:
            page.say(number, "A line of a checklist is written `- item-id | text`.")
            continue
        if match[1] in seen:
            page.say(number, f"The id {match[1]} stands twice in this checklist; give each line its own.")
        seen.add(match[1])
        yield Choice(match[1], page.inline(match[2].strip(), number))
