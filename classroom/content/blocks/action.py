"""One thing to do: `::: action safe=always`, or `safe=ask`, which asks first “is this safe for me?”.

An action that asks needs a last line with another way, off-line or without a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom import phrases
from classroom.content.fences import Fence, Passage, filled
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Action(Block):
    kind: str = field(init=False, default="action")
    html: Markup
    alternative: Markup | None
    is_gated: bool
    """Does “is this safe for me?” stand before it?"""


def read(fence: Fence, page: Page) -> Action:
    page.expect(fence, options=["safe"])
    is_gated = fence.options.get("safe") == "ask"
    if fence.options.get("safe", "ask") not in ("ask", "always"):
        page.say(fence.line, "`safe=` is `always` or `ask`.")
    other_way = _other_way(fence)
    if is_gated and other_way is None:
        page.say(fence.line, f"An action with `safe=ask` needs a last line `{phrases.OTHER_WAY} | …`.")
    if other_way is None:
        return Action(page.flow(fence.inside), None, is_gated)
    number, text = other_way
    before = Passage(fence.inside.lines[: number - fence.inside.line], fence.inside.line)
    return Action(page.flow(before), page.inline(text, number), is_gated)


def _other_way(fence: Fence) -> tuple[int, str] | None:
    """The last line, if it gives another way."""
    lines = filled(fence.inside)
    if not lines:
        return None
    number, line = lines[-1]
    label, _, text = line.partition("|")
    return (number, text.strip()) if label.strip() == phrases.OTHER_WAY else None
