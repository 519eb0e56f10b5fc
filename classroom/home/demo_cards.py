"""The demo teacher's set of 38 learner cards; the words of one are those of this installation, the others' are gone."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

import sqlalchemy as sa

from classroom.accounts import addresses, card_words, cards, sessions
from classroom.accounts.models import Card, CardSet, Person
from classroom.content.model import Library
from classroom.database import db, transaction
from classroom.errors import Missing
from classroom.home import demo, demo_people

LEARNER = "card"
"""As /dev/people calls who holds the card."""
SEATS = 38
SEAT = 7


def fill(library: Library, key: str, now: datetime) -> bool:
    """Make the set unless it is there; whether it was made. Writes in a transaction of its own, after the hashing."""
    if db.session.scalar(sa.select(CardSet.id).where(CardSet.code == code(key))) is not None:
        return False
    others = [seat for seat in range(1, SEATS + 1) if seat != SEAT]
    dealt = [*cards.deal(others), cards.with_words(SEAT, words(key))]
    teacher = addresses.owner(demo_people.PEOPLE["teacher"].email)
    assert teacher is not None, "the demo people come first"
    with transaction():
        cards.make_set(teacher.id, dealt, now).code = code(key)
        db.session.flush()
        learner = _learner(key)
        assert learner is not None
        demo.learn_half(learner.id, library, now)
    return True


def sign_in(key: str) -> str:
    """What to come in with at /join."""
    return f"{'card':24} code {code(key)}  seat {SEAT}  {' '.join(words(key))}"


def become(key: str, now: datetime) -> str:
    """A new session of who holds the card; the secret for the cookie. Raises `Missing` where it was turned in.

    Call it in a write transaction.
    """
    learner = _learner(key)
    if learner is None:
        raise Missing("")
    return sessions.begin(learner, now, proved_at=now)


def code(key: str) -> str:
    """The same on every start of one installation."""
    letters = cards.CODE_LETTERS
    return "".join(letters[number % len(letters)] for number in _derived(key, "code")[: cards.CODE_LENGTH])


def words(key: str) -> tuple[str, ...]:
    """As `code`, and guessable on no other."""
    digest, all_words = _derived(key, "words"), card_words.words()
    pairs = (digest[2 * number : 2 * number + 2] for number in range(card_words.ON_A_CARD))
    return tuple(all_words[int.from_bytes(pair, "big") % len(all_words)] for pair in pairs)


def _derived(key: str, what: str) -> bytes:
    return hmac.new(key.encode(), f"demo\0card\0{what}".encode(), hashlib.sha256).digest()


def _learner(key: str) -> Person | None:
    of_seat = sa.select(Card.person_id).join(CardSet).where(CardSet.code == code(key), Card.seat == SEAT)
    return db.session.scalar(sa.select(Person).where(Person.id.in_(of_seat)))
