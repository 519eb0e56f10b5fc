"""The staff desk: what the person's duties let them do, and nothing else."""

from __future__ import annotations

from flask import Blueprint, render_template

from classroom.permissions import STAFF_ACTIONS, Can, may
from classroom.web.guards import allow
from classroom.web.visitor import current_person

blueprint = Blueprint("desk", __name__)


@blueprint.get("/staff")
@allow(Can.SEE_DESK)
def desk() -> str:
    person = current_person()
    allowed = {action.name for action in STAFF_ACTIONS if may(person, action)}
    return render_template("staff/desk.html", place="", person=person, allowed=allowed)
