"""/join: coming in with a learner card; /me/card: one's card, and how it becomes an account of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from classroom import clock
from classroom.accounts import addresses, cards, idleness, names, sign_up
from classroom.accounts.cards import Proof, WrongCard
from classroom.accounts.forms import EntryForm, JoinForm, SignUpForm
from classroom.accounts.models import Card
from classroom.accounts.sessions import Known
from classroom.accounts.views.application import register, tokens, vault
from classroom.accounts.views.entry import LETTERS, SIGN_UPS, refused
from classroom.database import start_writing
from classroom.errors import Missing, Refusal
from classroom.permissions import Can
from classroom.web import limits, onward
from classroom.web.guards import allow
from classroom.web.limits import Limit, SlowDown, Spending
from classroom.web.visitor import cookie_secret, current_person, know_browser

blueprint = Blueprint("join", __name__)

QUARTER = timedelta(minutes=15)
WRONG_HERE = Limit("card-here", 10, QUARTER)
"""Wrong words for one seat from one address: a guesser waits, the learner at home does not."""
WRONG_FOR_CODE = Limit("card-code", 300, QUARTER)
WRONG_FROM_ADDRESS = Limit("card-address", 300, QUARTER)
"""A school behind one address may mistype five times each."""

CARD_PAGE = "/me/card"


@blueprint.get("/join")
@allow(Can.SIGN_IN)
def join_page() -> str:
    """The form; a link on a printed card brings its code along."""
    return _join_page(JoinForm(data={"code": cards.read_code(request.args.get("code", ""))[: cards.CODE_LENGTH]}))


@blueprint.post("/join")
@allow(Can.SIGN_IN, writes_itself=True)
def join() -> AnyResponse:
    form, now = JoinForm(request.form), clock.now()
    try:
        proof = _prove(form, now)
        start_writing()
        entry = cards.enter(
            proof,
            current_person(),
            cookie_secret(),
            register(),
            is_shared=form.shared.data,
            is_mine=form.mine.data,
            now=now,
        )
    except Refusal as refusal:
        return refused(_join_page, form, refusal)
    know_browser(entry.secret, is_shared=form.shared.data)
    return redirect(CARD_PAGE if entry.is_new_card else onward.address(), 303)


def _prove(form: JoinForm, now: datetime) -> Proof:
    """Wrong cards are counted, right ones never are. Raises `WrongCard`, `SlowDown`, `TooManyAtOnce`."""
    code, seat = form.code.data or "", form.seat.data or ""
    spendings = _tries(code, seat)
    limits.refuse_if_spent(spendings, now)
    try:
        return cards.prove(code, seat, form.words.data or "", now)
    except WrongCard:
        for limit, whose in spendings:
            limits.spend(limit, whose, now)
        raise


def _tries(code: str, seat: str) -> list[Spending]:
    meant, here = cards.read_code(code), limits.address()
    return [
        (WRONG_HERE, f"{meant} {cards.read_seat(seat)} {here}"),
        (WRONG_FOR_CODE, meant),
        (WRONG_FROM_ADDRESS, here),
    ]


def _join_page(form: EntryForm) -> str:
    person = current_person()
    return render_template("accounts/join.html", place="", form=form, is_guest=person is not None and person.is_guest)


def own_card(person: Known) -> Card:
    """Raises `Missing`."""
    card = cards.of_person(person.id)
    if card is None:
        raise Missing("")
    return card


@blueprint.get("/me/card")
@allow(Can.BECOME_OWN, own_card)
def card_page(card: Card) -> str:
    card_set = cards.set_of(card)
    return render_template(
        "accounts/card.html",
        place="me",
        card=card,
        was_reissued=cards.was_reissued(card),
        kept_until=card_set.closed_at and card_set.closed_at + idleness.CARDS_CLOSED,
    )


@blueprint.get("/me/card/account")
@allow(Can.BECOME_OWN, fresh=True)
def account_page() -> str:
    return _account_page(SignUpForm())


@blueprint.post("/me/card/account")
@allow(Can.BECOME_OWN, writes_itself=True, fresh=True, form_of="join.account_page")
def account() -> AnyResponse:
    """Post the letter; the card turns into the account when its link is used (`sign_up.finish`)."""
    form, now = SignUpForm(request.form), clock.now()
    if not form.validate():
        return make_response(_account_page(form), 422)
    address, name = addresses.parse(form.email.data or ""), names.clean(form.name.data or "")
    try:
        limits.spend_or_refuse(SIGN_UPS, limits.address(), now)
        limits.spend_or_refuse(LETTERS, address.key, now)
    except SlowDown as refusal:
        return refused(_account_page, form, refusal)
    start_writing()
    sign_up.begin(address, name, current_person(), tokens(), vault(), now)
    return redirect("/sign-up/letter", 303)


def _account_page(form: EntryForm) -> str:
    return render_template("accounts/card_account.html", place="me", form=form)
