"""A database that is locked, read-only, full or away: nothing is stored, nothing typed is lost, and it heals itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from classroom.database import db
from tests import make
from tests.answers import RIGHT, together
from tests.browser import Browser
from tests.conftest import AppWith
from tests.page import Page
from tests.rows import everything, row, rows

LISTENING = "/courses/speaking/listening"
NOTE = "ตอนนั้นเราไม่กล้าพูด " * 80
AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/none"
ONLY_A_FILE = pytest.mark.sqlite_only(reason="a fault of a database file")


@pytest.fixture
def file(database_url: str, tmp_path: Path) -> Path:
    """A copy of the migrated database that a test may spoil."""
    copy = tmp_path / "classroom.sqlite3"
    with sqlite3.connect(sa.make_url(database_url).database or "") as original:
        original.execute("VACUUM INTO ?", (str(copy),))
    original.close()
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return copy


@pytest.fixture
def own_site(app_with: AppWith, file: Path) -> Flask:
    """The site over that copy; it waits 50 ms for a lock, not five seconds."""
    app = app_with(database_url=f"sqlite:///{file}")
    on_connect(app, "PRAGMA busy_timeout = 50")
    return app


@pytest.fixture
def locked(file: Path, own_site: Flask) -> Iterator[sqlite3.Connection]:
    """Another program holds the database until its transaction is rolled back."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


@ONLY_A_FILE
def test_a_locked_database_keeps_what_was_typed_and_takes_it_later(own_site: Flask, locked: sqlite3.Connection) -> None:
    browser = Browser(own_site)
    browser.visit(LISTENING)
    expect_not_saved(browser.press("เก็บไว้", {"text": NOTE}, within="reflect-my-moment"))
    assert (browser.cookie(), everything(own_site)) == (None, {})
    locked.execute("ROLLBACK")
    assert browser.press("ส่งอีกครั้ง").value("text") == NOTE.strip()


@ONLY_A_FILE
def test_a_locked_database_takes_a_whole_quiz_later(own_site: Flask, locked: sqlite3.Connection) -> None:
    quiz, browser = make.library(own_site).quizzes[make.POST_TEST], Browser(own_site)
    browser.visit("/courses/speaking/quiz/post")
    expect_not_saved(browser.press("hand-in", make.all_right(quiz)))
    locked.execute("ROLLBACK")
    assert "ตอบถูก 6 จาก 6 ข้อ" in browser.press("ส่งอีกครั้ง").text
    assert len(rows(own_site, "attempt")) == 1


@ONLY_A_FILE
def test_a_locked_database_loses_nothing_of_a_guest(own_site: Flask, file: Path) -> None:
    someone = make.guest(own_site)
    attempt = make.attempt(own_site, someone, RIGHT["speaking-post-word"])
    browser, before = make.browser_of(own_site, someone), everything(own_site)
    browser.visit(f"/attempts/{attempt}")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    expect_not_saved(browser.press("hand-in", RIGHT["speaking-post-true"]))
    assert everything(own_site) == before
    connection.close()
    assert "ตอบถูก 2 จาก 6 ข้อ" in browser.press("ส่งอีกครั้ง").text


@ONLY_A_FILE
def test_a_locked_database_tells_a_script_to_wait(own_site: Flask, locked: sqlite3.Connection) -> None:
    answer = Browser(own_site).send("/courses/speaking/quiz/post", RIGHT["speaking-post-true"], {"X-Fragment": "1"})
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert everything(own_site) == {}


@ONLY_A_FILE
def test_reading_goes_on_while_the_database_is_locked(own_site: Flask, file: Path) -> None:
    someone = make.guest(own_site)
    make.answered_check(own_site, someone, "listening-word")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    page = make.browser_of(own_site, someone).visit(LISTENING)
    connection.close()
    assert "ถูกแล้ว" in page.words_in("check-listening-word")


@ONLY_A_FILE
def test_a_read_only_database_is_said_and_survived(app_with: AppWith, own_site: Flask, file: Path) -> None:
    someone = make.guest(own_site)
    browser = make.browser_of(own_site, someone)
    before = everything(own_site)
    browser.move_to(app_with(database_url=f"sqlite:///file:{file}?mode=ro&uri=true"))
    browser.visit(LISTENING)
    expect_not_saved(browser.press("เก็บไว้", {"text": NOTE}, within="reflect-my-moment"))
    assert everything(own_site) == before
    browser.move_to(own_site)
    assert browser.press("ส่งอีกครั้ง").value("text") == NOTE.strip()


