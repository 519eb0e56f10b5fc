"""Coming in and going out: signing up, signing in, proving oneself once more, signing out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.accounts import addresses, names, password_reset, sign_in, sign_up
from classroom.accounts.forms import AddressForm, EntryForm, ProofForm, SignInForm, SignUpForm
from classroom.accounts.models import Person
from classroom.accounts.sessions import Known
from classroom.accounts.sign_in import Proof, WrongPair
from classroom.accounts.views.application import has_passkeys, oneself, register, settings, tokens, vault
from classroom.database import start_writing
from classroom.errors import Refusal
from classroom.permissions import Can, Role
from classroom.web import limits, onward
from classroom.web.guards import SECOND_FACTOR, allow
from classroom.web.leaving import leave
from classroom.web.limits import Limit, SlowDown, Spending
from classroom.web.visitor import cookie_secret, current_person, know_browser

blueprint = Blueprint("entry", __name__)

JOIN = "/join"
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
WRONG_HERE = Limit("sign-in-here", 10, QUARTER)
"""Wrong passwords for one account from one address: a guesser waits, the account's owner elsewhere does not."""
WRONG_FOR_ACCOUNT = Limit("sign-in-account", 100, HOUR)
WRONG_FROM_ADDRESS = Limit("sign-in-address", 200, QUARTER)
"""A school behind one address may mistype three times each."""
SIGN_UPS = Limit("sign-up", 200, HOUR)
RESETS = Limit("password-reset", 200, HOUR)
LETTERS = Limit("entry-letter", 5, HOUR)
"""Letters to one address that somebody typed: nobody's mailbox is flooded from here."""


@blueprint.get("/sign-in")
@allow(Can.SIGN_IN)
def sign_in_page() -> AnyResponse | str:
    if _is_signed_in():
        return redirect(onward.address(), 303)
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
@allow(Can.SIGN_IN, writes_itself=True)
def sign_in_() -> AnyResponse:
    form, now = SignInForm(request.form), clock.now()
    try:
        proof = _prove(form, now)
        start_writing()
        person, secret = sign_in.enter(
            proof, current_person(), cookie_secret(), register(), is_shared=form.shared.data, now=now
        )
    except Refusal as refusal:
        return refused(_sign_in_page, form, refusal)
    know_browser(secret, is_shared=form.shared.data)
    return redirect(_after_password(person), 303)


def _prove(form: SignInForm, now: datetime) -> Proof:
    """Wrong passwords are counted, right ones never are. Raises `WrongPair`, `SlowDown`, `TooManyAtOnce`."""
    spendings = _tries(form.email.data or "")
    limits.refuse_if_spent(spendings, now)
    try:
        return sign_in.prove(form.email.data or "", form.password.data or "")
    except WrongPair:
        for limit, whose in spendings:
            limits.spend(limit, whose, now)
        raise


def _tries(typed: str) -> list[Spending]:
    try:
        account = addresses.parse(typed).key
    except addresses.NotAnAddress:
        account = typed[: addresses.LONGEST]
    here = limits.address()
    return [(WRONG_HERE, f"{account} {here}"), (WRONG_FOR_ACCOUNT, account), (WRONG_FROM_ADDRESS, here)]


def _after_password(person: Person) -> str:
    return onward.over(SECOND_FACTOR, onward.asked()) if person.has_totp else onward.address()


def _sign_in_page(form: EntryForm) -> str:
    return _page("sign_in", form, has_passkeys=has_passkeys(), to=onward.asked())


@blueprint.get("/sign-up")
@allow(Can.SIGN_IN)
def sign_up_page() -> AnyResponse | str:
    if _is_signed_in():
        return redirect(onward.HOME, 303)
    return _page("sign_up", SignUpForm())


@blueprint.post("/sign-up")
@allow(Can.SIGN_IN, writes_itself=True)
def sign_up_() -> AnyResponse:
    if _is_signed_in():  # a card becomes an account on a page of its own, which asks for the card once more
        return redirect(onward.HOME, 303)
    form, now = SignUpForm(request.form), clock.now()
    if not form.validate():
        return _mend(_sign_up_form, form)
    address, name = addresses.parse(form.email.data or ""), names.clean(form.name.data or "")
    try:
        _count_letter(SIGN_UPS, address.key, now)
    except SlowDown as refusal:
        return refused(_sign_up_form, form, refusal)
    start_writing()
    sign_up.begin(address, name, current_person(), tokens(), vault(), now)
    return redirect("/sign-up/letter", 303)


