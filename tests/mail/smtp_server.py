"""A real SMTP server of this computer, which keeps what it takes."""

from __future__ import annotations

import ssl
from asyncio import Server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 OK"


@dataclass
class SmtpServer:
    """What came in, and how to answer what comes."""

    answer_to_recipient: str = TAKEN
    answer_to_letter: str = TAKEN
    on_letter: Callable[[], None] = lambda: None
    """Called when the whole letter is here, before it is answered."""
    port: int = 0
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def letters(self) -> list[EmailMessage]:
        """The letters that were taken, read as a mail program reads them."""
        return [message_from_bytes(self.raw(number), policy=default) for number in range(len(self.envelopes))]

    def raw(self, number: int = 0) -> bytes:
        content = self.envelopes[number].original_content
        assert content is not None
        return content

    @property
    def recipients(self) -> list[str]:
        return [recipient for envelope in self.envelopes for recipient in envelope.rcpt_tos]

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer_to_letter == TAKEN:
            self.envelopes.append(envelope)
        self.on_letter()
        return self.answer_to_letter


@contextmanager
def smtp_server(**options: Any) -> Iterator[SmtpServer]:
    """Listens on a free port; `options` are those of aiosmtpd's Controller."""
    server = SmtpServer()
    controller = _OnAFreePort(server, hostname="127.0.0.1", port=0, **options)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


class _OnAFreePort(Controller):
    """The system picks the port; aiosmtpd's own check of the start wants to know it before."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def takes(user: str, password: str) -> Callable[..., AuthResult]:
    """An authenticator that knows one login."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        is_right = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=is_right, handled=is_right)

    return authenticate


def tls(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
