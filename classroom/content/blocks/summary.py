"""The lesson in three lines: `::: summary` with a list of three."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence
from classroom.content.model import Block
from classroom.content.page import Page

_LINES = 3


@dataclass(frozen=True, slots=True)
class Summary(Block):
    kind: str = field(init=False, default="summary")
    html: Markup


def read(fence: Fence, page: Page) -> Summary:
    page.expect(fence)
    tokens = page.parse(fence.inside)
    outer = [token.type for token in tokens if token.level == 0]
    items = [token for token in tokens if token.type == "list_item_open" and token.level == 1]
    if outer != ["bullet_list_open", "bullet_list_close"] or len(items) != _LINES:
        page.say(fence.line, "`::: summary` holds one list of three lines, each beginning with `- `.")
    return Summary(page.html(tokens))
