"""Learner cards: somebody is known by a seat and four words, and by nothing else (security.md A2, A3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from classroom import clock
from classroom.accounts import cards, sessions
from classroom.accounts.cards import Dealt, Proof, WrongCard
from classroom.accounts.models import Card, Person
from classroom.database import db, transaction
from tests import make
from tests.cards import closed, issued_anew, printed
from tests.rows import everything, rows


def prove(app: Flask, code: str, seat: str, words: str, after: timedelta = timedelta()) -> Proof:
    with app.app_context():
        return cards.prove(code, seat, words, clock.now() + after)


def test_a_set_is_a_code_of_31_letters_that_nobody_takes_for_another(site: Flask) -> None:
    codes = [printed(site, ()).code for _ in range(20)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(cards.CODE_LETTERS)
    assert len(set(cards.CODE_LETTERS)) == 31
    assert set(cards.CODE_LETTERS).isdisjoint("01ILO")
    assert len(set(codes)) == 20


def test_each_card_opens_its_own_learner(site: Flask) -> None:
    class_ = printed(site, (1, 2, 38))
    found = {seat: prove(site, class_.code, str(seat), words).person_id for seat, words in class_.words.items()}
    assert found == class_.person_ids
    assert len(set(found.values())) == 3


def test_a_learner_has_no_name_no_address_and_no_password(site: Flask) -> None:
    class_ = printed(site)
    (learner,) = [person for person in rows(site, "person") if person["id"] == class_.person_ids[1]]
    empty = {"id", "role", "duties", "created_at"}
    assert {name: value for name, value in learner.items() if value is not None}.keys() == empty
    assert learner["role"] == "card"


def test_the_words_are_nowhere_in_the_database(site: Flask) -> None:
    class_ = printed(site)
    assert "$argon2id$" in rows(site, "card")[0]["words_hash"]
    stored = repr(everything(site))
    assert [word for word in class_.words[1].split() if word in stored] == []


def test_words_are_not_shown_where_a_card_is_printed_by_mistake() -> None:
    assert repr(Dealt(7, ("a", "b", "c", "d"), "hash")) == "Dealt(seat=7)"


@pytest.mark.parametrize("wrong", ["code", "seat", "words", "another's words", "no words", "a closed door"])
def test_what_does_not_fit_opens_nothing(wrong: str, site: Flask) -> None:
    class_, other = printed(site, (1, 2)), printed(site)
    tries = {
        "code": (other.code, "1", class_.words[1]),
        "seat": (class_.code, "3", class_.words[1]),
        "words": (class_.code, "1", " ".join(reversed(class_.words[1].split()))),
        "another's words": (class_.code, "1", class_.words[2]),
        "no words": (class_.code, "1", ""),
        "a closed door": ("", "", ""),
    }
    with pytest.raises(WrongCard):
        prove(site, *tries[wrong])


def test_words_of_the_skeleton_open_and_three_of_four_do_not(site: Flask) -> None:
    class_ = printed(site)
    typed = class_.words[1].replace(" ", "").replace("\u0e48", "").replace("\u0e49", "")
    assert prove(site, class_.code, "1", typed).person_id == class_.person_ids[1]
    with pytest.raises(WrongCard):
        prove(site, class_.code, "1", " ".join(class_.words[1].split()[:3]))


@pytest.mark.parametrize("seats", [(0,), (-1,), (10_000,), (1, 1)])
def test_a_seat_that_cannot_be_is_not_dealt(seats: tuple[int, ...], site: Flask) -> None:
    with site.app_context(), pytest.raises(ValueError, match="seats"):
        cards.deal(seats)


def test_dealing_holds_no_connection(site: Flask) -> None:
    with site.app_context():
        db.session.execute(sa.select(1))
        cards.deal([1])
        assert not db.session().in_transaction()


def test_three_hundred_cards_are_one_transaction_of_a_few_statements(site: Flask) -> None:
    teacher = make.account(site)
    dealt = [Dealt(seat, (), "x") for seat in range(1, 301)]
    with site.app_context(), statements() as made, transaction():
        cards.make_set(teacher.person_id, dealt, clock.now())
    assert len(rows(site, "card")) == 300
    assert len([one for one in made if not one.startswith("BEGIN")]) <= 8


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is sent meanwhile."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_all_cards_are_made_or_none(site: Flask) -> None:
    teacher = make.account(site)
    twice = [Dealt(1, (), "x"), Dealt(1, (), "y")]
    with site.app_context(), pytest.raises(sa.exc.IntegrityError), transaction():
        cards.make_set(teacher.person_id, twice, clock.now())
    assert (rows(site, "card_set"), rows(site, "card"), len(rows(site, "person"))) == ([], [], 1)


def test_a_new_card_kills_the_old_words_and_every_session(site: Flask) -> None:
    class_ = printed(site, (1, 2))
    with site.app_context(), transaction() as session:
        for person_id in class_.person_ids.values():
            sessions.begin(session.get_one(Person, person_id), clock.now())
    words = issued_anew(site, class_, 1)
    with pytest.raises(WrongCard):
        prove(site, class_.code, "1", class_.words[1])
    assert prove(site, class_.code, "1", words).person_id == class_.person_ids[1]
    assert prove(site, class_.code, "2", class_.words[2]).person_id == class_.person_ids[2]
    owners = {row["person_id"] for row in rows(site, "device_session")}
    assert (class_.person_ids[1] in owners, class_.person_ids[2] in owners) == (False, True)


def test_a_card_that_is_issued_anew_while_somebody_comes_in_lets_nobody_in(site: Flask) -> None:
    class_ = printed(site)
    proof = prove(site, class_.code, "1", class_.words[1])
    issued_anew(site, class_, 1)
    with site.app_context(), transaction(), pytest.raises(WrongCard):
        cards.enter(proof, None, None, site.extensions["register"], is_shared=True, is_mine=False, now=clock.now())


def test_words_dealt_for_one_seat_are_not_given_to_another(site: Flask) -> None:
    class_ = printed(site)
    with site.app_context(), transaction() as session:
        card = session.get_one(Card, class_.person_ids[1])
        with pytest.raises(ValueError, match="another seat"):
            cards.re_issue(card, Dealt(2, (), "x"), class_.owner_id, clock.now())


def test_cards_of_a_closed_set_open_for_ninety_days_more(site: Flask) -> None:
    class_ = printed(site)
    closed(site, class_)
    closed(site, class_, clock.now() + timedelta(days=30))
    assert prove(site, class_.code, "1", class_.words[1], timedelta(days=89)).person_id == class_.person_ids[1]
    with pytest.raises(WrongCard):
        prove(site, class_.code, "1", class_.words[1], timedelta(days=90))


def test_what_teachers_do_with_cards_is_entered_in_the_audit(site: Flask) -> None:
    class_ = printed(site)
    issued_anew(site, class_, 1)
    closed(site, class_)
    closed(site, class_)
    entries = [
        (row["action"], row["actor_id"], row["object_kind"], row["object_id"]) for row in rows(site, "audit_entry")
    ]
    assert entries == [
        ("cards-made", class_.owner_id, "card-set", str(class_.set_id)),
        ("card-reissue", class_.owner_id, "person", str(class_.person_ids[1])),
        ("cards-closed", class_.owner_id, "card-set", str(class_.set_id)),
    ]
