"""The lists of courses, lessons, topics and articles agree with what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from classroom.content.manuscript import CourseFolder, Manuscript, Sheet
from classroom.content.model import Audience, Problem
from classroom.content.schema import CatalogueShape

ARTICLES = range(1, 31)
"""Of the Universal Declaration of Human Rights."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    if manuscript.catalogue:
        yield from _courses(manuscript.catalogue, manuscript)
        yield from _paths(manuscript.catalogue)
        yield from _topics(manuscript.catalogue, manuscript)
    for course in manuscript.courses.values():
        yield from _lessons(course)
    yield from _articles(manuscript)


def _courses(catalogue: Sheet[CatalogueShape], manuscript: Manuscript) -> Iterator[Problem]:
    line = catalogue.lines.at("courses")
    for message in _differences("course", catalogue.shape.courses, manuscript.courses):
        yield Problem(catalogue.file, line, message)


def _lessons(course: CourseFolder) -> Iterator[Problem]:
    if course.front:
        line = course.front.lines.at("lessons")
        for message in _differences("lesson", course.front.shape.lessons, course.lessons):
            yield Problem(course.front.file, line, message)


def _paths(catalogue: Sheet[CatalogueShape]) -> Iterator[Problem]:
    paths = catalogue.shape.paths
    ids = [path.id for path in paths]
    if sorted(ids) != sorted(Audience):
        message = f"`paths` has each audience once: {', '.join(Audience)}."
        yield Problem(catalogue.file, catalogue.lines.at("paths"), message)
    for position, path in enumerate(paths):
        for id_ in path.courses:
            if id_ not in catalogue.shape.courses:
                line = catalogue.lines.at("paths", position, "courses")
                yield Problem(catalogue.file, line, f"The path {path.id} names {id_}, which is not in `courses`.")


def _topics(catalogue: Sheet[CatalogueShape], manuscript: Manuscript) -> Iterator[Problem]:
    fronts = [course.front for course in manuscript.courses.values()]
    lessons = [lesson.front for lesson in manuscript.lessons()]
    for front in (*fronts, *lessons):
        for topic in front.shape.topics if front else ():
            if front and topic not in catalogue.shape.topics:
                message = f"The topic {topic} is not in catalogue.yaml; add it there or name one of its topics."
                yield Problem(front.file, front.lines.at("topics"), message)


def _articles(manuscript: Manuscript) -> Iterator[Problem]:
    if manuscript.rights:
        numbers = {article.number for article in manuscript.rights.shape}
        missing = [str(number) for number in ARTICLES if number not in numbers]
        if missing:
            yield Problem(manuscript.rights.file, 1, f"These articles are missing: {', '.join(missing)}.")


def _differences(noun: str, listed: tuple[str, ...], folders: Iterable[str]) -> Iterator[str]:
    there = set(folders)
    for id_ in listed:
        if id_ not in there:
            yield f"The {noun} {id_} has no folder."
    for id_ in sorted(there - set(listed)):
        yield f"The folder {id_} is in no list; add the {noun} here or move the folder away."
    for id_, times in Counter(listed).items():
        if times > 1:
            yield f"The {noun} {id_} stands {times} times in the list."
