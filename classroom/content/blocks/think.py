"""A question answered in the head, before any rule: `::: think`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Think(Block):
    kind: str = field(init=False, default="think")
    html: Markup


def read(fence: Fence, page: Page) -> Think:
    page.expect(fence)
    return Think(page.flow(fence.inside))
