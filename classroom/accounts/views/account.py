"""What one changes of one's own account: what we call you, the password, the address. Reached from /me/security."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.accounts import addresses, email_change, names, password_reset, second_factor
from classroom.accounts.forms import AddressForm, EntryForm, NameForm, NewPasswordForm
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.accounts.views.application import oneself, settings, site_name, tokens, vault
from classroom.accounts.views.entry import LETTERS
from classroom.database import db, start_writing
from classroom.errors import Refusal
from classroom.permissions import Can
from classroom.web import limits
from classroom.web.guards import allow

blueprint = Blueprint("account", __name__, url_prefix="/me/security")
BACK = "/me/security"


def fully_proved(person: Known) -> Known:
    """Whoever asks, if they proved all of what they can. Raises `SecondFactorFirst`."""
    second_factor.refuse_half_proof(person, db.session.get_one(Person, person.id))
    return person


@blueprint.get("/name")
@allow(Can.HAVE_ACCOUNT, oneself)
def name_page(known: Known) -> str:
    return _page("name", NameForm(data={"name": known.name}))


@blueprint.post("/name")
@allow(Can.HAVE_ACCOUNT, oneself)
def name(known: Known) -> AnyResponse:
    form = NameForm(request.form)
    if not form.validate():
        return _mend("name", form)
    db.session.get_one(Person, known.id).name = names.clean(form.name.data or "")
    return redirect(BACK, 303)


@blueprint.get("/password")
@allow(Can.HAVE_ACCOUNT, fully_proved, fresh=True)
def password_page(known: Known) -> str:
    return _page("password", NewPasswordForm())


@blueprint.post("/password")
@allow(Can.HAVE_ACCOUNT, fully_proved, writes_itself=True, fresh=True, form_of="account.password_page")
def password(known: Known) -> AnyResponse:
    form = NewPasswordForm(request.form)
    try:
        password_hash = password_reset.hash_of(known.id, form.password.data or "", site_name())
    except Refusal as refusal:
        form.refuse(refusal)
        return _mend("password", form, refusal.status)
    start_writing()
    password_reset.change(known, password_hash, clock.now())
    return redirect(BACK, 303)


@blueprint.get("/e-mail")
@allow(Can.HAVE_ACCOUNT, fully_proved, fresh=True)
def email_page(known: Known) -> str:
    return _email_page(known, AddressForm())


@blueprint.post("/e-mail")
@allow(Can.HAVE_ACCOUNT, fully_proved, writes_itself=True, fresh=True, form_of="account.email_page")
def email(known: Known) -> AnyResponse:
    form, now = AddressForm(request.form), clock.now()
    if not form.validate():
        return make_response(_email_page(known, form), 422)
    address = addresses.parse(form.email.data or "")
    limits.spend_or_refuse(LETTERS, address.key, now)
    start_writing()
    email_change.begin(known, address, tokens(), vault(), now)
    return redirect("/me/security/e-mail/letter", 303)


@blueprint.get("/e-mail/letter")
@allow(Can.HAVE_ACCOUNT)
def email_letter() -> str:
    """What comes next: the same for every address."""
    return render_template(
        "accounts/letter_sent.html", place="me", of="new-email", is_development=settings().is_development
    )


def _mend(template: str, form: EntryForm, status: int = 422) -> AnyResponse:
    return make_response(_page(template, form), status)


def _page(template: str, form: EntryForm) -> str:
    return render_template(f"accounts/{template}.html", place="me", form=form)


def _email_page(known: Known, form: EntryForm) -> str:
    person = db.session.get_one(Person, known.id)
    return render_template("accounts/email.html", place="me", form=form, now_email=person.email)
