"""Sending by SMTP (RFC 5321): `smtp://`, `smtp+tls://` (STARTTLS, required) or `smtps://` (TLS from the first byte)."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECONDS = 20
"""For each answer of the server; a conversation has nine at most."""


class SmtpTransport:
    """One server, as `scheme://user:password@host:port` names it; `greeting` is our name in its log."""

    def __init__(self, url: str, *, greeting: str) -> None:
        parts = urlsplit(url)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._greeting = greeting

    def send(self, message: EmailMessage) -> None:
        """Returns when the server has taken the letter. Raises `smtplib.SMTPException` or `OSError`."""
        connection = self._connect()
        try:
            if self._scheme == "smtp+tls":
                connection.starttls(context=ssl.create_default_context())
            if self._login is not None:
                connection.login(*self._login)
            connection.send_message(message)
        finally:
            with suppress(smtplib.SMTPException):  # what comes after the letter changes nothing about it
                connection.quit()

    def _connect(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            return smtplib.SMTP_SSL(
                self._host, self._port, self._greeting, timeout=SECONDS, context=ssl.create_default_context()
            )
        return smtplib.SMTP(self._host, self._port, self._greeting, timeout=SECONDS)


def is_refused_for_good(error: Exception) -> bool:
    """Whether the server says that the recipient will never take it (5xx, RFC 5321 4.2.1)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())
