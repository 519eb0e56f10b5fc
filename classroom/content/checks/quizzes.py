"""Quizzes: what they ask for is there, nothing is alike, and a lesson shows exactly its three checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from classroom import thai
from classroom.content import markdown
from classroom.content.manuscript import CourseFolder, ItemSheet, LessonFolder, Manuscript, Sheet
from classroom.content.model import Problem
from classroom.content.schema import CourseShape, LessonShape

CHECKS_IN_A_LESSON = 3

_LISTS = ("choices", "rows", "steps")
"""Where an item holds things to tell apart."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for item in manuscript.items():
        yield from _alike(item)
    for course in manuscript.courses.values():
        yield from _objectives(course)
        yield from _places(course)
        for lesson in course.lessons.values():
            yield from _shown(lesson, manuscript.faulty)
    yield from _replaced(manuscript)


def _alike(item: ItemSheet) -> Iterator[Problem]:
    for name in _LISTS:
        seen: dict[str, str] = {}
        for position, entry in enumerate(_entries(item, name)):
            id_, text = str(entry.get("id")), str(entry.get("text"))
            first = seen.setdefault(thai.fold(markdown.plain(text)), id_)
            if first != id_:
                message = f"{id_} and {first} read the same; make them different."
                yield Problem(item.file, item.lines.at(name, position), message)


def _entries(item: ItemSheet, name: str) -> list[Mapping[str, object]]:
    entries = item.data.get(name)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _objectives(course: CourseFolder) -> Iterator[Problem]:
    """An item serves an objective of its lesson or course; an item of a course's quiz may serve that of any lesson."""
    if course.front is None or any(lesson.front is None for lesson in course.lessons.values()):
        return
    of_course = _ids(course.front)
    of_lessons = {lesson.id: _ids(lesson.front) for lesson in course.lessons.values()}
    yield from _unknown_objectives(course.items, of_course.union(*of_lessons.values()), f"{course.id}/course.yaml")
    for lesson in course.lessons.values():
        yield from _unknown_objectives(lesson.items, of_course | of_lessons[lesson.id], lesson.file)


def _ids(front: Sheet[LessonShape] | Sheet[CourseShape] | None) -> frozenset[str]:
    return frozenset(objective.id for objective in front.shape.objectives) if front else frozenset()


def _unknown_objectives(items: tuple[ItemSheet, ...], known: frozenset[str], file: str) -> Iterator[Problem]:
    for item in items:
        if item.shape.objective not in known:
            message = f"The objective {item.shape.objective} is not among those of {file}."
            yield Problem(item.file, item.lines.at("objective"), message)


def _places(course: CourseFolder) -> Iterator[Problem]:
    for item in course.items:
        if item.shape.see is None:
            yield Problem(item.file, item.line, "An item of a course's quiz needs `see: lesson-id#heading-id`.")


def _shown(lesson: LessonFolder, faulty: frozenset[str]) -> Iterator[Problem]:
    quiz = f"{lesson.place}/quiz.yaml"
    known = {item.shape.id for item in lesson.items}
    shown = [check.question_id for check in lesson.page.checks]
    if len(shown) != CHECKS_IN_A_LESSON:
        message = f"A lesson shows exactly {CHECKS_IN_A_LESSON} checks (`::: check …`), not {len(shown)}."
        yield Problem(lesson.file, lesson.page.checks[-1].line if shown else 1, message)
    for position, check in enumerate(lesson.page.checks):
        if check.question_id not in known and quiz not in faulty:
            yield Problem(lesson.file, check.line, f"There is no question {check.question_id} in {quiz}.")
        if check.question_id in shown[:position]:
            yield Problem(lesson.file, check.line, f"The check {check.question_id} is already shown above.")
    for item in lesson.items:
        if item.shape.id not in shown:
            message = f"The lesson does not show {item.shape.id}; write `::: check {item.shape.id}` where it belongs."
            yield Problem(item.file, item.line, message)


def _replaced(manuscript: Manuscript) -> Iterator[Problem]:
    known = {item.shape.id for item in manuscript.items()}
    for item in manuscript.items():
        if item.shape.replaces in known:
            message = f"{item.shape.replaces} is still there; take the old question out, or `replaces:` here."
            yield Problem(item.file, item.lines.at("replaces"), message)
