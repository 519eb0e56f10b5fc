"""/me/data: what is held of oneself, to see, to take away, to erase."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from classroom import clock
from classroom.accounts import erasure, my_data
from classroom.accounts.models import Person
from classroom.accounts.my_data import Held
from classroom.accounts.paper import Paper
from classroom.accounts.tokens import Found, Purpose
from classroom.accounts.views.application import register, site_name, tokens
from classroom.database import db
from classroom.permissions import Can, Role
from classroom.web import onward
from classroom.web.guards import PROVE_AGAIN, allow
from classroom.web.leaving import leave
from classroom.web.library import library
from classroom.web.visitor import current_person

blueprint = Blueprint("data", __name__, url_prefix="/me/data")


@blueprint.get("")
@allow(Can.LEARN)
def data() -> str:
    known = current_person()
    if known is None:
        return render_template("accounts/data_of_nobody.html", place="me")
    return render_template(
        "accounts/data.html",
        place="me",
        purposes=my_data.purposes(register(), known.id),
        prove_href=onward.over(PROVE_AGAIN, onward.here()),
        must_prove=known.role is not Role.GUEST and not known.is_fresh(clock.now()),
        has_way_back=erasure.has_way_back(db.session.get_one(Person, known.id)),
        is_guest=known.role is Role.GUEST,
    )


@blueprint.post("/copy")
@allow(Can.SEE_OWN_DATA, fresh=True)
def copy() -> Response | str:
    now = clock.now()
    everything = my_data.copy(register(), current_person_id(), now)
    if request.form.get("as") == "paper":
        return _paper(everything)
    thai_name, ascii_name = my_data.file_names(now)
    names = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(thai_name)}"
    body = my_data.as_json(everything, site_name(), now)
    return Response(body, mimetype="application/json", headers={"Content-Disposition": names})


def _paper(everything: list[Held]) -> str:
    paper = Paper(library())
    return render_template(
        "accounts/data_on_paper.html", place="me", everything=everything, made_at=clock.now(), row_on_paper=paper.row
    )


@blueprint.post("/erasure")
@allow(Can.SEE_OWN_DATA, fresh=True)
def erase() -> str:
    gone_at = erasure.ask(current_person_id(), register(), tokens(), clock.now())
    leave()
    return render_template("accounts/erased.html", place="", gone_at=gone_at)


def current_person_id() -> int:
    """Of somebody: the gate has seen to it."""
    known = current_person()
    assert known is not None
    return int(known.id)


def way_back(person: object, secret: str) -> Found:
    """Raises `LinkIsOver`."""
    return tokens().find(secret, Purpose.WAY_BACK, now=clock.now())


@blueprint.get("/way-back/<secret>")
@allow(Can.SIGN_IN, way_back)
def offer_way_back(found: Found) -> str:
    return render_template("accounts/way_back.html", place="")


@blueprint.post("/way-back/<secret>")
@allow(Can.SIGN_IN, way_back)
def take_way_back(found: Found) -> str:
    erasure.come_back(found, clock.now())
    return render_template("accounts/came_back.html", place="")
