"""Pages of notes: /help, where anybody tells us something, and the staff desk's page where it is read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock, phrases
from classroom.database import start_writing
from classroom.errors import Missing
from classroom.notes import inbox
from classroom.notes.forms import HelpForms
from classroom.notes.inbox import note_called
from classroom.notes.models import Note, NoteKind
from classroom.permissions import Can
from classroom.vault import Vault
from classroom.web import limits, paging
from classroom.web.guards import allow
from classroom.web.library import library
from classroom.web.limits import SlowDown, Wait
from classroom.web.paging import LARGEST_ID
from classroom.web.visitor import current_person

BOXES = {"mistakes": NoteKind.MISTAKE, "worries": NoteKind.WORRY}
"""Which kind of note is posted where, under /help."""

blueprint = Blueprint("notes", __name__)


def kind_called(person: Any, box: str) -> NoteKind:
    if box not in BOXES:
        raise Missing("")
    return BOXES[box]


@blueprint.get("/help")
@allow(Can.ASK_FOR_HELP, public=True, varies_by=("lesson",))
def help_page() -> Response:
    lesson_id = request.args.get("lesson")
    if lesson_id is not None and lesson_id not in library().lessons:
        raise Missing("")
    return _drawn(HelpForms(library(), lesson_id=lesson_id))


@blueprint.post("/help/<box>")
@allow(Can.ASK_FOR_HELP, kind_called, writes_itself=True)
def note(kind: NoteKind) -> AnyResponse:
    forms, now = HelpForms(library(), kind, request.form), clock.now()
    if not forms.sent.validate():
        return _drawn(forms, 422)
    wait = limits.spend(inbox.PER_ADDRESS, limits.address(), now)
    if wait is not None:
        return _slowed_down(forms, wait)
    start_writing()
    inbox.put(forms.sent.draft(), _sender(), _vault(), now)
    return redirect(f"{request.path}/thanks", 303)


def _slowed_down(forms: HelpForms, wait: Wait) -> Response:
    refusal = SlowDown(wait)
    forms.sent.text.errors = [refusal.says]
    response = _drawn(forms, refusal.status)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _drawn(forms: HelpForms, status: int = 200) -> Response:
    html = render_template("notes/help.html", place="", forms=forms, library=library())
    return make_response(html, status)


def _sender() -> str:
    """A person as far as we know one, else an address; nobody is made of either."""
    person = current_person()
    return f"person {person.id}" if person is not None else limits.address()


def _vault() -> Vault:
    vault: Vault = current_app.extensions["vault"]
    return vault


@blueprint.get("/help/<box>/thanks")
@allow(Can.ASK_FOR_HELP, kind_called, public=True)
def thanks(kind: NoteKind) -> str:
    return render_template(f"notes/{kind}_thanks.html", place="")


@blueprint.get("/staff/notes")
@allow(Can.SEE_DESK)
def notes() -> str:
    kinds = inbox.kinds_for(current_person())
    asked = [kind for kind in kinds if kind == request.args.get("kind")]
    are_read = request.args.get("state") == "read"
    return render_template(
        "staff/notes.html",
        place="",
        page=inbox.page(asked or kinds, _vault(), are_read=are_read, before=paging.before()),
        is_continued=paging.before() is not None,
        names=phrases.NOTE_KINDS,
        kinds=[(kind.value, phrases.NOTE_KINDS[kind]) for kind in kinds],
        kind=asked[0].value if asked else "",
        state="read" if are_read else "",
        library=library(),
    )


@blueprint.post(f"/staff/notes/<int(max={LARGEST_ID}):note_id>/reading")
@allow(Can.SEE_DESK, note_called)
def reading(note: Note) -> AnyResponse:
    reader = current_person()
    assert reader is not None
    inbox.mark_read(note, reader.id, clock.now())
    return redirect("/staff/notes", 303)
