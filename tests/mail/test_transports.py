"""The two ways out: a real SMTP server, in the clear or by TLS, and a folder."""

from __future__ import annotations

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from classroom.mail.delivery import transport_of
from classroom.mail.envelope import envelope
from classroom.mail.folder import KEPT, MailFolder
from classroom.mail.kinds import Message
from classroom.mail.smtp import SmtpTransport
from tests import make
from tests.mail import trial
from tests.mail.letters import ADDRESS, NOW
from tests.mail.smtp_server import smtp_server, takes, tls
from tests.services.certificate import make_certificate

LOGIN = "classroom:p%40ss%2Fword@"


@pytest.fixture
def server_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate that this process trusts."""
    certificate, key = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return tls(str(certificate), str(key))


def test_by_smtp_the_server_gets_the_letter_from_the_sender_for_the_recipient() -> None:
    with smtp_server() as server:
        trial.smtp(server.port).send(a_letter())
        (taken,) = server.envelopes
        assert (taken.mail_from, taken.rcpt_tos, len(server.letters)) == (trial.SENDER, [ADDRESS], 1)


def test_by_starttls_the_letter_and_the_password_travel_encrypted(server_tls: ssl.SSLContext) -> None:
    options = {"tls_context": server_tls, "require_starttls": True, "auth_required": True}
    with smtp_server(authenticator=takes("classroom", "p@ss/word"), **options) as server:
        trial.smtp(server.port, "smtp+tls", LOGIN).send(a_letter())
        assert server.recipients == [ADDRESS]


def test_by_smtps_the_letter_travels_encrypted_from_the_first_byte(server_tls: ssl.SSLContext) -> None:
    with smtp_server(ssl_context=server_tls) as server:
        trial.smtp(server.port, "smtps").send(a_letter())
        assert server.recipients == [ADDRESS]


def test_a_server_that_knows_no_tls_gets_nothing_when_tls_is_asked_for() -> None:
    with smtp_server() as server:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            trial.smtp(server.port, "smtp+tls").send(a_letter())
        assert server.envelopes == []


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
def test_a_server_whose_certificate_nobody_trusts_gets_nothing(scheme: str, tmp_path: Path) -> None:
    context = tls(*map(str, make_certificate(tmp_path)))
    options = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    with smtp_server(**options) as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            trial.smtp(server.port, scheme).send(a_letter())
        assert server.envelopes == []


def test_a_wrong_password_sends_nothing(server_tls: ssl.SSLContext) -> None:
    options = {"tls_context": server_tls, "auth_required": True}
    with smtp_server(authenticator=takes("classroom", "another"), **options) as server:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            trial.smtp(server.port, "smtp+tls", LOGIN).send(a_letter())
        assert server.envelopes == []


def test_a_letter_that_the_server_does_not_take_is_not_sent() -> None:
    with smtp_server() as server:
        server.answer_to_letter = "451 local error"
        with pytest.raises(smtplib.SMTPDataError):
            trial.smtp(server.port).send(a_letter())


def test_where_no_server_is_there_sending_fails_at_once() -> None:
    with smtp_server() as server:
        port = server.port
    with pytest.raises(ConnectionRefusedError):
        trial.smtp(port).send(a_letter())


def test_without_a_mail_url_letters_go_into_the_folder(tmp_path: Path) -> None:
    assert isinstance(transport_of(make.settings("sqlite://", var=tmp_path)), MailFolder)
    with_server = make.settings("sqlite://", mail_url="smtp://mail.test", mail_from=trial.SENDER)
    assert isinstance(transport_of(with_server), SmtpTransport)


def test_the_folder_holds_the_letter_as_a_server_would_have_got_it(tmp_path: Path) -> None:
    letter = a_letter()
    MailFolder(tmp_path / "mail").send(letter)
    (file,) = (tmp_path / "mail").iterdir()
    assert (file.name, file.read_bytes()) == ("20261124T053000-1.eml", letter.as_bytes())


def test_nobody_else_on_the_computer_reads_the_folder(tmp_path: Path) -> None:
    MailFolder(tmp_path / "mail").send(a_letter())
    (file,) = (tmp_path / "mail").iterdir()
    assert [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "mail", file)] == ["0o700", "0o600"]


def test_the_folder_shows_the_newest_letter_first(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail")
    assert list(folder.newest_first()) == []
    for hours in (2, 1, 3):
        folder.send(a_letter(str(hours), hours))
    assert [letter.sent_at - NOW for letter in folder.newest_first()] == [timedelta(hours=h) for h in (3, 2, 1)]


def test_a_letter_in_the_folder_reads_as_it_was_written(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail")
    folder.send(a_letter())
    letter = folder.find("20261124T053000-1")
    assert letter is not None
    assert (letter.subject, letter.to, letter.text, letter.html) == (
        trial.SUBJECT,
        ADDRESS,
        "สวัสดี\r\n",
        "<p>สวัสดี</p>\r\n",
    )


@pytest.mark.parametrize("name", ["../secret_key", "..", "", "20261124T053000-2", "\x00", "*"])
def test_the_folder_finds_nothing_else(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret_key.eml").write_text("x", encoding="ascii")
    MailFolder(tmp_path / "mail").send(a_letter())
    assert MailFolder(tmp_path / "mail").find(name) is None


def test_the_folder_forgets_a_letter_after_a_day(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail")
    folder.send(a_letter("1", 0))
    folder.send(a_letter("2", 1))
    assert [letter.name for letter in folder.old(NOW + KEPT)] == ["20261124T053000-1"]
    assert folder.forget_old(NOW + KEPT) == 1
    assert [letter.name for letter in folder.newest_first()] == ["20261124T063000-2"]


def a_letter(message_id: str = "1", hours: int = 0) -> EmailMessage:
    message = Message(trial.SUBJECT, "สวัสดี", "<p>สวัสดี</p>")
    now = NOW + timedelta(hours=hours)
    return envelope(message, sender=trial.SENDER, to=ADDRESS, message_id=message_id, now=now)
