"""Thai law beside the international standard: two lines, each with its label and a `|`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom import phrases
from classroom.content.fences import Fence, filled
from classroom.content.model import Block
from classroom.content.page import Page

_LABELS = (phrases.THAI_LAW, phrases.INTERNATIONAL_STANDARD)


@dataclass(frozen=True, slots=True)
class Law(Block):
    kind: str = field(init=False, default="law")
    thai: Markup
    standard: Markup


def read(fence: Fence, page: Page) -> Law | None:
    page.expect(fence)
    lines = [(number, *line.partition("|")) for number, line in filled(fence.inside)]
    if tuple(label.strip() for _, label, _, _ in lines) != _LABELS:
        page.say(fence.line, f"`::: law` holds two lines: `{_LABELS[0]} | …` and `{_LABELS[1]} | …`.")
        return None
    thai, standard = (page.inline(text.strip(), number) for number, _, _, text in lines)
    return Law(thai, standard)
