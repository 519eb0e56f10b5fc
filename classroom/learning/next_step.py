"""What to do next: one suggestion, from where the person stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from classroom import phrases
from classroom.content.model import Course, Lesson, Library
from classroom.learning.progress import Standing, State


@dataclass(frozen=True, slots=True)
class Step:
    """A link that says what it is for."""

    text: str
    title: str
    href: str
    minutes: int


def next_step(library: Library, standing: Standing) -> Step | None:
    """Go on where one stopped; else the next lesson of that course, its last test, the next course. None: all done."""
    begun = _course_of_last_visit(library, standing)
    courses = list(library.courses.values())
    if begun is not None:
        courses.sort(key=lambda course: course.id != begun.id)
    for course in courses:
        step = _step_in(course, standing)
        if step is not None:
            return step
    return None


def _course_of_last_visit(library: Library, standing: Standing) -> Course | None:
    last = standing.last_touched()
    return library.courses.get(last.course_id) if last else None


def _step_in(course: Course, standing: Standing) -> Step | None:
    last = standing.last_touched()
    waiting = [lesson for lesson in course.lessons if not standing.is_finished(lesson)]
    begun = [lesson for lesson in waiting if last and lesson.id == last.activity_id]
    for lesson in [*begun, *waiting]:
        return _lesson_step(lesson, standing)
    if course.post is not None and standing.state(course.post.id) is not State.PASSED:
        return Step(phrases.STEP_POST_TEST, course.title.plain, f"/courses/{course.id}/quiz/post", 10)
    return None


def _lesson_step(lesson: Lesson, standing: Standing) -> Step:
    place = standing.place(lesson)
    is_begun = standing.state(lesson.id) is State.OPENED
    text = phrases.STEP_GO_ON if is_begun else phrases.STEP_NEXT_LESSON
    return Step(
        text,
        lesson.title.plain,
        f"/courses/{lesson.course_id}/{lesson.id}{'#' + place if place else ''}",
        lesson.minutes,
    )
