"""What an address names, for `@allow`: raises `Missing` alike for what is not there and what is somebody else's."""

from __future__ import annotations

from typing import Any

from classroom.content.model import Course, Lesson, Quiz
from classroom.errors import Missing
from classroom.learning import attempts
from classroom.learning.models import Attempt
from classroom.web.library import library


def course_called(person: Any, course_id: str) -> Course:
    course = library().courses.get(course_id)
    if course is None:
        raise Missing("")
    return course


def lesson_called(person: Any, course_id: str, lesson_id: str) -> Lesson:
    lesson = library().lessons.get(lesson_id)
    if lesson is None or lesson.course_id != course_id:
        raise Missing("")
    return lesson


def lesson_quiz(person: Any, course_id: str, lesson_id: str) -> Quiz:
    return lesson_called(person, course_id, lesson_id).quiz


def course_quiz(person: Any, course_id: str, which: str) -> Quiz:
    course = course_called(person, course_id)
    quiz = {"pre": course.pre, "post": course.post}.get(which)
    if quiz is None:
        raise Missing("")
    return quiz


def attempt_called(person: Any, attempt_id: str) -> Attempt:
    attempt = attempts.of_person(person.id, attempt_id)
    if attempt is None:
        raise Missing("")
    return attempt
