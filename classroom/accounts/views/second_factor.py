"""The second step of signing in: a code, or instead of both steps a passkey."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import audit, clock, phrases
from classroom.accounts import passkeys, second_factor, sessions, sign_in
from classroom.accounts.models import Person
from classroom.accounts.passkeys import OnlyOnOwnDevice, PasskeyRefused
from classroom.accounts.second_factor import WrongCode
from classroom.accounts.sessions import Known
from classroom.accounts.views.application import has_passkeys, register, relying_party, tokens, vault
from classroom.audit import Action, Outcome
from classroom.database import db, start_writing
from classroom.permissions import Can, Role
from classroom.web import limits, onward
from classroom.web.guards import SIGN_IN, allow
from classroom.web.limits import Limit
from classroom.web.visitor import cookie_secret, current_person, know_browser

blueprint = Blueprint("second_factor", __name__, url_prefix="/sign-in")

WRONG_CODES = Limit("second-factor", 10, timedelta(hours=1))
"""A person. Three codes of a million are right at a time: guessing through the night finds none."""
CHALLENGES = Limit("passkey-challenge", 300, timedelta(minutes=10))
"""A network address: a school's hall of people, and no flood of rows."""


@blueprint.get("/second-factor")
@allow(Can.SIGN_IN)
def page() -> str | AnyResponse:
    known = _at_the_door()
    if known is None:
        return redirect(SIGN_IN, 303)
    if known.has_second_factor and known.is_fresh(clock.now()):
        return redirect(_way_in(known), 303)
    return _page(known)


@blueprint.post("/second-factor")
@allow(Can.SIGN_IN, writes_itself=True)
def give() -> AnyResponse | tuple[str, int]:
    known = _at_the_door()
    if known is None:
        return redirect(SIGN_IN, 303)
    try:
        secret = code_given(known, request.form.get("code", ""))
    except WrongCode as wrong:
        return _page(known, error=wrong.says), wrong.status
    know_browser(secret, is_shared=known.is_shared)
    return redirect(_way_in(known), 303)


def code_given(known: Known, code: str) -> str:
    """Take a code of the app or a printed one; the new secret of this device's cookie. Raises `WrongCode`, `SlowDown`.

    Wrong ones are counted and audited. Call it before the write transaction, which it begins.
    """
    now, whose = clock.now(), f"person {known.id}"
    limits.refuse_if_spent([(WRONG_CODES, whose)], now)
    start_writing()
    try:
        second_factor.accept(db.session.get_one(Person, known.id), code, vault(), now)
    except WrongCode:
        db.session.rollback()
        limits.spend(WRONG_CODES, whose, now)
        audit.record_apart(
            Action.REAUTHENTICATION,
            actor_id=known.id,
            object_kind="person",
            object_id=known.id,
            outcome=Outcome.REFUSED,
            now=now,
        )
        raise
    audit.record(Action.REAUTHENTICATION, actor_id=known.id, object_kind="person", object_id=known.id, now=now)
    return sessions.renew(known, now, proved=True, second_factor=True)


@blueprint.post("/passkey/challenge")
@allow(Can.SIGN_IN, writes_itself=True)
def challenge() -> Response:
    """For the script, which hands it to the browser."""
    now = clock.now()
    party = relying_party()
    limits.spend_or_refuse(CHALLENGES, limits.address(), now)
    start_writing()
    return Response(passkeys.begin_signing_in(party, tokens(), now), mimetype="application/json")


@blueprint.post("/passkey")
@allow(Can.SIGN_IN)
def by_passkey() -> AnyResponse:
    """Both steps at once: at the first sign-in of a device, as a second step, and to prove anew who one is."""
    known, now = _at_the_door(), clock.now()
    if "shared" in request.form or (known is not None and known.is_shared):
        raise OnlyOnOwnDevice
    person = passkeys.person_proved(request.form.get("credential", ""), relying_party(), tokens(), now)
    if known is not None and known.id != person.id:
        raise PasskeyRefused(phrases.PASSKEY_OF_ANOTHER)
    secret = sign_in.enter_by_passkey(person, current_person(), cookie_secret(), register(), now)
    know_browser(secret)
    return redirect(_way_in(person), 303)


def _at_the_door() -> Known | None:
    """Somebody with an account who proved themselves on this device, in full or up to the second factor."""
    person = current_person()
    if person is None and cookie_secret() is not None:
        person = sessions.find_waiting(cookie_secret() or "", clock.now())
    return person if person is not None and person.role in (Role.LEARNER, Role.TEACHER) else None


def _way_in(someone: Known | Person) -> str:
    return onward.address("/staff" if someone.duties else "/me")


def _page(known: Known, error: str = "") -> str:
    person = db.session.get_one(Person, known.id)
    return render_template(
        "accounts/second_factor.html",
        place="",
        has_totp=person.has_totp,
        has_own_passkey=second_factor.passkeys_of(known.id) > 0 and has_passkeys() and not known.is_shared,
        has_any=second_factor.has_any(person),
        to=onward.asked(),
        error=error,
    )
