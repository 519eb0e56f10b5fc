"""A quiz and the attempts at it: begin, save as one goes, hand in, read why."""

from __future__ import annotations

import secrets
from random import Random
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock, thai
from classroom.content.kinds import Given
from classroom.content.kinds.kind import Fields
from classroom.content.model import Course, Item, Lesson, Library, Quiz
from classroom.database import start_writing
from classroom.errors import Refusal
from classroom.learning import answers, attempts, feedback, order, progress
from classroom.learning.loading import attempt_called, course_quiz, lesson_quiz
from classroom.learning.models import Attempt
from classroom.permissions import Can
from classroom.web import origin
from classroom.web.guards import allow
from classroom.web.library import library
from classroom.web.visitor import current_person, person_or_guest

blueprint = Blueprint("quizzes", __name__)
CONTROLS = ("hand-in", "save", "begin", "revision")


def address(quiz: Quiz) -> str:
    """Where the quiz stands."""
    if quiz.lesson_id:
        return f"/courses/{quiz.course_id}/{quiz.lesson_id}/quiz"
    return f"/courses/{quiz.course_id}/quiz/{quiz.id.rpartition('.')[2]}"


def _belongs(quiz: Quiz, library: Library) -> dict[str, Course | Lesson | None]:
    """The quiz's course and lesson, for the way back; None where there is none, or none any more."""
    return {"course": library.courses.get(quiz.course_id), "lesson": library.lessons.get(quiz.lesson_id or "")}


@blueprint.get("/courses/<course_id>/<lesson_id>/quiz")
@allow(Can.READ, lesson_quiz, public=True)
def of_lesson(quiz: Quiz) -> Any:
    return _quiz_page(quiz)


@blueprint.get("/courses/<course_id>/quiz/<which>")
@allow(Can.READ, course_quiz, public=True)
def of_course(quiz: Quiz) -> Any:
    return _quiz_page(quiz)


def _quiz_page(quiz: Quiz) -> Any:
    person = current_person()
    if person is not None:
        waiting = attempts.open_attempt(person.id, quiz.id)
        if waiting is not None:
            return redirect(f"/attempts/{waiting.id}", 303)
    last = attempts.last_handed_in(person.id, quiz.id) if person else None
    return _form(quiz, quiz.items, {}, address(quiz), last=last)


@blueprint.post("/courses/<course_id>/<lesson_id>/quiz")
@allow(Can.LEARN, lesson_quiz, writes_itself=True)
def answer_of_lesson(quiz: Quiz) -> Any:
    return _first_press(quiz)


@blueprint.post("/courses/<course_id>/quiz/<which>")
@allow(Can.LEARN, course_quiz, writes_itself=True)
def answer_of_course(quiz: Quiz) -> Any:
    return _first_press(quiz)


def _first_press(quiz: Quiz) -> Any:
    """Begin an attempt. The order is the one the person sees: the author's from the page, else shuffled."""
    fields, now = _fields(), clock.now()
    try:
        answers.take_all(quiz, fields)
    except Refusal as refusal:
        return _form(quiz, quiz.items, _typed(quiz, fields), address(quiz), refusal=refusal), refusal.status
    start_writing()
    if "hand-in" in request.form:
        attempt = attempts.hand_in_at_once(person_or_guest().id, quiz, fields, now)
        return redirect(f"/attempts/{attempt.id}", 303)
    seen = order.authors_order(quiz) if fields else order.shuffled(quiz, Random(secrets.randbits(64)))
    attempt = attempts.begin(person_or_guest().id, quiz, seen, now)
    attempts.save(attempt, attempts.quiz_of(attempt), fields, attempts.UNKNOWN_REVISION, now)
    return _saved(attempt, attempts.quiz_of(attempt))


@blueprint.get("/attempts/<attempt_id>")
@allow(Can.SEE_OWN_ATTEMPT, attempt_called)
def attempt(attempt: Attempt) -> str:
    quiz = attempts.quiz_of(attempt)
    given = attempts.stored_answers(attempt, quiz)
    return _attempt_form(attempt, quiz, given) if attempt.is_open else _result(attempt, quiz, given)


