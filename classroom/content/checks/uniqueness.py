"""Ids: each once where it must be one of a kind, and the id of a course or lesson equal to its folder's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classroom.content.manuscript import CourseFolder, Manuscript
from classroom.content.model import Problem
from classroom.content.schema import ObjectiveShape

LONGEST_ID = 60
"""In characters; ids are kept in the database."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    yield from _folders(manuscript)
    yield from _lessons(manuscript)
    yield from _questions(manuscript)
    for course in manuscript.courses.values():
        yield from _objectives(course)
    yield from _entries(manuscript)


def _folders(manuscript: Manuscript) -> Iterator[Problem]:
    fronts = [(course.id, course.front) for course in manuscript.courses.values()]
    lessons = [(lesson.id, lesson.front) for lesson in manuscript.lessons()]
    for name, front in [*fronts, *lessons]:
        if front and front.shape.id != name:
            message = f"The id {front.shape.id} is not the name of the folder, {name}; they must be the same."
            yield Problem(front.file, front.lines.at("id"), message)


def _lessons(manuscript: Manuscript) -> Iterator[Problem]:
    places = ((lesson.id, lesson.file, 1) for lesson in manuscript.lessons())
    yield from _repeated("lesson", places)


def _questions(manuscript: Manuscript) -> Iterator[Problem]:
    places = [(item.shape.id, item.file, item.line) for item in manuscript.items()]
    yield from _repeated("question", places)
    for id_, file, line in places:
        if len(id_) > LONGEST_ID:
            yield Problem(file, line, f"The id {id_} has more than {LONGEST_ID} characters.")


def _objectives(course: CourseFolder) -> Iterator[Problem]:
    """A course and its lessons may share an objective; then its words are the same."""
    seen: dict[str, tuple[str, str, int]] = {}
    for objective, file, line in _objectives_of(course):
        text, first_file, first_line = seen.setdefault(objective.id, (objective.text, file, line))
        if text != objective.text:
            message = f"The objective {objective.id} has other words in {first_file}:{first_line}; give one a new id."
            yield Problem(file, line, message)


def _objectives_of(course: CourseFolder) -> Iterator[tuple[ObjectiveShape, str, int]]:
    lessons = [lesson.front for lesson in course.lessons.values()]
    for front in (course.front, *lessons):
        for position, objective in enumerate(front.shape.objectives if front else ()):
            if front:
                yield objective, front.file, front.lines.at("objectives", position)


def _entries(manuscript: Manuscript) -> Iterator[Problem]:
    """Within the lists that stand in one file."""
    if manuscript.glossary:
        sheet = manuscript.glossary
        terms = ((term.id, sheet.file, sheet.lines.at(at)) for at, term in enumerate(sheet.shape))
        yield from _repeated("term", terms)
    if manuscript.rights:
        rights = manuscript.rights
        articles = ((str(one.number), rights.file, rights.lines.at(at)) for at, one in enumerate(rights.shape))
        yield from _repeated("article", articles)
    if manuscript.helplines:
        helplines = manuscript.helplines
        lines = enumerate(helplines.shape.lines)
        numbers = ((line.id, helplines.file, helplines.lines.at("lines", at)) for at, line in lines)
        yield from _repeated("helpline", numbers)
    for lesson in manuscript.lessons():
        front = lesson.front
        if front:
            sources = enumerate(front.shape.sources)
            places = ((source.id, front.file, front.lines.at("sources", at)) for at, source in sources)
            yield from _repeated("source", places)


def _repeated(noun: str, places: Iterable[tuple[str, str, int]]) -> Iterator[Problem]:
    """A problem at every place whose id already stands at an earlier one."""
    seen: dict[str, str] = {}
    for id_, file, line in places:
        first = seen.setdefault(id_, f"{file}:{line}")
        if first != f"{file}:{line}":
            yield Problem(file, line, f"The {noun} {id_} already stands at {first}; give each its own id.")
