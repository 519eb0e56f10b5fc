"""Reads the lessons folder into a manuscript, and says what is wrong within a file; the checks look between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from classroom.content.blocks import read_body
from classroom.content.fences import Passage
from classroom.content.folder import Folder
from classroom.content.guides import read_guide
from classroom.content.manuscript import CourseFolder, Guide, ItemSheet, LessonFolder, Manuscript, Sheet
from classroom.content.model import Helpline
from classroom.content.page import Page
from classroom.content.pictures import read_pictures
from classroom.content.quizzes import read_items
from classroom.content.records import Record, read_record
from classroom.content.schema import (
    ArticleShape,
    CatalogueShape,
    CourseQuizShape,
    CourseShape,
    HelplinesShape,
    LessonShape,
    TermShape,
    WordingShape,
    fit,
)

Shape = TypeVar("Shape")


class Shelf:
    """Reads one folder once."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._problems = folder.problems
        self._records: dict[str, Record] = {}
        self._helplines: Mapping[str, Helpline] = {}

    def read(self) -> Manuscript:
        catalogue = self._sheet(CatalogueShape, "catalogue.yaml")
        glossary = self._sheet(tuple[TermShape, ...], "glossary.yaml")
        rights = self._sheet(tuple[ArticleShape, ...], "rights.yaml")
        helplines = self._sheet(HelplinesShape, "helplines.yaml")
        wording = self._sheet(tuple[WordingShape, ...], "wording.yaml")
        self._helplines = helplines_by_id(helplines.shape) if helplines else {}
        courses = {name: self._course(name) for name in self._folder.subfolders()}
        return Manuscript(
            catalogue=catalogue,
            glossary=glossary,
            rights=rights,
            helplines=helplines,
            wording=wording,
            courses=courses,
            texts=self._folder.texts,
            records=self._records,
            faulty=self._problems.files(),
            version=self._folder.version,
        )

    def _course(self, id_: str) -> CourseFolder:
        lessons = {name: self._lesson(id_, name) for name in self._folder.subfolders(id_)}
        pre, post = self._course_quiz(f"{id_}/quiz.yaml")
        front = self._sheet(CourseShape, f"{id_}/course.yaml")
        return CourseFolder(id_, front, lessons, pre, post, self._kept_ids(f"{id_}/ids.txt"))

    def _kept_ids(self, file: str) -> Mapping[str, int]:
        text = self._folder.text(file) if self._folder.has(file) else None
        lines = enumerate((text or "").split("\n"), start=1)
        return {line.strip(): number for number, line in lines if line.strip()}

    def _course_quiz(self, file: str) -> tuple[tuple[ItemSheet, ...] | None, tuple[ItemSheet, ...] | None]:
        sheet = self._sheet(CourseQuizShape, file) if self._folder.has(file) else None
        if sheet is None:
            return None, None
        pre, post = (
            None if items is None else read_items(items, sheet.lines.under(name), file, self._problems)
            for name, items in (("pre", sheet.shape.pre), ("post", sheet.shape.post))
        )
        return pre, post

    def _lesson(self, course_id: str, id_: str) -> LessonFolder:
        place = f"{course_id}/{id_}"
        pictures = read_pictures(self._folder, f"{place}/img")
        page = Page(f"{place}/lesson.md", f"/courses/{place}", self._helplines, pictures, self._problems)
        front, body = self._lesson_text(page.file)
        return LessonFolder(
            course_id=course_id,
            id=id_,
            front=front,
            blocks=read_body(body, page) if body else (),
            page=page,
            items=self._lesson_quiz(f"{place}/quiz.yaml"),
            guide=self._guide(f"{place}/teach.md"),
            pictures=pictures,
        )

    def _lesson_text(self, file: str) -> tuple[Sheet[LessonShape] | None, Passage | None]:
        text = self._folder.text(file)
        if text is None:
            return None, None
        lines = text.split("\n")
        if lines[0].rstrip() != "---" or "---" not in (line.rstrip() for line in lines[1:]):
            self._problems.add(file, 1, "A lesson begins with its front matter between two lines `---`.")
            return None, Passage(tuple(lines), 1)
        end = next(at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---")
        front = self._fitted(LessonShape, "\n".join(lines[1:end]), file, lines_before=1)
        return front, Passage(tuple(lines[end + 1 :]), end + 2)

    def _lesson_quiz(self, file: str) -> tuple[ItemSheet, ...]:
        record = self._record(self._folder.text(file), file)
        return read_items(record.data, record.lines, file, self._problems) if record else ()

    def _guide(self, file: str) -> Guide | None:
        text = self._folder.text(file) if self._folder.has(file) else None
        return None if text is None else read_guide(text, file, self._problems)

    def _sheet(self, shape: type[Shape], file: str) -> Sheet[Shape] | None:
        text = self._folder.text(file)
        return None if text is None else self._fitted(shape, text, file)

    def _fitted(self, shape: type[Shape], text: str, file: str, *, lines_before: int = 0) -> Sheet[Shape] | None:
        record = self._record(text, file, lines_before=lines_before)
        fitted = fit(shape, record.data, record.lines, file, self._problems) if record else None
        return Sheet(file, fitted, record.lines) if record and fitted is not None else None

    def _record(self, text: str | None, file: str, *, lines_before: int = 0) -> Record | None:
        record = None if text is None else read_record(text, file, self._problems, lines_before=lines_before)
        if record:
            self._records[file] = record
        return record


def helplines_by_id(shape: HelplinesShape) -> Mapping[str, Helpline]:
    return {line.id: Helpline(**line.model_dump()) for line in shape.lines}
