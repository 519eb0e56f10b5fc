"""Staff see how letters fare and nobody's address; in development one reads them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.database import db, transaction
from classroom.mail.folder import MailFolder
from classroom.permissions import Duty
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW, deliver, letter, post
from tests.rows import row
from tests.staff import desk_of, staff

LETTERS = "/staff/letters"


@pytest.fixture
def operator(site: Flask) -> Browser:
    return desk_of(site, Duty.OPERATOR)


def test_an_outbox_with_nothing_in_it_says_so(operator: Browser) -> None:
    page = operator.visit(LETTERS)
    assert page.heading == "จดหมายขาออก"
    assert "รอส่ง 0 ฉบับ ส่งแล้วใน 7 วัน 0 ฉบับ ส่งไม่สำเร็จ 0 ฉบับ" in page.text


def test_an_operator_sees_what_waits_was_sent_and_was_given_up(site: Flask, operator: Browser) -> None:
    a_letter(site, "waiting", due_at=clock.now() + timedelta(days=1), tries=2, last_error="TimeoutError")
    a_letter(site, "sent", sent_at=clock.now() - timedelta(days=6))
    a_letter(site, "sent-long-ago", sent_at=clock.now() - timedelta(days=8))
    a_letter(site, "dead", dead_at=NOW, tries=6, last_error="SMTPDataError")
    page = operator.visit(LETTERS)
    assert "รอส่ง 1 ฉบับ ส่งแล้วใน 7 วัน 1 ฉบับ ส่งไม่สำเร็จ 1 ฉบับ" in page.text
    assert "ชนิด trial เลิกพยายามเมื่อ 24 พ.ย. 2569 12.30 น. ลองส่ง 6 ครั้ง สาเหตุล่าสุด SMTPDataError" in page.text
    assert "ลองแล้ว 2 ครั้ง ติดที่ TimeoutError" in page.text


def test_nobodys_address_is_on_the_page_or_asked_of_the_database(site: Flask, operator: Browser) -> None:
    a_letter(site, "dead", dead_at=NOW, tries=6, last_error="SMTPDataError")
    a_letter(site, "waiting")
    page = operator.visit(LETTERS)
    assert ADDRESS not in page.html
    assert [words for words in page.statements if "sealed_address" in words or "letter.ids" in words] == []


def test_a_dead_letter_can_be_sent_again(site: Flask, operator: Browser) -> None:
    a_letter(site, "dead", dead_at=NOW, tries=6, last_error="SMTPDataError")
    number = letter(site)["id"]
    operator.visit(LETTERS)
    page = operator.press(f"ส่งฉบับที่ {number} อีกครั้ง")
    assert "รอส่ง 1 ฉบับ" in page.text
    assert (letter(site)["dead_at"], letter(site)["tries"]) == (None, 0)


def test_who_sent_a_letter_again_is_in_the_audit(site: Flask) -> None:
    someone = staff(site, Duty.OPERATOR)
    a_letter(site, "dead", dead_at=NOW)
    make.browser_of(site, someone).post(f"{LETTERS}/{letter(site)['id']}/resending")
    entry = row(site, "audit_entry")
    assert (entry["actor_id"], entry["action"], entry["object_id"]) == (
        someone.person_id,
        "letter-resent",
        str(letter(site)["id"]),
    )


@pytest.mark.parametrize("number", ["0", "999", "2147483648", "99999999999999999999", "x"])
def test_what_is_no_dead_letter_cannot_be_sent_again(number: str, site: Flask, operator: Browser) -> None:
    a_letter(site, "waiting", tries=3)
    page = operator.send(f"{LETTERS}/{number}/resending")
    assert (page.status, page.body) == (404, operator.fetch("/nothing-here").body)
    assert letter(site)["tries"] == 3


def test_a_letter_that_is_late_tells_that_no_worker_is_at_work(site: Flask, operator: Browser) -> None:
    a_letter(site, "waiting", due_at=clock.now() - timedelta(minutes=9))
    assert "ตัวส่งจดหมายอาจไม่ได้ทำงานอยู่" not in operator.visit(LETTERS).text
    a_letter(site, "late", due_at=clock.now() - timedelta(minutes=11))
    assert "ตัวส่งจดหมายอาจไม่ได้ทำงานอยู่" in operator.visit(LETTERS).text


def test_the_page_holds_fifty_of_each_and_says_that_there_are_more(site: Flask, operator: Browser) -> None:
    for number in range(51):
        a_letter(site, f"dead-{number}", dead_at=NOW)
    page = operator.visit(LETTERS)
    assert page.text.count("เลิกพยายามเมื่อ") == 50
    assert "แสดง 50 ฉบับล่าสุด" in page.text


@pytest.mark.parametrize("duties", [(), (Duty.EDITOR,), (Duty.FACILITATOR,)], ids=["learner", "editor", "facilitator"])
def test_only_operators_see_letters_or_send_one(duties: tuple[Duty, ...], site: Flask) -> None:
    a_letter(site, "dead", dead_at=NOW)
    browser = desk_of(site, *duties)
    assert browser.fetch(LETTERS).status == 403
    assert browser.send(f"{LETTERS}/{letter(site)['id']}/resending").status == 403
    assert letter(site)["dead_at"] == NOW


def test_who_is_not_signed_in_is_asked_to(site: Flask) -> None:
    a_letter(site, "dead", dead_at=NOW)
    resending = f"{LETTERS}/{letter(site)['id']}/resending"
    for browser in (Browser(site), make.browser_of(site, make.guest(site))):
        answers = (browser.fetch(LETTERS), browser.send(resending))
        assert [answer.headers["Location"].partition("?")[0] for answer in answers] == ["/sign-in"] * 2
    assert letter(site)["dead_at"] == NOW


def test_in_development_letters_are_read_on_a_page_newest_first(app_with: AppWith, tmp_path: Path) -> None:
    app = app_with(env="development", var=tmp_path)
    filed_letter(app, "first", 0)
    filed_letter(app, "second", 1)
    page = Browser(app).visit("/dev/mail")
    assert [words for words, href in page.links() if href.startswith("/dev/mail/")] == [trial.SUBJECT] * 2
    assert page.text.index("13.30 น.") < page.text.index("12.30 น.")


def test_in_development_a_letter_is_read_with_its_links(app_with: AppWith, tmp_path: Path) -> None:
    app = app_with(env="development", var=tmp_path)
    filed_letter(app, "first", 0)
    browser = Browser(app)
    browser.visit("/dev/mail")
    page = browser.follow(trial.SUBJECT)
    assert page.heading == trial.SUBJECT
    assert ADDRESS in page.text
    assert page.link("https://classroom.test/me") == "https://classroom.test/me"
    html = browser.follow("ดูแบบหน้าเว็บ")
    assert "สวัสดี คุณ เปิดดู" in html.text


def test_only_this_computer_reads_letters_and_only_in_development(app_with: AppWith, tmp_path: Path) -> None:
    app = app_with(env="development", var=tmp_path)
    filed_letter(app, "first", 0)
    (filed,) = MailFolder(tmp_path / "mail").newest_first()
    paths = ["/dev/mail", f"/dev/mail/{filed.name}", f"/dev/mail/{filed.name}/page"]
    elsewhere, in_production = Browser(app, address="192.0.2.7"), Browser(app_with(var=tmp_path))
    assert [Browser(app).fetch(path).status for path in paths] == [200, 200, 200]
    assert [browser.fetch(path).status for browser in (elsewhere, in_production) for path in paths] == [404] * 6


def test_in_development_no_other_file_is_read(app_with: AppWith, tmp_path: Path) -> None:
    app = app_with(env="development", var=tmp_path)
    (tmp_path / "secret.eml").write_text("Subject: x\n\nsecret", encoding="ascii")
    filed_letter(app, "first", 0)
    for name in ("secret", "..%2Fsecret", "%00", "*"):
        assert b"secret" not in Browser(app).fetch(f"/dev/mail/{name}/page").body


def a_letter(site: Flask, key: str, **values: object) -> None:
    """A letter with a sealed address, at some point of its life."""
    post(site, key, address=ADDRESS, vault=site.extensions["vault"], now=clock.now())
    table = db.metadata.tables["letter"]
    if values:
        with site.app_context(), transaction() as session:
            session.execute(sa.update(table).where(table.c.key == key).values(values))


def filed_letter(app: Flask, key: str, hours: int) -> None:
    """A letter that was written into the application's folder."""
    post(app, key, address=ADDRESS, vault=app.extensions["vault"])
    folder = MailFolder(app.extensions["settings"].mail_folder)
    deliver(app, trial.delivery(app, folder), NOW + timedelta(hours=hours))
