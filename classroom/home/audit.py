"""The staff desk's page about who did what."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from classroom import audit, phrases
from classroom.audit import Action
from classroom.permissions import Can
from classroom.web import paging
from classroom.web.guards import allow

blueprint = Blueprint("audit", __name__)


@blueprint.get("/staff/audit")
@allow(Can.SEE_AUDIT)
def log() -> str:
    action = next((one for one in Action if one == request.args.get("action")), None)
    return render_template(
        "staff/audit.html",
        place="",
        page=audit.page(action, paging.before()),
        action=action,
        is_continued=paging.before() is not None,
        actions=phrases.AUDIT_ACTIONS,
        objects=phrases.AUDIT_OBJECTS,
        outcomes=phrases.AUDIT_OUTCOMES,
    )
