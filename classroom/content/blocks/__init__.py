"""The blocks of a lesson's body. A block is one file here, one component, and one entry in `READERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from classroom.content.blocks import (
    action,
    case,
    check,
    checklist,
    help,
    law,
    note,
    principles,
    prose,
    reflect,
    summary,
    think,
    timeline,
)
from classroom.content.fences import Fence, Passage, cut
from classroom.content.model import Block
from classroom.content.page import Page

READERS: Mapping[str, Callable[[Fence, Page], Block | None]] = MappingProxyType(
    {
        "action": action.read,
        "case": case.read,
        "check": check.read,
        "checklist": checklist.read,
        "help": help.read,
        "law": law.read,
        "note": lambda fence, page: note.read(fence, page, _read),
        "principles": principles.read,
        "reflect": reflect.read,
        "summary": summary.read,
        "think": think.read,
        "timeline": timeline.read,
    }
)
"""By the name behind `:::`. Prose and figures have no fence."""


def read_body(body: Passage, page: Page) -> tuple[Block, ...]:
    """A lesson's body as blocks, in order; every fault is said to the page."""
    return _read(cut(body, page.say), page)


def _read(pieces: Iterable[Passage | Fence], page: Page) -> tuple[Block, ...]:
    return tuple(block for piece in pieces for block in _blocks(piece, page))


def _blocks(piece: Passage | Fence, page: Page) -> Iterator[Block]:
    if isinstance(piece, Passage):
        yield from prose.read(piece, page)
        return
    reader = READERS.get(piece.name)
    if reader is None:
        page.say(piece.line, f"There is no block `::: {piece.name}`; there are {', '.join(READERS)}.")
        return
    block = reader(piece, page)
    if block is not None:
        yield block
