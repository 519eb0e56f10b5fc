"""Learner cards: a set's code, a seat and four words make somebody known who has no name here and no address.

The words are known once, when they are dealt; what is kept is the hash of their skeleton, so that a card opens however
its words are spaced and whatever of their tones is left out. Hashing comes first and holds no database connection; what
is written follows in one transaction.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from classroom import audit, phrases, thai
from classroom.accounts import card_words, idleness, passwords, sessions, sign_in
from classroom.accounts.models import Card, CardSet, DeviceSession, Person
from classroom.accounts.sessions import Known
from classroom.audit import Action
from classroom.database import db, stop_reading
from classroom.errors import Refusal
from classroom.permissions import Role
from classroom.retention import Register

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 that nobody takes for another: no 0 and O, no 1, I and L."""
CODE_LENGTH = 8
LARGEST_SEAT = 9999

_NOT_IN_CODE = re.compile(f"[^{CODE_LETTERS}]")
_NO_DIGIT = re.compile("[^0-9]")


class WrongCard(Refusal):
    """No card has this code, this seat and these words; nobody learns which of the three is wrong."""

    def __init__(self) -> None:
        super().__init__(phrases.WRONG_CARD)


@dataclass(frozen=True, slots=True)
class Dealt:
    """A card on its way to the printer: the only time that its words are known."""

    seat: int
    words: tuple[str, ...] = field(repr=False)
    words_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody knew the words of this card a moment ago."""

    person_id: int
    words_hash: str
    """The one they were checked against."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody is in."""

    secret: str
    """Of the new session, for the cookie."""
    is_new_card: bool
    """The card was issued anew, and this is the first time that it is used: its learner is to hear of it."""


def deal(seats: Iterable[int]) -> list[Dealt]:
    """A card for each seat, 1 to 9999. Costs one hash a card, so do it before the transaction.

    Raises `ValueError` for a seat that cannot be or comes twice, and `TooManyAtOnce`.
    """
    wanted = list(seats)
    if len(set(wanted)) < len(wanted) or not all(1 <= seat <= LARGEST_SEAT for seat in wanted):
        raise ValueError(f"seats are numbers of 1 to {LARGEST_SEAT}, each once")
    stop_reading()
    return [with_words(seat, card_words.draw()) for seat in wanted]


def with_words(seat: int, words: tuple[str, ...]) -> Dealt:
    """A card with words that were drawn before. Costs one hash. Raises `TooManyAtOnce`."""
    return Dealt(seat, words, passwords.make_hash(thai.skeleton("".join(words))))


def make_set(owner_id: int, dealt: Sequence[Dealt], now: datetime) -> CardSet:
    """A new set of these cards, each with a learner of its own. Call it in a write transaction."""
    card_set = CardSet(code=_free_code(), owner_id=owner_id, created_at=now)
    db.session.add(card_set)
    db.session.flush()
    db.session.add_all(
        Card(person_id=person_id, card_set_id=card_set.id, seat=one.seat, words_hash=one.words_hash, issued_at=now)
        for person_id, one in zip(_new_learners(len(dealt), now), dealt, strict=True)
    )
    db.session.flush()
    audit.record(Action.CARDS_MADE, actor_id=owner_id, object_kind="card-set", object_id=card_set.id, now=now)
    return card_set


def _new_learners(count: int, now: datetime) -> Sequence[int]:
    """Their ids, in whatever order: until a card is given to each they are all alike."""
    learners = [{"role": Role.CARD, "created_at": now}] * count
    return db.session.scalars(sa.insert(Person).returning(Person.id), learners).all() if learners else ()


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if db.session.scalar(sa.select(CardSet.id).where(CardSet.code == code)) is None:
            return code


def read_code(typed: str) -> str:
    """The code that was meant: spaces, hyphens and small letters do not matter, nor a keyboard left in Thai."""
    return _NOT_IN_CODE.sub("", thai.on_latin_keys(typed).upper())


def read_seat(typed: str) -> int | None:
    """The seat that was meant, in digits of either script; None where it is none."""
    digits = _NO_DIGIT.sub("", thai.latin_digits(typed)).lstrip("0")
    return int(digits) if 0 < len(digits) <= len(str(LARGEST_SEAT)) else None


