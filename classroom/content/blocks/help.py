"""Where to call for help: `::: help 1387 1300`, the ids of helplines.yaml; without ids, all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from classroom.content.fences import Fence, filled
from classroom.content.model import Block, Helpline
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Help(Block):
    kind: str = field(init=False, default="help")
    lines: tuple[Helpline, ...]


def read(fence: Fence, page: Page) -> Help:
    page.expect(fence, words=None)
    if filled(fence.inside):
        page.say(fence.line, "`::: help` holds nothing; the numbers stand in helplines.yaml.")
    if not fence.words:
        return Help(tuple(page.helplines.values()))
    return Help(tuple(_known(fence, page)))


def _known(fence: Fence, page: Page) -> Iterator[Helpline]:
    for id_ in fence.words:
        if id_ in page.helplines:
            yield page.helplines[id_]
        elif page.helplines:  # without any, the list itself is the problem
            page.say(fence.line, f"There is no helpline {id_} in helplines.yaml.")
