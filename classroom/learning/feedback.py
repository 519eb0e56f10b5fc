"""What a learner is told after answering: right or not, why, and where in the lesson it stands."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.content.kinds import Given
from classroom.content.kinds.kind import Mark
from classroom.content.model import Item, Key, Library
from classroom.learning import answers


@dataclass(frozen=True, slots=True)
class Feedback:
    """Made only when its time has come: it carries the key."""

    mark: Mark
    key: Key
    see_href: str
    see_text: str

    @property
    def is_right(self) -> bool:
        return self.mark.is_right


def on(item: Item, given: Given | None, library: Library) -> Feedback:
    """The feedback on an answer, with a link to the part of the lesson where the answer stands."""
    href, text = _where(item.key, library)
    return Feedback(answers.mark(item, given), item.key, href, text)


def _where(key: Key, library: Library) -> tuple[str, str]:
    """Empty when the lesson is no longer there."""
    lesson = library.lessons.get(key.lesson_id)
    if lesson is None:
        return "", ""
    part = next((part for part in lesson.parts if part.id == key.part_id), None)
    address = f"/courses/{lesson.course_id}/{lesson.id}"
    if part is None:
        return address, lesson.short
    return f"{address}#{part.id}", f"{lesson.short} · {part.text}"
