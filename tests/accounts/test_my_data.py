"""What is held of somebody, by purpose, and the copy they take away (security.md A7)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom import phrases
from classroom.accounts.models import Passkey, Person, RecoveryCode, Token
from classroom.audit import Action
from classroom.database import db, transaction
from classroom.mail import outbox
from classroom.permissions import Role
from classroom.retention import Register, person_columns
from tests import make
from tests.browser import Browser
from tests.conftest import MovedClock
from tests.make import Guest
from tests.page import Page
from tests.rows import everything, rows

NOTE = "ตอนนั้นฉันเงียบ"
SECRETS = ("password_hash", "words_hash", "digest", "secret", "sealed", "public_key", "credential")


def test_the_page_says_what_is_held_why_how_much_and_how_long(site: Flask) -> None:
    someone = make.guest(site)
    make.handed_in(site, someone)
    page = make.browser_of(site, someone).visit("/me/data")
    assert f"{phrases.WHY_ATTEMPTS} มี 1 รายการ · เก็บ{phrases.KEPT_AS_ACCOUNT}" in page.text


def test_who_is_nobody_reads_that_nothing_is_held(browser: Browser, site: Flask) -> None:
    assert "เราไม่มีข้อมูลของคุณบนเครื่องนี้" in browser.visit("/me/data").text
    assert everything(site) == {}


@pytest.mark.parametrize("role", ["guest", "card", "learner", "teacher"])
def test_everyone_takes_away_a_copy(role: str, site: Flask) -> None:
    someone = _someone(site, role)
    make.handed_in(site, someone)
    held = _held(_copy(make.browser_of(site, someone)))
    assert held["person"][0]["role"] == role
    assert len(held["attempt"]) == 1


def test_the_copy_has_a_thai_name_and_an_ascii_one_for_old_programs(site: Flask, moved_clock: MovedClock) -> None:
    file = _copy(make.browser_of(site, make.guest(site)))
    disposition, ascii_name, thai_name = file.headers["Content-Disposition"].split("; ")
    assert (disposition, ascii_name) == ("attachment", 'filename="my-data-2026-11-24.json"')
    assert unquote(thai_name) == "filename*=UTF-8''ข้อมูลของฉัน 2569-11-24.json"
    assert file.headers["Content-Type"] == "application/json"
    assert file.headers["Cache-Control"] == "no-store"


def test_the_copy_says_of_each_table_why_and_how_long(site: Flask) -> None:
    file = _copy(make.browser_of(site, make.guest(site)))
    document = json.loads(file.body)
    (session,) = [held for held in document["held"] if held["table"] == "device_session"]
    assert (session["why"], session["kept"]) == (phrases.WHY_SESSIONS, phrases.KEPT_SESSIONS)
    assert document["about"] == f"สำเนาทุกอย่างที่ {phrases.SITE_NAME} เก็บไว้ของคุณ"


def test_what_was_kept_sealed_is_opened_for_its_writer(site: Flask) -> None:
    browser = make.browser_of(site, make.account(site))
    browser.send("/courses/speaking/listening/reflections/my-moment", {"text": NOTE})
    (note,) = _held(_copy(browser))["reflection"]
    assert (note["lesson_id"], note["block_id"], note["text"]) == ("listening", "my-moment", NOTE)


def test_the_copy_holds_every_table_that_holds_something_of_the_person(site: Flask) -> None:
    someone = _someone_in_every_table(site)
    filled = {table for table in everything(site) if _has_person(site, table)}
    copied = _held(_copy(make.browser_of(site, someone)))
    assert filled == {holding.table for holding in _register(site).holdings if holding.whose == "person"}
    assert copied.keys() == filled


def test_no_secret_is_in_the_copy(site: Flask) -> None:
    copied = _held(_copy(make.browser_of(site, _someone_in_every_table(site))))
    columns = {column for stored in copied.values() for row in stored for column in row}
    assert [column for column in columns if any(secret in column for secret in SECRETS)] == []


def test_nothing_of_another_person_is_in_the_copy(site: Flask) -> None:
    someone, other = _someone_in_every_table(site), make.account(site, "other@school.test")
    make.browser_of(site, other).send("/courses/speaking/listening/reflections/my-moment", {"text": "ของคนอื่น"})
    attempt = make.attempt(site, other)
    file = _copy(make.browser_of(site, someone))
    assert not any(mark in file.html for mark in ("ของคนอื่น", "other@school.test", attempt))
    assert "nam@school.test" in file.html


def test_a_copy_on_paper_says_titles_and_not_ids(site: Flask) -> None:
    someone = make.account(site)
    make.answered_check(site, someone, "listening-word")
    make.handed_in(site, someone)
    browser = make.browser_of(site, someone)
    page = _copy(browser, "paper")
    (library,) = {lesson.title.plain for lesson in make.library(site).lessons.values() if lesson.id == "listening"}
    assert library in page.text
    assert "nam@school.test" in page.text
    assert "เปิดเป็นหน้าสำหรับพิมพ์" not in page.text


def test_every_column_of_a_copy_has_a_thai_name(site: Flask) -> None:
    copied = _held(_copy(make.browser_of(site, _someone_in_every_table(site))))
    columns = {column for stored in copied.values() for row in stored for column in row}
    assert columns - phrases.DATA_COLUMNS.keys() == set()


def test_taking_a_copy_is_audited(site: Flask) -> None:
    someone = make.account(site)
    _copy(make.browser_of(site, someone))
    assert [(entry["action"], entry["actor_id"]) for entry in rows(site, "audit_entry")] == [
        (Action.DATA_EXPORT, someone.person_id)
    ]


@pytest.mark.parametrize("role", ["card", "learner", "teacher"])
def test_who_proved_themselves_long_ago_gets_no_copy(role: str, site: Flask, moved_clock: MovedClock) -> None:
    browser = make.browser_of(site, _someone(site, role))
    moved_clock.forward(minutes=10)
    answer = browser.send("/me/data/copy", {"as": "file"})
    assert (answer.status, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in/again")
    assert "บอกเราอีกครั้งว่าเป็นคุณ" in browser.visit("/me/data").text


def test_reading_the_address_of_the_copy_gives_nothing(site: Flask) -> None:
    page = make.browser_of(site, make.account(site)).visit("/me/data/copy")
    assert page.heading == "ทำแบบนี้กับหน้านี้ไม่ได้"


def _someone(site: Flask, role: str) -> Guest:
    if role == "guest":
        return make.guest(site)
    return make.card(site) if role == "card" else make.account(site, role=Role(role))


def _someone_in_every_table(site: Flask) -> Guest:
    """A teacher who once had a card, of whom every table holds something."""
    someone = make.card(site)
    make.handed_in(site, someone)
    browser = make.browser_of(site, someone)
    browser.send("/courses/speaking/listening/reflections/my-moment", {"text": NOTE})
    browser.send("/courses/speaking/listening/checklists/before-posting", {"kind": "1"})
    _copy(browser)
    with site.app_context(), transaction() as session:
        now, whose = datetime.fromisoformat("2026-11-24T12:00:00+07:00"), {"person_id": someone.person_id}
        session.execute(sa.update(Person).values(role=Role.TEACHER, name="น้ำ", email="nam@school.test"))
        session.execute(sa.update(db.metadata.tables["card_set"]).values(owner_id=someone.person_id))
        session.add(Passkey(credential_id="x", public_key=b"x", sign_count=0, label="มือถือ", created_at=now, **whose))
        session.add(RecoveryCode(digest="x", created_at=now, **whose))
        session.add(Token(digest="y", purpose="sign-up", created_at=now, expires_at=now, **whose))
        outbox.post("erasure", key="x", now=now, person_id=someone.person_id)
    return someone


def _copy(browser: Browser, form: str = "file") -> Page:
    return browser.post("/me/data/copy", {"as": form})


def _held(file: Page) -> dict[str, list[dict[str, Any]]]:
    return {held["table"]: held["rows"] for held in json.loads(file.body)["held"]}


def _has_person(site: Flask, table: str) -> bool:
    with site.app_context():
        return table == "answer" or bool(person_columns(db.metadata.tables[table]))


def _register(site: Flask) -> Register:
    register: Register = site.extensions["register"]
    return register
