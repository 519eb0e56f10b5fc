"""A lesson: read it, answer in place, tick, keep a note, mark it done."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.content.kinds import Given
from classroom.content.model import Item, Lesson
from classroom.database import start_writing
from classroom.errors import Missing, Refusal
from classroom.learning import checks, feedback, keeping, progress
from classroom.learning.answers import from_json
from classroom.learning.feedback import Feedback
from classroom.learning.loading import lesson_called
from classroom.learning.progress import Standing
from classroom.learning.views.catalogue import course_progress, lesson_rows, own_standing
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


def _address(lesson: Lesson, anchor: str = "") -> str:
    return f"/courses/{lesson.course_id}/{lesson.id}{'#' + anchor if anchor else ''}"


@blueprint.get("")
@allow(Can.READ, lesson_called, public=True)
def lesson(lesson: Lesson) -> Any:
    return _lesson_page(lesson)


def _lesson_page(lesson: Lesson, refusal: Refusal | None = None, refused_at: str = "", typed: Any = None) -> str:
    course = library().courses[lesson.course_id]
    person = current_person()
    standing = own_standing(course.id)
    return render_template(
        "learning/lesson.html",
        place="courses",
        course=course,
        lesson=lesson,
        library=library(),
        standing=standing,
        rows=lesson_rows(course, standing, lesson),
        progress=course_progress(course, standing) if standing.rows else None,
        pass_count=progress.pass_count(lesson.quiz),
        checks={item.question.id: _check(lesson, item, standing) for item in lesson.quiz.items},
        ticked=keeping.ticks(person.id, lesson.id) if person and keeping.has_checklist(lesson) else {},
        kept=keeping.reflections(person.id, lesson.id, _vault()) if person and keeping.has_reflection(lesson) else {},
        refusal=refusal,
        refused_at=refused_at,
        typed=typed,
        previous=course.lessons[lesson.number - 2] if lesson.number > 1 else None,
        next=course.lessons[lesson.number] if lesson.number < len(course.lessons) else None,
    )


def _check(lesson: Lesson, item: Item, standing: Standing) -> dict[str, Any]:
    """What the check's component draws: the item, the latest answer, and the feedback once there is one."""
    latest = standing.latest(lesson.id).get(item.question.id)
    given = from_json(item.question, latest["given"]) if latest else None
    tries_again = request.method == "GET" and request.args.get("again") == item.question.id
    told = feedback.on(item, given, library()) if latest and not tries_again else None
    return _drawn(lesson, item, given if told else None, told)


def _drawn(lesson: Lesson, item: Item, given: Given | None, told: Feedback | None) -> dict[str, Any]:
    action = f"{_address(lesson)}/checks/{item.question.id}"
    return {
        "question": item.question,
        "given": given,
        "feedback": told,
        "action_href": action,
        "again_href": f"{_address(lesson)}?again={item.question.id}#check-{item.question.id}",
        "csrf_token": origin.token(),
    }


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
    checks.answer(person_or_guest().id, lesson, item, given, clock.now())
    if _wants_fragment():
        return Response(_fragment(lesson, item, given))
    return redirect(_address(lesson, f"check-{question_id}"), 303)


def _fragment(lesson: Lesson, item: Item, given: Given) -> str:
    told = feedback.on(item, given, library())
    return render_template(
        "learning/check.html", check=_drawn(lesson, item, given, told), pass_count=progress.pass_count(lesson.quiz)
    )


def _check_refused(lesson: Lesson, item: Item, refusal: Refusal, fields: dict[str, list[str]]) -> tuple[str, int]:
    typed = getattr(refusal, "given", None) or next(iter(fields.get(item.question.id, [])), None)
    if _wants_fragment():
        return refusal.says, refusal.status
    return _lesson_page(lesson, refusal, item.question.id, typed), refusal.status


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
    return redirect(_address(lesson, "done"), 303)


@blueprint.post("/checklists/<block_id>")
@allow(Can.LEARN, lesson_called)
def ticks(lesson: Lesson, block_id: str) -> AnyResponse:
    checklist = keeping.checklist_of(lesson, block_id)
    keeping.tick(person_or_guest().id, lesson, checklist, origin.typed().keys())
    return Response(status=204) if _wants_fragment() else redirect(_address(lesson, f"checklist-{block_id}"), 303)


@blueprint.post("/reflections/<block_id>")
@allow(Can.LEARN, lesson_called)
def reflection(lesson: Lesson, block_id: str) -> AnyResponse | tuple[str, int]:
    reflect = keeping.reflect_of(lesson, block_id)
    text = request.form.get("text", "")
    try:
        if "erase" in request.form:
            keeping.forget(person_or_guest().id, lesson, reflect)
        else:
            keeping.keep(person_or_guest().id, lesson, reflect, text, _vault(), clock.now())
    except keeping.ReflectionTooLong as refusal:
        return _lesson_page(lesson, refusal, block_id, text), refusal.status
    return redirect(_address(lesson, f"reflect-{block_id}"), 303)


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
