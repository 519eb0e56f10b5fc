"""A lesson: read it, answer in place, tick, keep a note, mark it done."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.content.kinds import Fields
from classroom.content.model import Item, Lesson
from classroom.database import start_writing
from classroom.errors import Missing, Refusal
from classroom.learning import checks, keeping, progress
from classroom.learning.loading import lesson_called
from classroom.learning.views.lesson_page import Refused, address, check_fragment, lesson_page
from classroom.permissions import Can
from classroom.vault import Vault
from classroom.web import origin
from classroom.web.guards import allow
from classroom.web.library import library
from classroom.web.visitor import current_person, person_or_guest

blueprint = Blueprint("lessons", __name__, url_prefix="/courses/<course_id>/<lesson_id>")


def _vault() -> Vault:
    vault: Vault = current_app.extensions["vault"]
    return vault


def _wants_fragment() -> bool:
    """A script asks for the changed part of the page alone."""
    return "X-Fragment" in request.headers


@blueprint.get("")
@allow(Can.READ, lesson_called, public=True)
def lesson(lesson: Lesson) -> Response:
    return lesson_page(lesson)


@blueprint.post("/checks/<question_id>")
@allow(Can.LEARN, lesson_called, writes_itself=True)
def check(lesson: Lesson, question_id: str) -> AnyResponse | tuple[str, int]:
    item = checks.item_of(lesson, question_id)
    fields = origin.typed().to_dict(flat=False)
    try:
        given = checks.take(item, fields)
    except Refusal as refusal:
        return _check_refused(lesson, item, refusal, fields)
    start_writing()
    person_id = person_or_guest().id
    checks.answer(person_id, lesson, item, given, clock.now())
    if _wants_fragment():
        return check_fragment(person_id, lesson, item)
    return redirect(address(lesson, f"check-{question_id}"), 303)


def _check_refused(lesson: Lesson, item: Item, refusal: Refusal, fields: Fields) -> AnyResponse | tuple[str, int]:
    if _wants_fragment():
        return refusal.says, refusal.status
    typed = getattr(refusal, "given", None) or next(iter(fields.get(item.question.id, [])), None)
    return lesson_page(lesson, Refused(refusal, item.question.id, typed))


@blueprint.post("/place")
@allow(Can.LEARN, lesson_called)
def place(lesson: Lesson) -> AnyResponse:
    person = current_person()
    if person is None:  # reading alone makes nobody of a visitor
        return Response(status=204)
    progress.remember_place(person.id, lesson, request.form.get("part", ""), clock.now())
    return Response(status=204)


@blueprint.post("/completion")
@allow(Can.LEARN, lesson_called)
def completion(lesson: Lesson) -> AnyResponse:
    is_done = request.form.get("done") != "no"
    progress.mark_done(person_or_guest().id, lesson, is_done, clock.now())
    return redirect(address(lesson, "done"), 303)


@blueprint.post("/checklists/<block_id>")
@allow(Can.LEARN, lesson_called)
def ticks(lesson: Lesson, block_id: str) -> AnyResponse:
    checklist = keeping.checklist_of(lesson, block_id)
    keeping.tick(person_or_guest().id, lesson, checklist, origin.typed().keys())
    return Response(status=204) if _wants_fragment() else redirect(address(lesson, f"checklist-{block_id}"), 303)


@blueprint.post("/reflections/<block_id>")
@allow(Can.LEARN, lesson_called)
def reflection(lesson: Lesson, block_id: str) -> AnyResponse:
    reflect = keeping.reflect_of(lesson, block_id)
    text = "" if "erase" in request.form else request.form.get("text", "")
    try:
        note = keeping.note_from(text)
    except keeping.ReflectionTooLong as refusal:
        return lesson_page(lesson, Refused(refusal, block_id, text))
    if note:
        keeping.keep(person_or_guest().id, lesson, reflect, note, _vault(), clock.now())
    elif (person := current_person()) is not None:
        keeping.forget(person.id, lesson, reflect)
    return redirect(address(lesson, f"reflect-{block_id}"), 303)


@blueprint.get("/teach")
@allow(Can.READ, lesson_called, public=True)
def teach(lesson: Lesson) -> Any:
    if lesson.guide is None:
        raise Missing("")
    course = library().courses[lesson.course_id]
    return render_template("learning/teach.html", place="courses", course=course, lesson=lesson, guide=lesson.guide)


@blueprint.get("/img/<name>")
@allow(Can.READ, lesson_called)
def picture(lesson: Lesson, name: str) -> AnyResponse:
    found = lesson.pictures.get(name)
    if found is None:
        raise Missing("")
    return send_file(found.path, mimetype=found.media_type, max_age=86400, etag=True)
