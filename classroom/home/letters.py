"""The staff desk's page about letters: how many wait, were sent, were given up; a dead one can be sent again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from classroom import audit, clock
from classroom.mail import outbox
from classroom.mail.overview import overview
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.visitor import current_person

LARGEST_ID = 2**31 - 1
"""Of an integer column; a larger number names no letter."""

blueprint = Blueprint("letters", __name__)


@blueprint.get("/staff/letters")
@allow(Can.SEE_LETTERS)
def letters() -> str:
    return render_template("staff/letters.html", place="", outbox=overview(clock.now()))


@blueprint.post(f"/staff/letters/<int(max={LARGEST_ID}):letter_id>/resending")
@allow(Can.SEE_LETTERS)
def resending(letter_id: int) -> AnyResponse:
    now, operator = clock.now(), current_person()
    assert operator is not None
    outbox.send_again(letter_id, now)
    audit.record(audit.Action.LETTER_RESENT, actor_id=operator.id, object_kind="letter", object_id=letter_id, now=now)
    return redirect("/staff/letters", 303)
