"""Pages that exist only in development, and answer only on this computer itself."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.errors import Missing
from classroom.home import demo, demo_cards, demo_people
from classroom.mail.folder import FiledLetter, MailFolder
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
    return render_template(
        "home/dev_people.html", place="", people=demo_people.PEOPLE.values(), card_learner=demo_cards.LEARNER
    )


@blueprint.post("/dev/people")
@allow(Can.DEVELOP)
def become() -> AnyResponse:
    """Be the demo person from now on."""
    person = request.form.get("person", demo.HALFWAY)
    if person == demo.HALFWAY:
        know_browser(demo.secret_of(demo.HALFWAY, current_app.config["SECRET_KEY"]))
    elif person == demo_cards.LEARNER:
        know_browser(demo_cards.become(current_app.config["SECRET_KEY"], clock.now()))
    else:
        know_browser(demo_people.become(person, clock.now()))
    return redirect("/me", 303)


@blueprint.get("/dev/mail")
@allow(Can.DEVELOP)
def mail() -> str:
    """The letters that went into the folder instead of out."""
    return render_template("home/dev_mail.html", place="", letters=list(_folder().newest_first()))


@blueprint.get("/dev/mail/<name>")
@allow(Can.DEVELOP)
def filed_letter(name: str) -> str:
    return render_template("home/dev_letter.html", place="", letter=_letter(name))


@blueprint.get("/dev/mail/<name>/page")
@allow(Can.DEVELOP)
def filed_letter_page(name: str) -> Response:
    """Its HTML part, as a mail program shows it."""
    return Response(_letter(name).html, mimetype="text/html")


def _letter(name: str) -> FiledLetter:
    letter = _folder().find(name)
    if letter is None:
        raise Missing("")
    return letter


def _folder() -> MailFolder:
    return MailFolder(current_app.extensions["settings"].mail_folder)
