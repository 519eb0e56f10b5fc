"""Pages that exist only in development, and answer only on this computer itself."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom.errors import Missing
from classroom.home import demo
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.visitor import know_browser

blueprint = Blueprint("development", __name__)


@blueprint.before_request
def only_on_this_computer() -> None:
    if request.remote_addr not in ("127.0.0.1", "::1"):
        raise Missing("")


@blueprint.get("/styleguide")
@allow(Can.DEVELOP)
def styleguide() -> str:
    return render_template("styleguide.html")


@blueprint.get("/dev/people")
@allow(Can.DEVELOP)
def people() -> str:
    return render_template("home/dev_people.html", place="")


@blueprint.post("/dev/people")
@allow(Can.DEVELOP)
def become() -> AnyResponse:
    """Be the demo person from now on."""
    know_browser(demo.secret_of(demo.HALFWAY, current_app.config["SECRET_KEY"]))
    return redirect("/me", 303)
