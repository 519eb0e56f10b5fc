"""What a letter looks like on its way and in a mail program."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import html5lib
import pytest
from flask import Flask

from classroom.mail.envelope import envelope
from classroom.mail.kinds import Context, Message
from classroom.mail.models import Letter
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW, deliver, letter, post
from tests.mail.smtp_server import smtp_server

LONG_SUBJECT = "ยืนยันอีเมลของคุณ แล้วกลับมาเรียนต่อจากที่ค้างไว้ได้ทุกเมื่อ ไม่ต้องรีบ เราเก็บที่เดิมไว้ให้เสมอ (ABC 123)"
LOADS = {"audio", "embed", "iframe", "img", "link", "object", "script", "source", "style", "video"}
"""Elements that would fetch something, tell that a letter was opened, or be thrown out by mail programs."""


@pytest.fixture
def sent(site: Flask) -> EmailMessage:
    """A letter as it came in at a real server."""
    post(site)
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        return server.letters[0]


def test_a_letter_says_who_sends_it_to_whom_and_that_a_machine_did(sent: EmailMessage, site: Flask) -> None:
    headers = {name: sent[name] for name in ("From", "To", "Subject", "Auto-Submitted", "Message-ID")}
    assert headers == {
        "From": trial.SENDER,
        "To": ADDRESS,
        "Subject": trial.SUBJECT,
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{letter(site)['message_id']}@classroom.test>",
    }
    assert sent["Date"].datetime == NOW


def test_a_letter_carries_no_other_header(sent: EmailMessage) -> None:
    expected = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}
    assert set(sent.keys()) == expected


def test_a_letter_says_the_same_in_text_and_in_html(sent: EmailMessage) -> None:
    text, html = (sent.get_body((part,)) for part in ("plain", "html"))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        assert trial.SUBJECT in part
        assert "สวัสดี คุณ" in part
        assert "https://classroom.test/me" in part
        assert "จดหมายนี้ส่งโดยอัตโนมัติ ไม่ต้องตอบกลับ" in part


def test_the_text_of_a_letter_reads_as_it_should(sent: EmailMessage) -> None:
    text = sent.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == (
        "มีข่าวถึงคุณจากห้องเรียน\n"
        "\n"
        "สวัสดี คุณ เปิดดูที่ https://classroom.test/me\n"
        "\n"
        "-- \n"
        "จาก ห้องเรียนสิทธิ\n"
        "https://classroom.test\n"
        "จดหมายนี้ส่งโดยอัตโนมัติ ไม่ต้องตอบกลับ\n"
    )


def test_the_html_of_a_letter_is_sound_and_fetches_nothing(sent: EmailMessage) -> None:
    html = sent.get_body(("html",))
    assert html is not None
    assert faults_of_html(html.get_content()) == []


@pytest.mark.parametrize(
    ("what", "element"),
    [
        ("a picture", '<img src="https://tracker.test/1.gif">'),
        ("a style", "<style>p {}</style>"),
        ("a background", '<p style="background: url(https://tracker.test)">x</p>'),
        ("a script", "<script>x()</script>"),
        ("a broken element", "<p><b>x</p>"),
    ],
)
def test_html_that_tells_on_its_reader_is_noticed(what: str, element: str) -> None:
    assert faults_of_html(f"<!doctype html><html lang=th><title>x</title><h1>x</h1>{element}</html>")


def test_a_long_thai_subject_is_folded_and_reads_the_same_again() -> None:
    raw = _envelope(subject=LONG_SUBJECT).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in head.split(b"\r\n")) <= 78
    assert head.isascii()
    assert message_from_bytes(raw, policy=default)["Subject"] == LONG_SUBJECT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n ", "\u2028", "\x85", "\x0b"])
def test_a_subject_cannot_begin_another_header(end: str) -> None:
    message = message_from_bytes(_envelope(subject=f"ข่าว{end}Bcc: all@school.test").as_bytes(), policy=default)
    assert (message["Bcc"], message["Subject"]) == (None, "ข่าว Bcc: all@school.test")


@pytest.mark.parametrize(
    "address",
    ["a@b.test\nBcc: all@school.test", "a@b.test\r\n\r\nx", "a@b.test, c@d.test", "<a@b.test>", "a@b.test c", "a", ""],
)
def test_what_is_no_single_address_gets_no_letter(address: str, site: Flask) -> None:
    post(site, address=address, vault=site.extensions["vault"])
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        assert (server.recipients, letter(site)["sent_at"], letter(site)["tries"]) == ([], None, 1)


@pytest.mark.parametrize(
    "name", ["สมชาย\r\nBcc: all@school.test\r\n\r\n", "<b>สมชาย</b>", "{{ 7*7 }}", ".\r\nQUIT\r\n"]
)
def test_a_name_stays_in_the_letter_as_it_is(name: str, site: Flask) -> None:
    post(site, ids={"name": name})
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)))
        (message,) = server.letters
        assert (message["Bcc"], server.recipients, message["Subject"]) == (None, [ADDRESS], trial.SUBJECT)
    text, html = (message.get_body((part,)) for part in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert name.split() == text.get_content().partition("สวัสดี ")[2].partition(" เปิดดูที่")[0].split()
    assert "<b>สมชาย" not in html.get_content()


def test_the_message_id_is_the_same_at_every_try_and_the_date_is_the_day_of_sending(site: Flask) -> None:
    post(site)
    known = letter(site)["message_id"]
    deliver(site, trial.delivery(site, trial.Broken()))
    with smtp_server() as server:
        deliver(site, trial.delivery(site, trial.smtp(server.port)), NOW + timedelta(minutes=1))
        (message,) = server.letters
    assert message["Message-ID"] == f"<{known}@classroom.test>"
    assert message["Date"].datetime == NOW + timedelta(minutes=1)


def test_the_sender_may_have_a_thai_name() -> None:
    message = message_from_bytes(_envelope(sender="ห้องเรียน <no-reply@classroom.test>").as_bytes(), policy=default)
    assert str(message["From"]) == "ห้องเรียน <no-reply@classroom.test>"
    assert message["Message-ID"] == "<1@classroom.test>"


def test_a_letter_cannot_be_made_without_a_value_that_its_words_ask_for(site: Flask) -> None:
    def write(row: Letter, context: Context) -> Message:
        return context.message("trial", trial.SUBJECT)

    post(site)
    deliver(site, trial.delivery(site, trial.Broken(), write=write))
    assert letter(site)["last_error"] == "UndefinedError"


def _envelope(subject: str = trial.SUBJECT, sender: str = trial.SENDER) -> EmailMessage:
    message = Message(subject, "สวัสดี", "<p>สวัสดี</p>")
    return envelope(message, sender=sender, to=ADDRESS, message_id="1", now=NOW)


def faults_of_html(html: str) -> list[str]:
    """What would not parse, would be fetched, or would be styled."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    elements = [element for element in parser.parse(html).iter() if isinstance(element.tag, str)]
    return [
        *(code for _, code, _ in parser.errors),
        *(element.tag for element in elements if element.tag in LOADS),
        *(name for element in elements for name in element.attrib if name in {"style", "src", "background"}),
    ]
