"""A question of the lesson's quiz, answered in place: `::: check <question-id>`."""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom.content.fences import Fence, filled
from classroom.content.model import Block
from classroom.content.page import Page, Shown


@dataclass(frozen=True, slots=True)
class Check(Block):
    kind: str = field(init=False, default="check")
    question_id: str


def read(fence: Fence, page: Page) -> Check | None:
    page.expect(fence, words=1)
    if filled(fence.inside):
        page.say(fence.line, "`::: check` holds nothing; the question stands in quiz.yaml.")
    if not fence.words:
        return None
    part_id = page.parts[-1].id if page.parts else ""
    page.checks.append(Shown(fence.words[0], fence.line, part_id))
    return Check(fence.words[0])
