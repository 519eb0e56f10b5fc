"""The principles of a lesson, one ordered list: `::: principles`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Principles(Block):
    kind: str = field(init=False, default="principles")
    html: Markup


def read(fence: Fence, page: Page) -> Principles:
    page.expect(fence)
    tokens = page.parse(fence.inside)
    if [token.type for token in tokens if token.level == 0] != ["ordered_list_open", "ordered_list_close"]:
        page.say(fence.line, "`::: principles` holds one numbered list (1. 2. 3.) and nothing else.")
    return Principles(page.html(tokens))