@blueprint.post("/attempts/<attempt_id>")
@allow(Can.SEE_OWN_ATTEMPT, attempt_called, writes_itself=True)
def answer(attempt: Attempt) -> Any:
    quiz, fields, revision = attempts.quiz_of(attempt), _fields(), _revision()
    try:
        answers.take_all(quiz, fields)
    except Refusal as refusal:
        return _attempt_form(attempt, quiz, _typed(quiz, fields), refusal=refusal), refusal.status
    start_writing()
    if "hand-in" in request.form:
        attempts.hand_in(attempt, quiz, fields, revision, clock.now())
        return redirect(f"/attempts/{attempt.id}", 303)
    attempts.save(attempt, quiz, fields, revision, clock.now())
    return _saved(attempt, quiz)


def _fields() -> dict[str, list[str]]:
    posted = origin.typed().to_dict(flat=False)
    return {name: values for name, values in posted.items() if name not in CONTROLS}


def _revision() -> int:
    """Which state of the attempt the form's page was made from."""
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else attempts.UNKNOWN_REVISION


def _typed(quiz: Quiz, fields: Fields) -> dict[str, Given]:
    """What can be shown again of a refused form: every answer that is one, and short texts as they were typed."""
    typed: dict[str, Given] = {}
    for item in quiz.items:
        values = fields.get(item.question.id, [])
        try:
            given = answers.take(item.question, fields)
        except Refusal:
            given = values[0] if item.question.kind == "short-text" and values else None
        if given is not None:
            typed[item.question.id] = given
    return typed


def _saved(attempt: Attempt, quiz: Quiz) -> AnyResponse:
    if "X-Fragment" not in request.headers:
        return redirect(f"/attempts/{attempt.id}", 303)
    waiting = _unanswered(quiz.items, attempts.stored_answers(attempt, quiz))
    return jsonify(
        attempt=f"/attempts/{attempt.id}",
        revision=attempt.revision,
        unanswered=len(waiting),
        saved_at=thai.clock_time(clock.now()),
        token=origin.token(),
    )


def _unanswered(items: tuple[Item, ...], given: dict[str, Given]) -> list[tuple[int, str]]:
    """Number and id of each question that is open, in whole or in part."""
    return [
        (number, item.question.id)
        for number, item in enumerate(items, start=1)
        if not answers.is_complete(item, given.get(item.question.id))
    ]


def _attempt_form(attempt: Attempt, quiz: Quiz, given: dict[str, Given], refusal: Refusal | None = None) -> str:
    items = order.arrange(quiz, order.from_json(attempt.order))
    return _form(quiz, items, given, f"/attempts/{attempt.id}", attempt=attempt, refusal=refusal)


def _form(
    quiz: Quiz,
    items: tuple[Item, ...],
    given: dict[str, Given],
    action: str,
    *,
    attempt: Attempt | None = None,
    last: Attempt | None = None,
    refusal: Refusal | None = None,
) -> str:
    return render_template(
        "learning/quiz.html",
        place="courses",
        quiz=quiz,
        questions=[item.question for item in items],
        given=given,
        action=action,
        attempt=attempt,
        last=last,
        refusal=refusal,
        unanswered=_unanswered(items, given),
        pass_count=progress.pass_count(quiz),
        **_belongs(quiz, library()),
    )


def _result(attempt: Attempt, quiz: Quiz, given: dict[str, Given]) -> str:
    items = order.arrange(quiz, order.from_json(attempt.order))
    told = {item.question.id: feedback.on(item, given.get(item.question.id), library()) for item in items}
    return render_template(
        "learning/result.html",
        place="courses",
        quiz=quiz,
        attempt=attempt,
        questions=[item.question for item in items],
        given=given,
        told=told,
        pass_count=progress.pass_count(quiz),
        again_href=address(quiz),
        **_belongs(quiz, library()),
    )