def _sign_up_form(form: EntryForm) -> str:
    return _page("sign_up", form)


@blueprint.get("/sign-up/letter")
@allow(Can.SIGN_IN)
def sign_up_letter() -> str:
    """What comes next: the same for every address."""
    return _page("letter_sent", None, of="sign-up")


@blueprint.get("/password-reset")
@allow(Can.SIGN_IN)
def reset_page() -> str:
    return _page("password_reset", AddressForm())


@blueprint.post("/password-reset")
@allow(Can.SIGN_IN, writes_itself=True)
def reset() -> AnyResponse:
    form, now = AddressForm(request.form), clock.now()
    if not form.validate():
        return _mend(_reset_form, form)
    address = addresses.parse(form.email.data or "")
    try:
        _count_letter(RESETS, address.key, now)
    except SlowDown as refusal:
        return refused(_reset_form, form, refusal)
    start_writing()
    password_reset.begin(address, tokens(), vault(), now)
    return redirect("/password-reset/letter", 303)


def _reset_form(form: EntryForm) -> str:
    return _page("password_reset", form)


@blueprint.get("/password-reset/letter")
@allow(Can.SIGN_IN)
def reset_letter() -> str:
    """What comes next: the same for every address."""
    return _page("letter_sent", None, of="password-reset")


def _count_letter(limit: Limit, address_key: str, now: datetime) -> None:
    """Raises `SlowDown`, for known and unknown addresses alike."""
    limits.spend_or_refuse(limit, limits.address(), now)
    limits.spend_or_refuse(LETTERS, address_key, now)


@blueprint.get("/sign-in/again")
@allow(Can.SEE_OWN_DATA, oneself)
def again_page(known: Known) -> AnyResponse | str:
    if known.is_guest or known.is_fresh(clock.now()):
        return redirect(onward.address(), 303)
    return _again_page(known, ProofForm())


@blueprint.post("/sign-in/again")
@allow(Can.SEE_OWN_DATA, oneself, writes_itself=True)
def again(known: Known) -> AnyResponse:
    form, now = ProofForm(request.form), clock.now()
    try:
        proof = _prove_again(known, form, now)
        start_writing()
        secret = sign_in.enter_again(proof, known, now)
    except Refusal as refusal:
        return refused(partial(_again_page, known), form, refusal)
    know_browser(secret, is_shared=known.is_shared)
    return redirect(onward.address(), 303)


def _prove_again(known: Known, form: ProofForm, now: datetime) -> Proof:
    spendings = [(WRONG_HERE, f"person {known.id}")]
    limits.refuse_if_spent(spendings, now)
    try:
        return sign_in.prove_again(known.id, form.password.data or "")
    except WrongPair:
        limits.spend(*spendings[0], now)
        raise


def _again_page(known: Known, form: EntryForm) -> str:
    return _page(
        "again",
        form,
        is_card=known.role is Role.CARD,
        join_href=onward.over(JOIN, onward.asked()),
        factor_href=onward.over(SECOND_FACTOR, onward.asked()) if known.has_second_factor else "",
    )


@blueprint.get("/sign-out")
@allow(Can.SIGN_IN)
def sign_out_page() -> str:
    return _page("sign_out", None)


@blueprint.post("/sign-out")
@allow(Can.SIGN_IN)
def sign_out() -> AnyResponse:
    """A guest is not signed in, and would lose what is theirs: for them there is the quick exit, and erasing."""
    person = current_person()
    if person is not None and not person.is_guest:
        sign_in.note_sign_out(person, clock.now())
        leave()
    return redirect("/sign-out", 303)


def _is_signed_in() -> bool:
    person = current_person()
    return person is not None and not person.is_guest


def _mend(page: Callable[[EntryForm], str], form: EntryForm) -> AnyResponse:
    return make_response(page(form), 422)


def refused(page: Callable[[EntryForm], str], form: EntryForm, refusal: Refusal) -> Response:
    """The form once more, with what was typed into it, but for a password."""
    form.refuse(refusal)
    response = make_response(page(form), refusal.status)
    if isinstance(refusal, SlowDown):
        response.headers["Retry-After"] = str(refusal.wait.seconds)
    return response


def _page(template: str, form: EntryForm | None, **context: object) -> str:
    return render_template(
        f"accounts/{template}.html", place="", form=form, is_development=settings().is_development, **context
    )
