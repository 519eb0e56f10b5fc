"""A story to judge, labelled as made up or as real: `::: case <label>`. A real one names its source."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from classroom import phrases
from classroom.content.fences import Fence
from classroom.content.markdown import Points
from classroom.content.model import Block
from classroom.content.page import Page


@dataclass(frozen=True, slots=True)
class Case(Block):
    kind: str = field(init=False, default="case")
    is_fictional: bool
    html: Markup


def read(fence: Fence, page: Page) -> Case:
    page.expect(fence, words=1)
    label = fence.words[0] if fence.words else ""
    if label not in (phrases.MADE_UP_CASE, phrases.REAL_CASE):
        page.say(fence.line, f"Behind `::: case` stands {phrases.MADE_UP_CASE} or {phrases.REAL_CASE}.")
    seen = len(page.references)
    html = page.flow(fence.inside)
    is_cited = any(reference.to is Points.SOURCE for reference in page.references[seen:])
    if label == phrases.REAL_CASE and not is_cited:
        page.say(fence.line, "A real case needs a note to its source, like [^source-id].")
    return Case(label != phrases.REAL_CASE, html)
