"""Many at once: a class hands in together, somebody presses twice at the same moment, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from classroom import clock
from classroom.config import Settings
from classroom.database import transaction
from classroom.learning import attempts
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.rows import row, rows

POST = "/courses/speaking/quiz/post"
CLASS = 50
MOST_PRESSES = 10
PROCESS = """
import sys
from pathlib import Path
from classroom import create_app
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser

app = create_app(make.settings(sys.argv[1]))
for _ in range(10):
    answer = Browser(app).send("/courses/speaking/quiz/post", {**RIGHT["speaking-post-true"], "hand-in": "1"})
    assert answer.status == 303, answer.html
"""


def all_at_once(count: int, work: Callable[[int], int]) -> list[int]:
    """The statuses that `count` threads got, which began at the same moment."""
    barrier = Barrier(count)

    def begin(number: int) -> int:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def until_taken(send: Callable[[], int]) -> int:
    """Press again while the site says that it is too busy to save, as people and our script do."""
    statuses = (send() for _ in range(MOST_PRESSES))
    return next((status for status in statuses if status != 503), 503)


def test_fifty_who_hand_in_at_once_lose_nothing(site: Flask) -> None:
    def hand_in(number: int) -> int:
        fields = {**RIGHT["speaking-post-true"], "speaking-post-word": f"คำที่ {number}", "hand-in": "1"}
        return until_taken(lambda: Browser(site).send(POST, fields).status)

    assert all_at_once(CLASS, hand_in) == [303] * CLASS
    words = {answer["given"] for answer in rows(site, "answer") if answer["question_id"] == "speaking-post-word"}
    assert words == {f"คำที่ {number}" for number in range(CLASS)}
    assert {attempt["right_count"] for attempt in rows(site, "attempt")} == {1}
    assert [len(rows(site, table)) for table in ("person", "attempt", "answer", "progress")] == [50, 50, 100, 50]


def test_two_presses_at_the_same_moment_begin_one_attempt(site: Flask) -> None:
    someone = make.guest(site)
    statuses = all_at_once(4, lambda number: make.browser_of(site, someone).send(POST, {"begin": "1"}).status)
    assert statuses == [303] * 4
    assert row(site, "attempt")["person_id"] == someone.person_id


def test_two_presses_at_the_same_moment_hand_in_once(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone)

    def hand_in(number: int) -> int:
        fields = {**RIGHT["speaking-post-true"], "revision": "0", "hand-in": "1"}
        return make.browser_of(site, someone).send(f"/attempts/{attempt}", fields).status

    assert all_at_once(4, hand_in) == [303] * 4
    assert (row(site, "attempt")["right_count"], row(site, "attempt")["revision"]) == (1, 1)


def test_two_presses_on_the_public_page_at_the_same_moment_are_one_attempt(site: Flask) -> None:
    someone = make.guest(site)

    def hand_in(number: int) -> int:
        return make.browser_of(site, someone).send(POST, {**RIGHT["speaking-post-true"], "hand-in": "1"}).status

    assert all_at_once(4, hand_in) == [303] * 4
    assert row(site, "attempt")["right_count"] == 1


def test_checks_answered_at_the_same_moment_are_all_kept(site: Flask) -> None:
    someone = make.guest(site)
    questions = ("limits-aim", "limits-test", "limits-spoken")

    def answer(number: int) -> int:
        path = f"/courses/speaking/limits/checks/{questions[number]}"
        return make.browser_of(site, someone).send(path, RIGHT[questions[number]]).status

    assert all_at_once(3, answer) == [303] * 3
    assert row(site, "progress")["latest"].keys() == set(questions)


def test_answers_saved_at_the_same_moment_are_all_kept(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.attempt(site, someone)
    questions = [question for question in RIGHT if question.startswith("speaking-post")]

    def save(number: int) -> int:
        fields = {**RIGHT[questions[number]], "revision": "0"}
        headers = {"X-Fragment": "1"}
        return make.browser_of(site, someone).send(f"/attempts/{attempt}", fields, headers).status

    assert all_at_once(6, save) == [200] * 6
    assert {answer["question_id"] for answer in rows(site, "answer")} == set(questions)


def test_two_processes_share_the_database(site: Flask, database_url: str) -> None:
    command = [sys.executable, "-c", PROCESS, database_url]
    folder = Settings.var.parent
    running = [subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert len(rows(site, "attempt")) == 20


def test_an_answer_saved_between_reading_and_handing_in_is_not_lost(site: Flask) -> None:
    someone = make.guest(site)
    attempt_id = make.attempt(site, someone)
    quiz = make.library(site).quizzes[make.POST_TEST]
    with site.app_context():
        attempt = attempts.of_person(someone.person_id, attempt_id)
        assert attempt is not None
        saved_meanwhile = {**RIGHT["speaking-post-word"], "revision": "0"}
        make.browser_of(site, someone).send(f"/attempts/{attempt_id}", saved_meanwhile)
        with transaction():
            attempts.hand_in(attempt, quiz, make.as_posted(RIGHT["speaking-post-true"]), 0, clock.now())
    assert row(site, "attempt")["right_count"] == 2
    assert {answer["question_id"] for answer in rows(site, "answer")} == {"speaking-post-word", "speaking-post-true"}
