"""Sets of learner cards, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import cards
from classroom.accounts.models import Card, CardSet
from classroom.database import transaction
from tests import make
from tests.browser import Browser
from tests.page import Page

COME_IN = "เข้าเรียน"


@dataclass(frozen=True, slots=True)
class Printed:
    """A set as its teacher printed it."""

    owner_id: int
    set_id: int
    code: str
    words: Mapping[int, str]
    """By seat, with spaces between."""
    person_ids: Mapping[int, int]
    """By seat."""


def printed(app: Flask, seats: Iterable[int] = (1,), now: datetime | None = None) -> Printed:
    """A new set of a teacher."""
    now = now or clock.now()
    teacher = make.account(app, f"teacher{now.timestamp()}@school.test", now=now)
    with app.app_context():
        dealt = cards.deal(seats)
        with transaction() as session:
            made = cards.make_set(teacher.person_id, dealt, now)
            session.flush()
            rows = session.scalars(sa.select(Card).where(Card.card_set_id == made.id)).all()
            ids = {card.seat: card.person_id for card in rows}
            words = {one.seat: " ".join(one.words) for one in dealt}
            return Printed(teacher.person_id, made.id, made.code, words, ids)


def issued_anew(app: Flask, of: Printed, seat: int, now: datetime | None = None) -> str:
    """The words of the seat's new card."""
    with app.app_context():
        (dealt,) = cards.deal([seat])
        with transaction() as session:
            card = session.get_one(Card, of.person_ids[seat])
            cards.re_issue(card, dealt, of.owner_id, now or clock.now())
    return " ".join(dealt.words)


def closed(app: Flask, of: Printed, now: datetime | None = None) -> None:
    with app.app_context(), transaction() as session:
        cards.close_set(session.get_one(CardSet, of.set_id), of.owner_id, now or clock.now())


def join(browser: Browser, of: Printed, number: int = 1, **fields: str | list[str]) -> Page:
    """Come in with a card, through the page; `fields` are typed and ticked otherwise than the card says."""
    browser.visit("/join")
    typed = {"code": of.code, "seat": str(number), "words": of.words[number]} | fields
    return browser.press(COME_IN, typed)
