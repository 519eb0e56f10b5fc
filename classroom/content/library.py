"""Binds a manuscript without problems into the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from classroom import thai
from classroom.content import markdown, quizzes
from classroom.content.manuscript import CourseFolder, ItemSheet, LessonFolder, Manuscript, Sheet
from classroom.content.markdown import Points
from classroom.content.model import (
    Article,
    Course,
    Helpline,
    LearningPath,
    Lesson,
    Library,
    Objective,
    Quiz,
    Source,
    Term,
    Title,
)
from classroom.content.records import Value
from classroom.content.schema import CatalogueShape, LessonShape, ObjectiveShape, TermShape

Shape = TypeVar("Shape")


def bind(manuscript: Manuscript) -> Library:
    """The library; raises ValueError if the manuscript still has a sheet with problems."""
    catalogue = _whole(manuscript.catalogue)
    courses = {id_: _course(manuscript.courses[id_]) for id_ in catalogue.courses}
    lessons = {lesson.id: lesson for course in courses.values() for lesson in course.lessons}
    helplines = _whole(manuscript.helplines)
    return Library(
        courses=MappingProxyType(courses),
        lessons=MappingProxyType(lessons),
        quizzes=MappingProxyType({quiz.id: quiz for course in courses.values() for quiz in _quizzes(course)}),
        paths=tuple(_paths(catalogue, courses)),
        topics=MappingProxyType(dict(catalogue.topics)),
        terms=MappingProxyType(_terms(_whole(manuscript.glossary))),
        articles=MappingProxyType({shape.number: Article(**shape.model_dump()) for shape in _whole(manuscript.rights)}),
        helplines=tuple(Helpline(**line.model_dump()) for line in helplines.lines),
        helplines_checked=helplines.checked,
        version=manuscript.version,
    )


def _whole(sheet: Sheet[Shape] | None) -> Shape:
    if sheet is None:
        raise ValueError("a manuscript with problems cannot be bound")
    return sheet.shape


def _course(folder: CourseFolder) -> Course:
    front = _whole(folder.front)
    published = [folder.lessons[id_] for id_ in front.lessons if not folder.lessons[id_].is_draft]
    return Course(
        id=folder.id,
        title=_title(front.title),
        summary=front.summary,
        audience=front.audience,
        level=front.level,
        topics=front.topics,
        articles=front.articles,
        priority=front.priority,
        lenses=front.lenses,
        objectives=_objectives(front.objectives),
        lessons=tuple(_lesson(lesson, number, front.topics) for number, lesson in enumerate(published, start=1)),
        pre=_course_quiz(folder.id, "pre", folder.pre),
        post=_course_quiz(folder.id, "post", folder.post),
    )


def _lesson(folder: LessonFolder, number: int, course_topics: tuple[str, ...]) -> Lesson:
    front = _whole(folder.front)
    return Lesson(
        id=folder.id,
        course_id=folder.course_id,
        number=number,
        title=_title(front.title),
        short=front.short or _title(front.title).plain,
        summary=front.summary,
        minutes=front.minutes,
        articles=front.articles,
        topics=front.topics or course_topics,
        priority=front.priority,
        lenses=front.lenses,
        content_note=front.content_note,
        objectives=_objectives(front.objectives),
        sources=_sources(front, folder),
        last_checked=front.last_checked,
        reviewed_by=front.reviewed_by,
        needs=front.needs or "",
        blocks=folder.blocks,
        parts=tuple(folder.page.parts),
        terms=tuple(_terms_used(folder)),
        quiz=_lesson_quiz(folder),
        pictures=MappingProxyType(dict(folder.pictures)),
        guide=folder.guide.guide if folder.guide else None,
    )


def _title(text: str) -> Title:
    return Title(text.replace("|", ""), markdown.title(text))


def _objectives(shapes: tuple[ObjectiveShape, ...]) -> tuple[Objective, ...]:
    return tuple(Objective(shape.id, shape.text, shape.domain) for shape in shapes)


def _sources(front: LessonShape, folder: LessonFolder) -> tuple[Source, ...]:
    texts = {source.id: source.text for source in front.sources}
    return tuple(Source(id_, number, texts[id_]) for id_, number in folder.page.numbering.sources.items())


def _terms_used(folder: LessonFolder) -> Iterator[str]:
    """Those of the checks too: they stand on the same page."""
    in_checks = (reference for item in folder.items for reference in item.references)
    used = (reference.target for reference in (*folder.page.references, *in_checks) if reference.to is Points.TERM)
    yield from dict.fromkeys(used)


def _lesson_quiz(folder: LessonFolder) -> Quiz:
    """An answer stands under the heading above its check, unless the item says elsewhere."""
    above = {shown.question_id: shown.part_id for shown in folder.page.checks}
    items = [_with_place(item, folder.id, above.get(item.shape.id, "")) for item in folder.items]
    return quizzes.read_source(folder.id, quizzes.write_source(folder.course_id, folder.id, items))


def _with_place(item: ItemSheet, lesson_id: str, part_id: str) -> Mapping[str, Value]:
    return {"see": f"{lesson_id}#{part_id}", **item.data} if part_id else item.data


def _course_quiz(course_id: str, name: str, items: tuple[ItemSheet, ...] | None) -> Quiz | None:
    if items is None:
        return None
    source = quizzes.write_source(course_id, None, [item.data for item in items])
    return quizzes.read_source(f"{course_id}.{name}", source)


def _quizzes(course: Course) -> Iterator[Quiz]:
    yield from (lesson.quiz for lesson in course.lessons)
    yield from (quiz for quiz in (course.pre, course.post) if quiz)


def _paths(catalogue: CatalogueShape, courses: Mapping[str, Course]) -> Iterator[LearningPath]:
    for path in catalogue.paths:
        if path.courses:
            yield LearningPath(path.id, path.title, path.summary, tuple(courses[id_] for id_ in path.courses))


def _terms(shapes: tuple[TermShape, ...]) -> dict[str, Term]:
    terms = [Term(**shape.model_dump(), sort_key=thai.sort_key(shape.term)) for shape in shapes]
    return {term.id: term for term in sorted(terms, key=lambda term: term.sort_key)}
