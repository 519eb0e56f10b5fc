"""/e-mail/<token>: where the links of our letters lead. Opening one changes nothing; the button on its page does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.accounts import email_change, password_reset, sign_in, sign_up
from classroom.accounts.forms import EntryForm, FirstPasswordForm, NewPasswordForm
from classroom.accounts.passwords import PasswordRefused, TooManyAtOnce
from classroom.accounts.tokens import Found, Purpose
from classroom.accounts.views.application import register, site_name, tokens, vault
from classroom.database import start_writing
from classroom.errors import Refusal
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.visitor import cookie_secret, current_person, know_browser

blueprint = Blueprint("link", __name__)

FORMS: Mapping[Purpose, type[EntryForm]] = {
    Purpose.SIGN_UP: FirstPasswordForm,
    Purpose.PASSWORD_RESET: NewPasswordForm,
    Purpose.NEW_EMAIL: EntryForm,
    Purpose.OLD_EMAIL: EntryForm,
}


def link_of(person: Any, token: str) -> Found:
    """Raises `LinkIsOver`."""
    return tokens().find(token, *FORMS, now=clock.now())


@blueprint.get("/e-mail/<token>")
@allow(Can.SIGN_IN, link_of)
def page(found: Found) -> str:
    return _page(found, FORMS[found.purpose]())


@blueprint.post("/e-mail/<token>")
@allow(Can.SIGN_IN, link_of, writes_itself=True)
def press(found: Found) -> AnyResponse | str:
    form = FORMS[found.purpose](request.form)
    try:
        return PRESSES[found.purpose](found, form)
    except (PasswordRefused, TooManyAtOnce) as refusal:
        return _mend(found, form, refusal)


def _sign_up(found: Found, form: Any) -> AnyResponse:
    now, visitor = clock.now(), current_person()
    password_hash = sign_up.hash_of(found, form.password.data or "", site_name())
    start_writing()
    person = sign_up.finish(found, password_hash, visitor, register(), now)
    secret = sign_in.let_in(person, None, cookie_secret(), register(), is_shared=form.shared.data, now=now)
    know_browser(secret, is_shared=form.shared.data)
    return redirect("/me", 303)


def _password_reset(found: Found, form: Any) -> str:
    password_hash = password_reset.hash_of(found.person_id, form.password.data or "", site_name())
    start_writing()
    password_reset.finish(found, password_hash, clock.now())
    return _done(found)


def _new_email(found: Found, form: EntryForm) -> str:
    start_writing()
    email_change.finish(found, tokens(), vault(), clock.now())
    return _done(found)


def _old_email(found: Found, form: EntryForm) -> str:
    start_writing()
    email_change.take_back(found, tokens(), vault(), clock.now())
    return _done(found)


PRESSES: Mapping[Purpose, Callable[[Found, Any], AnyResponse | str]] = {
    Purpose.SIGN_UP: _sign_up,
    Purpose.PASSWORD_RESET: _password_reset,
    Purpose.NEW_EMAIL: _new_email,
    Purpose.OLD_EMAIL: _old_email,
}


def _page(found: Found, form: EntryForm) -> str:
    return render_template("accounts/link.html", place="", form=form, purpose=found.purpose.value, holds=found.holds)


def _mend(found: Found, form: EntryForm, refusal: Refusal) -> AnyResponse:
    form.refuse(refusal)
    return make_response(_page(found, form), refusal.status)


def _done(found: Found) -> str:
    return render_template("accounts/link_done.html", place="", purpose=found.purpose.value)