def prove(code: str, seat: str, words: str, now: datetime) -> Proof:
    """Who holds the card with what was typed. Raises `WrongCard`, `TooManyAtOnce`. Costs one hash, always."""
    found = db.session.execute(
        sa.select(Card.person_id, Card.words_hash)
        .join(CardSet, CardSet.id == Card.card_set_id)
        .where(CardSet.code == read_code(code), Card.seat == read_seat(seat), _opens_at(now))
    ).first()
    person_id, words_hash = found or (None, None)
    stop_reading()
    if not passwords.is_right(words_hash, thai.skeleton(words)) or person_id is None or words_hash is None:
        raise WrongCard
    return Proof(person_id, words_hash)


def _opens_at(now: datetime) -> sa.ColumnElement[bool]:
    """A closed set's cards still open for as long as what they hold is kept: its learners may want to keep it."""
    return sa.or_(CardSet.closed_at.is_(None), CardSet.closed_at > now - idleness.CARDS_CLOSED)


def enter(
    proof: Proof,
    visitor: Known | None,
    old_secret: str | None,
    register: Register,
    *,
    is_shared: bool,
    is_mine: bool,
    now: datetime,
) -> Entry:
    """Sign the card's learner in. What was answered on this browser before is theirs only if they say so: `is_mine`.

    Raises `WrongCard` where the card was issued anew meanwhile, `Shut` where it is suspended. Call it in a write
    transaction.
    """
    card = db.session.get(Card, proof.person_id, with_for_update=True)
    if card is None or card.words_hash != proof.words_hash:
        raise WrongCard
    learner = db.session.get_one(Person, card.person_id, with_for_update=True)
    if learner.suspended_at is not None:
        raise sign_in.Shut(phrases.CARD_SUSPENDED)
    is_new_card = _is_used_first(card, learner)
    audit.record(Action.SIGN_IN, actor_id=learner.id, object_kind="person", object_id=learner.id, now=now)
    guest = visitor if is_mine else None
    return Entry(sign_in.let_in(learner, guest, old_secret, register, is_shared=is_shared, now=now), is_new_card)


def _is_used_first(card: Card, learner: Person) -> bool:
    """Was it issued anew, and has nobody come in by it since? Re-issuing forgot all devices and their last use."""
    if not was_reissued(card):
        return False
    is_known = sa.select(DeviceSession.secret_digest).where(DeviceSession.person_id == learner.id).limit(1)
    return db.session.scalar(is_known) is None and (learner.seen_at is None or learner.seen_at <= card.issued_at)


def was_reissued(card: Card) -> bool:
    """Whether these are not the first words of its seat."""
    return card.issued_at != set_of(card).created_at


def set_of(card: Card) -> CardSet:
    return db.session.get_one(CardSet, card.card_set_id)


def of_person(person_id: int) -> Card | None:
    """The card that opens this person, if one does."""
    return db.session.get(Card, person_id)


def re_issue(card: Card, dealt: Dealt, actor_id: int, now: datetime) -> None:
    """Give the seat new words: the old ones and all sessions are dead. The learner hears of it when they come back.

    Raises `ValueError` where the new card was dealt for another seat. Call it in a write transaction.
    """
    if dealt.seat != card.seat:
        raise ValueError("these words were dealt for another seat")
    sessions.end_all(card.person_id)
    card.words_hash, card.issued_at = dealt.words_hash, now
    audit.record(Action.CARD_REISSUE, actor_id=actor_id, object_kind="person", object_id=card.person_id, now=now)


def close_set(card_set: CardSet, actor_id: int, now: datetime) -> None:
    """The class is over: what its cards hold is kept for 90 days more. Closing twice is closing once.

    Call it in a write transaction.
    """
    if card_set.closed_at is None:
        card_set.closed_at = now
        audit.record(Action.CARDS_CLOSED, actor_id=actor_id, object_kind="card-set", object_id=card_set.id, now=now)


def give_up_for_account(learner: Person, now: datetime) -> None:
    """The learner has an account of their own from now on, with all they did: the card opens nothing any more.

    Call it in the write transaction that makes the account.
    """
    db.session.execute(sa.delete(Card).where(Card.person_id == learner.id))
    sessions.end_all(learner.id)
    audit.record(Action.CARD_TO_ACCOUNT, actor_id=learner.id, object_kind="person", object_id=learner.id, now=now)
