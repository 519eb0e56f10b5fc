"""A private question, kept only if the reader asks and shown to nobody: `::: reflect id=<id>`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Reflect(Block):
    kind: str = field(init=False, default="reflect")
    id: str
    html: Markup
    """One paragraph, without its `<p>`: it labels the box."""


def read(fence: Fence, page: Page) -> Reflect:
    page.expect(fence, options=["id"])
    return Reflect(page.claim_kept(fence), page.paragraph(fence.inside))
