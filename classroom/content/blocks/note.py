"""A content note around a part that a reader may read, skip, or take in its short version, at no cost.

`:::: note level=1 about="…"` stands around a `::: short` block, one paragraph, and then the part that may be skipped;
its four colons let other blocks stand inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence, Passage, cut
from classroom.content.model import Block
from classroom.content.page import Page

ReadBlocks = Callable[[Iterable[Passage | Fence], Page], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Note(Block):
    kind: str = field(init=False, default="note")
    level: int
    """1: mentions something hard; 2: describes it."""
    about: str
    short: Markup
    blocks: tuple[Block, ...]
    id: str
    next_id: str
    """The place right after the note, for those who skip."""


def read(fence: Fence, page: Page, read_blocks: ReadBlocks) -> Note:
    """The note; `read_blocks` reads what stands inside."""
    page.expect(fence, options=["level", "about"])
    level = fence.options.get("level", "")
    if level not in ("1", "2"):
        page.say(fence.line, "`level=` is 1 or 2.")
    page.notes += 1
    number = page.notes
    checks = len(page.checks)
    pieces = list(_without_notes(cut(fence.inside, page.say), page))
    short = _short(pieces, fence, page)
    blocks = read_blocks(pieces[1:] if short else pieces, page)
    for check in page.checks[checks:]:
        page.say(check.line, "A check stands inside a content note; who skips it would lose a mark. Put it outside.")
    about = fence.options.get("about", "")
    return Note(int(level == "2") + 1, about, short, blocks, f"note-{number}", f"after-note-{number}")


def _without_notes(pieces: Iterable[Passage | Fence], page: Page) -> Iterator[Passage | Fence]:
    for piece in pieces:
        if isinstance(piece, Fence) and piece.name == "note":
            page.say(piece.line, "A content note stands inside another; end the first before.")
        else:
            yield piece


def _short(pieces: list[Passage | Fence], fence: Fence, page: Page) -> Markup:
    first = pieces[0] if pieces else None
    if isinstance(first, Fence) and first.name == "short":
        return page.paragraph(first.inside)
    page.say(fence.line, "A content note begins with its short version: `::: short`.")
    return Markup()
