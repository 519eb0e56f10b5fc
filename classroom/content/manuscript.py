"""What the authors wrote, read and fitted to the format, before it is checked as a whole and becomes the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from classroom.content.kinds import ItemShape, Kind
from classroom.content.markdown import Reference
from classroom.content.model import Block, Picture, TeachingGuide
from classroom.content.page import Page
from classroom.content.records import Lines, Record, Value
from classroom.content.schema import (
    ArticleShape,
    CatalogueShape,
    CourseShape,
    HelplinesShape,
    LessonShape,
    TermShape,
    WordingShape,
)

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Shape]):
    """A YAML file (or front matter) that fits its schema."""

    file: str
    shape: Shape
    lines: Lines


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """One item of a quiz."""

    file: str
    kind: Kind[Any]
    shape: ItemShape
    data: Mapping[str, Value]
    """As written: a quiz is built from this, now and when it is read again."""
    lines: Lines
    references: tuple[Reference, ...]

    @property
    def line(self) -> int:
        return self.lines.at()


@dataclass(frozen=True, slots=True)
class Guide:
    guide: TeachingGuide
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class LessonFolder:
    """Everything in a lesson's folder. Its name is the lesson's id."""

    course_id: str
    id: str
    front: Sheet[LessonShape] | None
    """None if it has problems, as with every sheet here."""
    blocks: tuple[Block, ...]
    page: Page
    items: tuple[ItemSheet, ...]
    guide: Guide | None
    pictures: Mapping[str, Picture]

    @property
    def place(self) -> str:
        return f"{self.course_id}/{self.id}"

    @property
    def file(self) -> str:
        return f"{self.place}/lesson.md"

    @property
    def is_draft(self) -> bool:
        return self.front is not None and self.front.shape.needs is not None


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """Everything in a course's folder. Its name is the course's id."""

    id: str
    front: Sheet[CourseShape] | None
    lessons: Mapping[str, LessonFolder]
    """By id, in no order; the order stands in `front`."""
    pre: tuple[ItemSheet, ...] | None
    post: tuple[ItemSheet, ...] | None
    kept_ids: Mapping[str, int]
    """The lines of `ids.txt` and their numbers."""

    @property
    def items(self) -> tuple[ItemSheet, ...]:
        """Of the course's own quiz."""
        return (self.pre or ()) + (self.post or ())


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The whole lessons folder."""

    catalogue: Sheet[CatalogueShape] | None
    glossary: Sheet[tuple[TermShape, ...]] | None
    rights: Sheet[tuple[ArticleShape, ...]] | None
    helplines: Sheet[HelplinesShape] | None
    wording: Sheet[tuple[WordingShape, ...]] | None
    courses: Mapping[str, CourseFolder]
    """By id, in no order; the order stands in `catalogue`."""
    texts: Mapping[str, str]
    """Every text file that could be read, by file."""
    records: Mapping[str, Record]
    """The YAML of each file, by file."""
    faulty: frozenset[str]
    """The files that could not be read as they should: what seems to be missing from them may be there."""
    version: str
    """A digest of every file."""

    def lessons(self) -> Iterator[LessonFolder]:
        for course in self.courses.values():
            yield from course.lessons.values()

    def items(self) -> Iterator[ItemSheet]:
        """Every item of every quiz."""
        for course in self.courses.values():
            yield from course.items
            for lesson in course.lessons.values():
                yield from lesson.items