@ONLY_A_FILE
def test_a_full_disk_is_said_and_survived(own_site: Flask) -> None:
    someone = make.guest(own_site)
    browser, before = make.browser_of(own_site, someone), everything(own_site)
    heal = fill_disk(own_site)
    browser.visit(LISTENING)
    expect_not_saved(browser.press("เก็บไว้", {"text": NOTE}, within="reflect-my-moment"))
    assert everything(own_site) == before
    heal()
    assert browser.press("ส่งอีกครั้ง").value("text") == NOTE.strip()


@ONLY_A_FILE
def test_a_full_disk_makes_nobody_of_a_visitor(own_site: Flask) -> None:
    heal = fill_disk(own_site)
    browser = Browser(own_site)
    browser.visit(LISTENING)
    browser.press("เก็บไว้", {"text": NOTE}, within="reflect-my-moment")
    assert (browser.cookie(), everything(own_site)) == (None, {})
    heal()
    browser.press("ส่งอีกครั้ง")
    assert row(own_site, "person")["role"] == "guest"


def test_a_database_that_is_away_keeps_what_was_typed(app_with: AppWith, site: Flask) -> None:
    browser = Browser(app_with(database_url=AWAY))
    browser.visit(LISTENING)
    answers = together(RIGHT["listening-pairs"])
    expect_not_saved(browser.press("ตรวจคำตอบ", answers, within="check-listening-pairs"))
    browser.move_to(site)
    assert "ถูกแล้ว" in browser.press("ส่งอีกครั้ง").words_in("check-listening-pairs")


def test_public_pages_are_read_while_the_database_is_away(app_with: AppWith, browser: Browser) -> None:
    page = Browser(app_with(database_url=AWAY)).visit(LISTENING)
    assert page.body == browser.visit(LISTENING).body


def test_a_guests_page_says_that_the_database_is_away(app_with: AppWith, site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.move_to(app_with(database_url=AWAY))
    page = browser.visit("/me")
    assert (page.status, page.heading, "ส่งอีกครั้ง" in page.text) == (503, "ตอนนี้ยังบันทึกไม่ได้", False)
    browser.move_to(site)
    assert browser.visit("/me").heading == "การเรียนของฉัน"


def test_readyz_tells_what_healthz_does_not(app_with: AppWith, site: Flask) -> None:
    away, here = Browser(app_with(database_url=AWAY)), Browser(site)
    assert (away.fetch("/healthz").body, away.fetch("/readyz").status) == (b"ok\n", 503)
    assert (here.fetch("/healthz").body, here.fetch("/readyz").body) == (b"ok\n", b"ready\n")


def test_the_log_names_the_fault_and_not_the_person(app_with: AppWith, caplog: pytest.LogCaptureFixture) -> None:
    Browser(app_with(database_url=AWAY)).post(f"{LISTENING}/reflections/my-moment", {"text": "เรื่องส่วนตัว"})
    assert "database unavailable" in caplog.text
    assert "เรื่องส่วนตัว" not in caplog.text


def expect_not_saved(page: Page) -> None:
    assert (page.status, page.heading) == (503, "ตอนนี้ยังบันทึกไม่ได้")
    assert "จึงยังไม่ได้บันทึก" in page.text
    assert page.headers["Retry-After"] == "5"


def fill_disk(app: Flask) -> Callable[[], None]:
    """From now on the file may not grow; what is returned makes room again."""
    make_room = on_connect(app, "PRAGMA max_page_count = 1")  # SQLite takes the present size for less
    with app.app_context():
        db.engine.dispose()

    def heal() -> None:
        make_room()
        with app.app_context():
            db.engine.dispose()

    return heal


def on_connect(app: Flask, pragma: str) -> Callable[[], None]:
    """Say the pragma on every new connection, until what is returned is called."""

    def say(connection: Any, record: object) -> None:
        connection.execute(pragma)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "connect", say)
    return lambda: event.remove(engine, "connect", say)
