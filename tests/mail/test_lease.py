"""Who has a letter has it alone, for a while; who dies with one delays it and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

from flask import Flask

from classroom import clock
from classroom.mail import lease as leases
from classroom.mail.lease import LEASE, MOST_TRIES, Lease
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW, deliver, letter, post
from tests.mail.smtp_server import smtp_server
from tests.rows import rows
from tests.services.tools import ROOT


def test_a_letter_that_is_taken_is_not_there_for_another(site: Flask) -> None:
    post(site)
    with site.app_context():
        assert leases.take(NOW) == Lease(letter(site)["id"], tries=1)
        assert leases.take(NOW + LEASE - timedelta(seconds=1)) is None


def test_a_lease_that_ran_out_lets_another_take_the_letter(site: Flask) -> None:
    post(site)
    with site.app_context():
        leases.take(NOW)
        assert leases.take(NOW + LEASE) == Lease(letter(site)["id"], tries=2)


def test_the_letter_that_is_due_longest_is_taken_first(site: Flask) -> None:
    post(site, "later", address=ADDRESS, vault=site.extensions["vault"], due_at=NOW - timedelta(minutes=1))
    post(site, "sooner", address=ADDRESS, vault=site.extensions["vault"], due_at=NOW - timedelta(minutes=2))
    by_key = {row["key"]: row["id"] for row in rows(site, "letter")}
    with site.app_context():
        taken = [leases.take(NOW), leases.take(NOW)]
    assert taken == [Lease(by_key["sooner"], tries=1), Lease(by_key["later"], tries=1)]


def test_a_worker_that_comes_back_late_cannot_undo_what_the_next_one_did(site: Flask) -> None:
    post(site)
    with site.app_context():
        late = leases.take(NOW)
        next_one = leases.take(NOW + LEASE)
        assert late is not None
        assert next_one is not None
        leases.sent(next_one, NOW + LEASE)
        leases.failed(late, TimeoutError(), NOW + LEASE)
        leases.dropped(late, NOW + LEASE)
    row = letter(site)
    assert (row["sent_at"], row["dropped_at"], row["last_error"]) == (NOW + LEASE, None, "")


def test_a_letter_that_went_out_late_is_sent_all_the_same(site: Flask) -> None:
    post(site)
    with site.app_context():
        late = leases.take(NOW)
        leases.take(NOW + LEASE)
        assert late is not None
        leases.sent(late, NOW + LEASE)
        assert leases.take(NOW + 2 * LEASE) is None
    assert letter(site)["sent_at"] == NOW + LEASE


def test_a_letter_that_takes_its_worker_along_every_time_dies(site: Flask) -> None:
    post(site)
    with site.app_context():
        taken = [leases.take(NOW + number * LEASE) for number in range(MOST_TRIES + 1)]
    assert [lease.tries for lease in taken if lease] == [1, 2, 3, 4, 5, 6]
    assert (letter(site)["dead_at"], letter(site)["last_error"]) == (NOW + MOST_TRIES * LEASE, "WorkerLost")


def test_a_worker_killed_between_sending_and_saying_so_sends_at_most_one_more_and_it_is_the_same(
    site: Flask, database_url: str
) -> None:
    post(site)
    with smtp_server() as server:
        command = [sys.executable, "-m", "tests.mail.working", database_url, str(server.port)]
        with subprocess.Popen(command, cwd=ROOT) as worker:
            server.on_letter = lambda: os.kill(worker.pid, signal.SIGKILL)
            assert worker.wait(60) == -signal.SIGKILL
        server.on_letter = lambda: None
        assert letter(site)["sent_at"] is None
        delivery, now = trial.delivery(site, trial.smtp(server.port)), clock.now()
        assert deliver(site, delivery, now) == 0
        assert deliver(site, delivery, now + LEASE) == 1
        assert deliver(site, delivery, now + 10 * LEASE) == 0
        assert server.recipients == [ADDRESS, ADDRESS]
        assert len({message["Message-ID"] for message in server.letters}) == 1
