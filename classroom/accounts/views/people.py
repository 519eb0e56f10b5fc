"""/staff/people: find people, grant and take back duties, suspend. No answers, no progress, no resets, no disguise."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.accounts import roles
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.errors import Missing
from classroom.permissions import Can, Duty
from classroom.web.guards import allow
from classroom.web.visitor import current_person

LARGEST_ID = 2**31 - 1
"""Of an integer column; a larger number names nobody."""
ONE = f"/<int(max={LARGEST_ID}):person_id>"

blueprint = Blueprint("people", __name__, url_prefix="/staff/people")


def _operator_id() -> int:
    operator = current_person()
    assert operator is not None
    return int(operator.id)


def account(person: Known, person_id: int) -> Person:
    """The account with this id: every operator may see them all. Raises `Missing`."""
    return roles.account(person_id)


@blueprint.get("")
@allow(Can.MANAGE_PEOPLE)
def page() -> str:
    return render_template("staff/people.html", place="", staff=roles.staff(), words="", found=None)


@blueprint.post("")
@allow(Can.MANAGE_PEOPLE, writes_itself=True)
def find() -> str:
    """Somebody's name or address is looked for: it comes in a form, so that no address of a page holds it."""
    words = "".join(filter(str.isprintable, request.form.get("words", "")))
    return render_template("staff/people.html", place="", staff=roles.staff(), words=words, found=roles.find(words))


@blueprint.get(ONE)
@allow(Can.MANAGE_PEOPLE, account, fresh=True, form_of="people.page")
def person(person: Person) -> str:
    is_oneself = person.id == _operator_id()
    return render_template("staff/person.html", place="", person=person, duties=list(Duty), is_oneself=is_oneself)


@blueprint.post(f"{ONE}/duties")
@allow(Can.MANAGE_PEOPLE, account, fresh=True, form_of="people.page")
def duties(person: Person) -> AnyResponse:
    """One duty, granted or taken back, as the button says."""
    button, change = ("grant", roles.grant) if "grant" in request.form else ("revoke", roles.revoke)
    change(_operator_id(), person.id, _duty_called(request.form.get(button, "")), clock.now())
    return _back_to(person)


@blueprint.post(f"{ONE}/suspension")
@allow(Can.MANAGE_PEOPLE, account, fresh=True, form_of="people.page")
def suspension(person: Person) -> AnyResponse:
    """Suspended, or not any more, as the button says."""
    change = roles.lift_suspension if "lift" in request.form else roles.suspend
    change(_operator_id(), person.id, clock.now())
    return _back_to(person)


def _duty_called(name: str) -> Duty:
    try:
        return Duty(name)
    except ValueError:
        raise Missing("") from None


def _back_to(person: Person) -> AnyResponse:
    return redirect(f"/staff/people/{person.id}", 303)
