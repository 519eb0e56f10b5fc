"""/me/security: how one's account is guarded, the devices one is known on, and who opened one's work."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import audit, clock
from classroom.accounts import changes, passkeys, recovery, roles, second_factor, sessions, sign_in
from classroom.accounts.changes import Change
from classroom.accounts.models import Person
from classroom.accounts.passkeys import OnlyOnOwnDevice
from classroom.accounts.second_factor import Setup, WrongCode
from classroom.accounts.security_overview import overview
from classroom.accounts.sessions import Known
from classroom.accounts.views.application import has_passkeys, relying_party, site_name, tokens, vault
from classroom.audit import Action
from classroom.database import db
from classroom.errors import Missing
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.visitor import current_person, forget_browser, know_browser

blueprint = Blueprint("security", __name__, url_prefix="/me/security")
PAGE = "/me/security"
OTHERS = "others"


def _known() -> Known:
    known = current_person()
    assert isinstance(known, Known)
    return known


def own_account(person: Known) -> Person:
    """The person of this request, who proved all of what they can. Raises `SecondFactorFirst`."""
    account = db.session.get_one(Person, person.id)
    second_factor.refuse_half_proof(person, account)
    return account


@blueprint.get("")
@allow(Can.SEE_OWN_DEVICES)
def page() -> str:
    known, person = _known(), db.session.get_one(Person, _known().id)
    return render_template(
        "accounts/security.html",
        place="me",
        person=person,
        overview=overview(known, clock.now()),
        offers_passkeys=has_passkeys() and not known.is_shared,
    )


@blueprint.post("/sign-outs")
@allow(Can.SEE_OWN_DEVICES)
def sign_out() -> AnyResponse:
    """Of one device, or of all but this."""
    known, device, now = _known(), request.form.get("device", ""), clock.now()
    if device == OTHERS:
        sign_in.sign_out_everywhere(known, now)
        return redirect(PAGE, 303)
    if not sessions.end_device(known.id, device):
        raise Missing("")
    audit.record(Action.SESSION_END, actor_id=known.id, object_kind="person", object_id=known.id, now=now)
    if device == known.secret_digest:
        forget_browser()
        return redirect("/", 303)
    return redirect(PAGE, 303)


@blueprint.post("/teaching")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def teaching(person: Person) -> AnyResponse:
    """The person says that they teach, or that they no longer do."""
    known = _known()
    secret = roles.set_teaching(known, person, teaches=request.form.get("teaches") == "yes", now=clock.now())
    know_browser(secret, is_shared=known.is_shared)
    return redirect(PAGE, 303)


@blueprint.post("/authenticator")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def authenticator(person: Person) -> str | AnyResponse | tuple[str, int]:
    """Begin to set up an app; or, with its first code, end it."""
    token, now = request.form.get("setup", ""), clock.now()
    if not token:
        return _setup_page(second_factor.begin_setup(person, tokens(), site_name(), now))
    known = _known()
    try:
        secret = second_factor.confirm_setup(known, person, token, request.form.get("code", ""), tokens(), vault(), now)
    except WrongCode as wrong:
        setup = second_factor.setup_again(person, token, tokens(), site_name(), now)
        return _setup_page(setup, error=wrong.says), wrong.status
    know_browser(secret, is_shared=known.is_shared)
    return _first_codes(person)


def _setup_page(setup: Setup, error: str = "") -> str:
    return render_template("accounts/authenticator.html", place="me", setup=setup, error=error)


@blueprint.post("/authenticator/removal")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def authenticator_removal(person: Person) -> AnyResponse:
    second_factor.remove(person, clock.now())
    return redirect(PAGE, 303)


@blueprint.post("/recovery-codes")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def recovery_codes(person: Person) -> str | AnyResponse:
    """Ten new codes, shown on this answer and never again."""
    if not second_factor.has_any(person):
        return redirect(PAGE, 303)
    return _new_codes(person)


def _first_codes(person: Person) -> str | AnyResponse:
    """Whoever has a second factor from now on shall have codes for the day it is lost."""
    return redirect(PAGE, 303) if recovery.left(person.id) else _new_codes(person)


def _new_codes(person: Person) -> str:
    now = clock.now()
    codes = recovery.renew(person.id, now)
    changes.tell(person.id, Change.RECOVERY_CODES_RENEWED, actor_id=person.id, now=now)
    return render_template(
        "accounts/recovery_codes.html", place="me", codes=codes, made_at=now, has_duties=bool(person.duties)
    )


@blueprint.post("/passkeys/challenge")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def passkey_challenge(person: Person) -> Response:
    """For the script, which hands it to the browser."""
    _refuse_shared_computer()
    options = passkeys.begin_adding(person, relying_party(), tokens(), clock.now())
    return Response(options, mimetype="application/json")


@blueprint.post("/passkeys")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def passkey(person: Person) -> str | AnyResponse:
    _refuse_shared_computer()
    known, now = _known(), clock.now()
    answer, label = request.form.get("credential", ""), request.form.get("label", "")
    passkeys.add(person, answer, label, relying_party(), tokens(), now)
    know_browser(sessions.renew(known, now, proved=True, second_factor=True))
    return _first_codes(person)


@blueprint.post("/passkeys/removal")
@allow(Can.HAVE_ACCOUNT, own_account, fresh=True, form_of="security.page")
def passkey_removal(person: Person) -> AnyResponse:
    passkeys.remove(person, request.form.get("passkey", ""), clock.now())
    return redirect(PAGE, 303)


def _refuse_shared_computer() -> None:
    if _known().is_shared:
        raise OnlyOnOwnDevice
