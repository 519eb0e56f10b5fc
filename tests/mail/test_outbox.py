"""A letter is a row of the transaction that it tells of, and says no more than whom and what about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.accounts.models import Person
from classroom.database import db, transaction
from classroom.errors import Missing
from classroom.mail import outbox
from classroom.retention import Register
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW, deliver, learner, letter, post
from tests.mail.smtp_server import smtp_server
from tests.rows import rows


def test_a_letter_is_posted_with_its_kind_and_ids_and_without_a_word_of_it(site: Flask) -> None:
    person_id = learner(site)
    post(site, person_id=person_id, ids={"registration_id": 7})
    row = letter(site)
    assert {name: row[name] for name in ("kind", "person_id", "ids", "due_at", "tries", "sealed_address")} == {
        "kind": "trial",
        "person_id": person_id,
        "ids": {"registration_id": 7},
        "due_at": NOW,
        "tries": 0,
        "sealed_address": None,
    }
    assert not [value for value in row.values() if value in (trial.SUBJECT, ADDRESS)]


def test_a_transaction_that_is_undone_takes_its_letter_with_it(site: Flask) -> None:
    person_id = learner(site)

    def post_and_fail() -> None:
        with transaction():
            outbox.post("trial", key="trial:1", person_id=person_id, now=NOW)
            raise ZeroDivisionError

    with site.app_context(), pytest.raises(ZeroDivisionError):
        post_and_fail()
    assert rows(site, "letter") == []


def test_the_same_key_twice_is_one_letter_as_it_was_first(site: Flask) -> None:
    person_id = learner(site)
    post(site, person_id=person_id, ids={"try": 1})
    post(site, person_id=person_id, ids={"try": 2})
    assert letter(site)["ids"] == {"try": 1}


def test_the_same_key_after_the_letter_went_out_sends_no_second_one(site: Flask) -> None:
    person_id = learner(site)
    with smtp_server() as server:
        delivery = trial.delivery(site, trial.smtp(server.port))
        post(site, person_id=person_id)
        deliver(site, delivery)
        post(site, person_id=person_id)
        deliver(site, delivery)
        assert server.recipients == [ADDRESS]


def test_an_address_of_its_own_is_sealed_for_this_letter(site: Flask) -> None:
    vault = site.extensions["vault"]
    post(site, address=ADDRESS, vault=vault)
    sealed = letter(site)["sealed_address"]
    assert ADDRESS.encode() not in sealed
    assert vault.open_sealed(sealed, purpose="letter", owner="trial:1") == ADDRESS


@pytest.mark.parametrize("recipient", [{}, {"address": ADDRESS}], ids=["nobody", "an address without a vault"])
def test_a_letter_to_nobody_or_in_the_clear_is_a_mistake(recipient: dict[str, str], site: Flask) -> None:
    with site.app_context(), transaction(), pytest.raises(ValueError, match=r"recipient|vault"):
        outbox.post("trial", key="trial:1", now=NOW, **recipient)  # type: ignore[arg-type]


def test_whoever_is_erased_gets_no_letter_any_more(site: Flask) -> None:
    person_id = learner(site)
    post(site, person_id=person_id)
    with site.app_context(), transaction() as session:
        session.execute(sa.delete(Person).where(Person.id == person_id))
    assert rows(site, "letter") == []


def test_a_guest_who_signs_in_takes_their_letters_along(site: Flask) -> None:
    guest_id, account_id = learner(site, None), learner(site)
    post(site, person_id=guest_id)
    with site.app_context(), transaction():
        site.extensions["register"].move_person(guest_id, account_id)
    assert letter(site)["person_id"] == account_id


def test_what_one_takes_away_tells_kinds_and_times_of_ones_letters(site: Flask) -> None:
    person_id = learner(site)
    post(site, person_id=person_id, ids={"registration_id": 7})
    with site.app_context():
        exported = site.extensions["register"].export_person(person_id)["letter"]
    assert exported == [{"kind": "trial", "created_at": NOW, "due_at": NOW, "sent_at": None}]


def test_a_dead_letter_that_is_sent_again_has_all_its_tries_before_it(site: Flask) -> None:
    post(site)
    _die(site)
    with site.app_context(), transaction():
        outbox.send_again(letter(site)["id"], NOW + timedelta(days=1))
    row = letter(site)
    assert (row["dead_at"], row["tries"], row["due_at"]) == (None, 0, NOW + timedelta(days=1))


def test_only_a_dead_letter_can_be_sent_again(site: Flask) -> None:
    post(site)
    with site.app_context(), transaction(), pytest.raises(Missing):
        outbox.send_again(letter(site)["id"], NOW)


@pytest.mark.parametrize(
    ("column", "days"), [("sent_at", 30), ("dropped_at", 30), ("dead_at", 90)], ids=["sent", "dropped", "dead"]
)
def test_a_letter_is_forgotten_some_time_after_its_end(column: str, days: int, site: Flask) -> None:
    post(site)
    _set(site, **{column: NOW})
    assert _purge(site, NOW + timedelta(days=days, seconds=-1)) == 0
    assert _purge(site, NOW + timedelta(days=days)) == 1
    assert _purge(site, NOW + timedelta(days=days)) == 0
    assert rows(site, "letter") == []


def test_a_letter_that_still_waits_is_not_forgotten(site: Flask) -> None:
    post(site)
    assert _purge(site, NOW + timedelta(days=999)) == 0


def _purge(site: Flask, now: datetime) -> int:
    register: Register = site.extensions["register"]
    with site.app_context():
        return dict(register.purge(now))["letters"]


def _die(site: Flask) -> None:
    _set(site, dead_at=NOW, tries=6, last_error="TimeoutError")


def _set(site: Flask, **values: object) -> None:
    with site.app_context(), transaction():
        db.session.execute(sa.update(db.metadata.tables["letter"]).values(values))
