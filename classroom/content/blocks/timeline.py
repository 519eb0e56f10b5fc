"""What happened when: a list of `- 2491 | what happened`, years and dates of the Buddhist era."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.content.fences import Fence, filled
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Timeline(Block):
    kind: str = field(init=False, default="timeline")
    entries: tuple[tuple[str, Markup], ...]
    """When, and what."""


def read(fence: Fence, page: Page) -> Timeline:
    page.expect(fence)
    entries = tuple(_entries(fence, page))
    if not entries:
        page.say(fence.line, "`::: timeline` holds a list of lines like `- 2491 | what happened`.")
    return Timeline(entries)


def _entries(fence: Fence, page: Page) -> Iterator[tuple[str, Markup]]:
    for number, line in filled(fence.inside):
        when, bar, what = line.removeprefix("- ").partition("|")
        if not line.startswith("- ") or not bar or not when.strip():
            page.say(number, "A line of a timeline is written `- when | what happened`.")
            continue
        yield when.strip(), page.inline(what.strip(), number)
