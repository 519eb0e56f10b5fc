"""What there is to learn: all courses, the paths, and one course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from classroom import phrases
from classroom.content.model import Audience, Course, Lesson, Level, Library
from classroom.learning import progress
from classroom.learning.loading import course_called
from classroom.learning.progress import NOTHING_YET, Standing
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.library import library
from classroom.web.visitor import current_person

blueprint = Blueprint("catalogue", __name__)
FILTERS = ("audience", "level", "minutes", "topic", "article")
MINUTES = (8, 10, 15)


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """How far a course is finished, as the components draw it."""

    finished: int
    total: int

    @property
    def words(self) -> str:
        return phrases.LESSONS_FINISHED.format(finished=self.finished, total=self.total)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in a list."""

    href: str
    title: str
    minutes: int
    state: str
    state_words: str


def course_progress(course: Course, standing: Standing) -> CourseProgress:
    return CourseProgress(standing.finished_in(course), len(course.lessons))


def lesson_rows(course: Course, standing: Standing, now: Lesson | None = None) -> list[LessonRow]:
    """The course's lessons with the person's state, `now` being the one on the page."""
    return [lesson_row(lesson, standing, is_now=lesson is now) for lesson in course.lessons]


def lesson_row(lesson: Lesson, standing: Standing, *, is_now: bool = False) -> LessonRow:
    """One lesson as a list shows it."""
    state = standing.state(lesson.id)
    words = phrases.STATES[state] if standing.rows else ""
    href = f"/courses/{lesson.course_id}/{lesson.id}"
    return LessonRow(href, lesson.short, lesson.minutes, "now" if is_now else state, words)


def own_standing(course_id: str | None = None) -> Standing:
    """Where this visitor stands; nothing for someone who is nobody yet."""
    person = current_person()
    return progress.standing(person.id, course_id) if person else NOTHING_YET


@blueprint.get("/courses")
@allow(Can.READ, public=True, varies_by=FILTERS)
def courses() -> str:
    chosen = _chosen_filters()
    standing = own_standing()
    return render_template(
        "learning/courses.html",
        place="courses",
        library=library(),
        chosen=chosen,
        options=_options(library()),
        found=[lesson_row(lesson, standing) for lesson in _matching(library(), chosen)]
        if any(chosen.values())
        else None,
        progress={course.id: course_progress(course, standing) for course in library().courses.values()}
        if standing.rows
        else {},
    )


def _chosen_filters() -> dict[str, str]:
    """The filters that make sense; the others are as if not chosen."""
    options = {name: {value for value, _ in choices} for name, choices in _options(library()).items()}
    asked = {name: request.args.get(name, "") for name in FILTERS}
    return {name: value if value in options[name] else "" for name, value in asked.items()}


def _options(library: Library) -> dict[str, list[tuple[str, str]]]:
    """Per filter: value and Thai name, only of what some lesson has."""
    articles = sorted({article for lesson in library.lessons.values() for article in lesson.articles})
    return {
        "audience": [(audience.value, phrases.AUDIENCES[audience]) for audience in Audience],
        "level": [(level.value, phrases.LEVELS[level]) for level in Level],
        "minutes": [(str(minutes), phrases.MINUTES_AT_MOST.format(minutes=minutes)) for minutes in MINUTES],
        "topic": list(library.topics.items()),
        "article": [
            (str(article), phrases.ARTICLE.format(number=article, title=library.articles[article].title))
            for article in articles
        ],
    }


def _matching(library: Library, chosen: dict[str, str]) -> list[Lesson]:
    return [lesson for course in library.courses.values() for lesson in course.lessons if _fits(course, lesson, chosen)]


def _fits(course: Course, lesson: Lesson, chosen: dict[str, str]) -> bool:
    return (
        (not chosen["audience"] or chosen["audience"] in course.audience)
        and (not chosen["level"] or chosen["level"] == course.level)
        and (not chosen["minutes"] or lesson.minutes <= int(chosen["minutes"]))
        and (not chosen["topic"] or chosen["topic"] in lesson.topics)
        and (not chosen["article"] or int(chosen["article"]) in lesson.articles)
    )


@blueprint.get("/courses/<course_id>")
@allow(Can.READ, course_called, public=True)
def course(course: Course) -> Any:
    standing = own_standing(course.id)
    return render_template(
        "learning/course.html",
        place="courses",
        course=course,
        library=library(),
        standing=standing,
        rows=lesson_rows(course, standing),
        progress=course_progress(course, standing) if standing.rows else None,
        pass_counts={quiz.id: progress.pass_count(quiz) for quiz in (course.pre, course.post) if quiz},
    )
