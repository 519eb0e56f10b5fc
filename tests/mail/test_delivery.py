"""Letters go out once they are due, to whom they belong to at that moment, and never one for another."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.accounts.models import Person, Token
from classroom.database import db, transaction
from classroom.mail import outbox
from classroom.mail.kinds import Context, Kinds, Message
from classroom.mail.models import Letter
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW, deliver, learner, letter, post
from tests.mail.smtp_server import smtp_server
from tests.rows import rows


def test_a_letter_reaches_the_person_and_is_marked_sent(site: Flask) -> None:
    post(site)
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert (server.recipients, letter(site)["sent_at"]) == ([ADDRESS], NOW)


def test_a_letter_goes_to_the_address_that_the_person_has_by_then(site: Flask) -> None:
    post(site)
    with site.app_context(), transaction() as session:
        session.execute(sa.update(Person).values(email="new@school.test"))
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert server.recipients == ["new@school.test"]


def test_a_letter_with_an_address_of_its_own_goes_there_and_then_forgets_it(site: Flask) -> None:
    post(site, person_id=learner(site), address="old@school.test", vault=site.extensions["vault"])
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert (server.recipients, letter(site)["sealed_address"]) == (["old@school.test"], None)


def test_a_letter_is_not_sent_before_it_is_due(site: Flask) -> None:
    post(site, due_at=NOW + timedelta(hours=1))
    with smtp_server() as server:
        delivery = trial.delivery(site, trial.smtp(server.port))
        assert deliver(site, delivery, NOW + timedelta(minutes=59)) == 0
        assert deliver(site, delivery, NOW + timedelta(hours=1)) == 1
        assert server.recipients == [ADDRESS]


def test_a_letter_that_nobody_wants_any_more_is_dropped(site: Flask) -> None:
    post(site, address=ADDRESS, vault=site.extensions["vault"])
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port), still_wanted=lambda letter: False))
        assert server.recipients == []
    row = letter(site)
    assert (row["dropped_at"], row["sent_at"], row["sealed_address"]) == (NOW, None, None)


def test_a_letter_to_someone_without_an_address_is_dropped(site: Flask) -> None:
    post(site, person_id=learner(site, None))
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert (server.recipients, letter(site)["dropped_at"]) == ([], NOW)


def test_what_the_maker_of_a_letter_writes_down_is_kept(site: Flask) -> None:
    def write(letter: Letter, context: Context) -> Message:
        day = context.now + timedelta(days=1)
        db.session.add(Token(digest="x", purpose="trial", created_at=context.now, expires_at=day))
        return trial.write(letter, context)

    post(site)
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port), write=write))
    assert [row["digest"] for row in rows(site, "token")] == ["x"]


def test_a_letter_that_cannot_be_sent_waits_longer_each_time_and_dies_after_the_sixth(site: Flask) -> None:
    post(site)
    delivery, now, waits = trial.delivery(site, trial.Broken()), NOW, []
    while letter(site)["dead_at"] is None:
        assert deliver(site, delivery, now - timedelta(seconds=1)) == 0
        assert deliver(site, delivery, now) == 1
        waits.append(letter(site)["due_at"] - now)
        now = letter(site)["due_at"]
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 30, 120, 480, 0]
    assert (letter(site)["tries"], letter(site)["last_error"]) == (6, "ConnectionRefusedError")


def test_a_letter_that_failed_goes_out_when_the_server_is_back(site: Flask) -> None:
    post(site)
    deliver(site, trial.delivery(site, trial.Broken()))
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)), NOW + timedelta(minutes=1))
        assert (server.recipients, letter(site)["tries"]) == ([ADDRESS], 2)


def test_a_recipient_who_is_refused_for_good_is_not_tried_again(site: Flask) -> None:
    post(site)
    with smtp_server() as server:
        server.answer_to_recipient = "550 no such mailbox"
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
    assert (letter(site)["dead_at"], letter(site)["last_error"]) == (NOW, "SMTPRecipientsRefused")


def test_a_recipient_who_is_refused_for_now_is_tried_again(site: Flask) -> None:
    post(site)
    with smtp_server() as server:
        server.answer_to_recipient = "450 try again later"
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
    assert (letter(site)["dead_at"], letter(site)["due_at"]) == (None, NOW + timedelta(minutes=1))


def test_a_letter_of_a_kind_that_nobody_makes_fails_and_the_next_one_goes_out(site: Flask) -> None:
    person_id = learner(site)
    with site.app_context(), transaction():
        outbox.post("unknown", key="unknown:1", person_id=person_id, now=NOW)
    post(site, person_id=person_id)
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert server.recipients == [ADDRESS]
    assert [row["last_error"] for row in rows(site, "letter")] == ["UnknownKind", ""]


def test_fifty_letters_and_two_workers_are_fifty_letters(site: Flask) -> None:
    addresses = [f"learner{number}@school.test" for number in range(50)]
    for address in addresses:
        post(site, key=address.partition("@")[0], person_id=learner(site, address))
    with smtp_server() as server, ThreadPoolExecutor(2) as workers:
        delivery = trial.delivery(site, trial.smtp(server.port))
        shares = list(workers.map(lambda _: deliver(site, delivery), range(2)))
        assert sorted(server.recipients) == sorted(addresses)
    assert sum(shares) == 50
    assert min(shares) > 0


def test_the_log_names_the_letter_and_the_fault_but_no_address_and_no_subject(
    site: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post(site)
    deliver(site, trial.delivery(site, trial.Broken()))
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)), NOW + timedelta(minutes=1))
    ours = [record for record in caplog.records if record.name != "mail.log"]  # the test server's own
    failure, success = [record.getMessage() for record in ours if record.name == "classroom.mail"]
    number = letter(site)["id"]
    assert failure.startswith(f"letter {number} not sent: try 1, ConnectionRefusedError at trial.py:")
    assert success == f"letter {number} sent"
    assert not [record for record in ours if tells_of_the_letter(caplog.handler.format(record))]


@pytest.mark.parametrize("line", [f"letter 1 sent to {ADDRESS}", f"letter 1: {trial.SUBJECT}"])
def test_a_log_that_tells_more_is_noticed(line: str) -> None:
    assert tells_of_the_letter(line)


def test_two_kinds_with_one_name_do_not_start() -> None:
    with pytest.raises(ValueError, match="one name"):
        Kinds([trial.TRIAL, trial.TRIAL])


def tells_of_the_letter(line: str) -> bool:
    return ADDRESS in line or trial.SUBJECT in line
