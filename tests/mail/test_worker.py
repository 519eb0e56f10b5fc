"""The worker as a process: it delivers, rests, and ends when it should and not in the middle of a letter."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from flask import Flask

from tests.conftest import AppWith
from tests.mail.letters import ADDRESS, learner, letter, post
from tests.mail.smtp_server import smtp_server
from tests.rows import rows
from tests.services.classroom import CLASSROOM, ClassroomServer
from tests.services.tools import ROOT

PATIENCE = 60
"""Seconds; nothing here takes more than a few."""


def test_told_to_end_a_worker_finishes_the_present_letter_and_leaves_the_next(site: Flask, database_url: str) -> None:
    person_id = learner(site)
    for key in ("first", "second"):
        post(site, key, person_id=person_id)
    with smtp_server() as server, working(database_url, server.port) as worker:
        server.on_letter = lambda: os.kill(worker.pid, signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
        assert server.recipients == [ADDRESS]
    assert [row["sent_at"] is not None for row in rows(site, "letter")] == [True, False]


def test_a_worker_that_rests_sees_a_new_letter_and_then_ends_when_told(site: Flask, database_url: str) -> None:
    person_id, arrived = learner(site), Event()
    with smtp_server() as server, working(database_url, server.port) as worker:
        server.on_letter = arrived.set
        for key in ("first", "second"):
            arrived.clear()
            post(site, key, person_id=person_id)
            assert arrived.wait(PATIENCE)
        worker.terminate()
        assert worker.wait(PATIENCE) == 0


def test_the_command_tries_what_is_due_once_and_says_how_much(site: Flask, database_url: str, tmp_path: Path) -> None:
    post(site, "first")
    done = subprocess.run(
        [CLASSROOM, "worker", "--once"],
        env=environment(database_url, tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout == "letters tried: 1\n"
    assert letter(site)["last_error"] == "UnknownKind"


def test_a_worker_whose_server_is_gone_ends(database_url: str, tmp_path: Path) -> None:
    """A shell stands for the server: it starts the worker and is gone. The pipe is open till the worker is, too."""
    done = subprocess.run(
        ["sh", "-c", f'"{CLASSROOM}" worker --beside $$ & echo gone'],
        env=environment(database_url, tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert (done.stdout, done.stderr) == ("gone\n", "")


def test_the_development_server_has_a_worker_at_work_beside_it_that_goes_with_it(
    tmp_path: Path, app_with: AppWith
) -> None:
    with ClassroomServer(tmp_path, https=False, workers=1, settings={"CLASSROOM_ENV": "development"}) as server:
        (worker,) = workers_beside(server)
        app = app_with(database_url=f"sqlite:///{server.database}")
        post(app, address=ADDRESS, vault=app.extensions["vault"])
        assert eventually(lambda: letter(app)["tries"] == 1)
        end = os.pidfd_open(worker)
    assert has_ended(end)


def test_a_production_server_has_no_worker_beside_it(tmp_path: Path) -> None:
    with ClassroomServer(tmp_path, https=False, workers=1) as server:
        assert workers_beside(server) == []


@contextmanager
def working(database_url: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the trial kind in a process of its own."""
    command = [sys.executable, "-m", "tests.mail.working", database_url, str(port)]
    with subprocess.Popen(command, cwd=ROOT) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def environment(database_url: str, var: Path) -> dict[str, str]:
    return os.environ | {"CLASSROOM_ENV": "development", "CLASSROOM_VAR": str(var), "DATABASE_URL": database_url}


def workers_beside(server: ClassroomServer) -> list[int]:
    command_lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in server.process_ids}
    return [pid for pid, words in command_lines.items() if b"--beside" in words.split(b"\0")]


def eventually(is_so: Callable[[], bool]) -> bool:
    """Look again and again, but not for ever, whether another process did something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if is_so():
            return True
        Event().wait(0.05)
    return False


def has_ended(process: int) -> bool:
    """Wait for the end of a process that is not our child, by its descriptor."""
    with os.fdopen(process) as descriptor:
        return bool(select.select([descriptor], [], [], PATIENCE)[0])
