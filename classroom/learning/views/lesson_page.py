"""The lesson page, put together from pieces.

The text of a lesson is rendered once. What depends on the reader are slots: how far they are, each check, each list and
note. A slot's HTML depends on a small state (which answer was given, say), so it too is kept and used again for the
next reader in the same state; only what somebody wrote is rendered for them alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app, render_template, request

from classroom.content.model import Item, Lesson
from classroom.errors import Refusal
from classroom.learning import checks, feedback, keeping, progress
from classroom.learning.answers import from_json
from classroom.learning.feedback import Feedback
from classroom.learning.progress import NOTHING_YET, Standing
from classroom.learning.views.catalogue import course_progress, lesson_rows
from classroom.vault import Vault
from classroom.web import origin, pieces
from classroom.web.library import library, library_version
from classroom.web.pages import Shelf
from classroom.web.pieces import Cut
from classroom.web.templating import canonical, frame, notice
from classroom.web.visitor import current_person

TOKEN = "csrf_token"


@dataclass(frozen=True, slots=True)
class Refused:
    """What a form of the page was refused for, and what was typed into it."""

    refusal: Refusal
    at: str
    """The id of the question or block."""
    typed: Any


@dataclass(frozen=True)
class Reader:
    """Who reads, and what there is to know for this page."""

    is_someone: bool = False
    standing: Standing = NOTHING_YET
    ticked: Mapping[str, Collection[str]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    tries_again: str = ""
    """The id of the question that is to be shown open again."""
    refused: Refused | None = None


def address(lesson: Lesson, anchor: str = "") -> str:
    return f"/courses/{lesson.course_id}/{lesson.id}{'#' + anchor if anchor else ''}"


def lesson_page(lesson: Lesson, refused: Refused | None = None) -> Response:
    """The page for the visitor of this request."""
    person = current_person()
    page = _kept(("lesson", lesson.id, *frame().values()), lambda: _render_page(lesson))
    reader = _reader(person, lesson, pieces.slots(page), refused)
    filled = pieces.fill(page, _Filler(lesson, reader).fill)
    response = pieces.respond_plain(filled) if person is None else pieces.respond(filled)
    response.status_code = refused.refusal.status if refused else 200
    return response


def check_fragment(person_id: int, lesson: Lesson, item: Item) -> Response:
    """The judged check and what it changed elsewhere, for a script that puts each in the place of its namesake."""
    standing = progress.standing(person_id, lesson.course_id)
    filler = _Filler(lesson, Reader(is_someone=True, standing=standing))
    return pieces.respond(pieces.fill((f"check:{item.question.id}", "progress", "done", "notice"), filler.fill))


def _reader(person: Any, lesson: Lesson, slots: list[str], refused: Refused | None) -> Reader:
    if person is None:
        return Reader(refused=refused)
    kinds = {name.partition(":")[0] for name in slots}
    vault: Vault = current_app.extensions["vault"]
    return Reader(
        is_someone=True,
        standing=progress.standing(person.id, lesson.course_id),
        ticked=keeping.ticks(person.id, lesson.id) if "checklist" in kinds else {},
        kept=keeping.reflections(person.id, lesson.id, vault) if "reflect" in kinds else {},
        tries_again=request.args.get("again", "") if request.method == "GET" else "",
        refused=refused,
    )


def _render_page(lesson: Lesson) -> Cut:
    course = library().courses[lesson.course_id]
    html = render_template(
        "learning/lesson.html",
        place="courses",
        course=course,
        lesson=lesson,
        address=address(lesson),
        library=library(),
        slot=pieces.slot,
        canonical=canonical(address(lesson)),
        csrf_token=pieces.slot(TOKEN),
        pass_count=progress.pass_count(lesson.quiz),
        previous=course.lessons[lesson.number - 2] if lesson.number > 1 else None,
        next=course.lessons[lesson.number] if lesson.number < len(course.lessons) else None,
    )
    return pieces.cut(html)


class _Filler:
    """Fills the slots of one lesson's page for one reader. A method is a slot's kind."""

    def __init__(self, lesson: Lesson, reader: Reader) -> None:
        self._lesson = lesson
        self._reader = reader
        self._token = (pieces.passing(origin.token()),)

    def fill(self, slot: str) -> Cut:
        kind, _, id_ = slot.partition(":")
        match kind:
            case "csrf_token":
                return self._token
            case "check":
                return self.check(id_)
            case "checklist":
                return self._checklist(id_)
            case "reflect":
                return self._reflect(id_)
            case "progress":
                return self._progress()
            case "done":
                return self._done()
            case "notice":
                return self._notice()
            case _:
                return self._refusal()

    def check(self, question_id: str) -> Cut:
        """Open, or with feedback on the latest answer. What was typed as text is drawn for this reader alone."""
        reader = self._reader
        if reader.refused is not None and reader.refused.at == question_id:
            return self._drawn_check(question_id, reader.refused.typed, error=reader.refused.refusal.says)
        latest = reader.standing.latest(self._lesson.id).get(question_id)
        if latest is None or reader.tries_again == question_id:
            return _kept(("check", question_id, None), lambda: self._drawn_check(question_id, None))
        state = json.dumps(latest["given"], sort_keys=True)
        if isinstance(latest["given"], str):
            return self._judged_check(question_id, latest["given"])
        return _kept(("check", question_id, state), lambda: self._judged_check(question_id, latest["given"]))

    def _judged_check(self, question_id: str, stored: object) -> Cut:
        item = checks.item_of(self._lesson, question_id)
        given = from_json(item.question, stored)
        return self._drawn_check(question_id, given, told=feedback.on(item, given, library()))

    def _drawn_check(self, question_id: str, given: object, *, told: Feedback | None = None, error: str = "") -> Cut:
        is_ones_own = bool(error) or isinstance(given, str)
        page = address(self._lesson)
        html = render_template(
            "learning/lesson/check.html",
            question=checks.item_of(self._lesson, question_id).question,
            given=given,
            feedback=told,
            error=error,
            action_href=f"{page}/checks/{question_id}",
            again_href=f"{page}?again={question_id}#check-{question_id}",
            csrf_token=origin.token() if is_ones_own else pieces.slot(TOKEN),
        )
        return (pieces.passing(html),) if is_ones_own else pieces.cut(html)

    def _checklist(self, block_id: str) -> Cut:
        ticked = tuple(sorted(self._reader.ticked.get(block_id, ())))
        return _kept(
            ("checklist", self._lesson.id, block_id, ticked),
            lambda: _render(
                "checklist",
                block=keeping.checklist_of(self._lesson, block_id),
                ticked=ticked,
                action_href=f"{address(self._lesson)}/checklists/{block_id}",
            ),
        )

    def _reflect(self, block_id: str) -> Cut:
        refused = self._reader.refused
        is_refused = refused is not None and refused.at == block_id
        html = render_template(
            "learning/lesson/reflect.html",
            block=keeping.reflect_of(self._lesson, block_id),
            text=refused.typed if refused and is_refused else self._reader.kept.get(block_id),
            error=refused.refusal.says if refused and is_refused else "",
            action_href=f"{address(self._lesson)}/reflections/{block_id}",
            csrf_token=origin.token(),
        )
        return (pieces.passing(html),)

    def _progress(self) -> Cut:
        course, standing = library().courses[self._lesson.course_id], self._reader.standing
        states = tuple(standing.state(lesson.id) for lesson in course.lessons)
        return _kept(
            ("progress", self._lesson.id, bool(standing.rows), states),
            lambda: _render(
                "progress",
                progress=course_progress(course, standing) if standing.rows else None,
                rows=lesson_rows(course, standing, self._lesson),
            ),
        )

    def _done(self) -> Cut:
        state = self._reader.standing.state(self._lesson.id)
        return _kept(
            ("done", self._lesson.id, state), lambda: _render("done", state=state, address=address(self._lesson))
        )

    def _notice(self) -> Cut:
        text = notice()
        return _kept(("notice", text), lambda: _render("notice", notice=text))

    def _refusal(self) -> Cut:
        refused = self._reader.refused
        if refused is None:
            return ()
        is_check = any(item.question.id == refused.at for item in self._lesson.quiz.items)
        anchor = f"#{'check' if is_check else 'reflect'}-{refused.at}"
        return _render("refusal", says=refused.refusal.says, anchor=anchor)


def _render(name: str, **context: Any) -> Cut:
    return pieces.cut(render_template(f"learning/lesson/{name}.html", csrf_token=pieces.slot(TOKEN), **context))


def _kept(key: tuple[object, ...], make: Callable[[], Cut]) -> Cut:
    shelf: Shelf = current_app.extensions["pieces"]
    cut: Cut = shelf.get((library_version(), *key), make)
    return cut
