"""From a row to a letter on its way: take it, ask whether it is still wanted, make it, send it, say so."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from traceback import extract_tb
from typing import Protocol

from jinja2 import Environment, StrictUndefined

from classroom.config import Settings
from classroom.database import db, transaction
from classroom.mail import lease as leases
from classroom.mail.envelope import domain_of, envelope
from classroom.mail.folder import MailFolder
from classroom.mail.kinds import Context, Kinds, LetterKind
from classroom.mail.lease import Lease
from classroom.mail.models import Letter
from classroom.mail.outbox import opened_address
from classroom.mail.smtp import SmtpTransport, is_refused_for_good
from classroom.vault import Vault

log = logging.getLogger("classroom.mail")


class Transport(Protocol):
    """A way out of the house."""

    def send(self, message: EmailMessage) -> None:
        """Returns when somebody else has the letter; raises otherwise."""


def transport_of(settings: Settings) -> Transport:
    """As MAIL_URL says: an SMTP server, or the folder mail/ under the folder for data."""
    if settings.mail_url:
        return SmtpTransport(settings.mail_url, greeting=domain_of(settings.mail_from))
    return MailFolder(settings.mail_folder)


class Delivery:
    """Sends the letters of these kinds by this transport. Its calls need the application's context."""

    def __init__(
        self,
        kinds: Iterable[LetterKind],
        transport: Transport,
        settings: Settings,
        vault: Vault,
        templates: Environment,
    ) -> None:
        self._kinds = Kinds(kinds)
        self._transport = transport
        self._settings = settings
        self._vault = vault
        self._templates = templates.overlay(undefined=StrictUndefined)

    def deliver_next(self, now: datetime) -> bool:
        """Try to send the letter that is due longest; False when none is due. Raises `DBAPIError` for the database."""
        lease = leases.take(now)
        if lease is None:
            return False
        try:
            message = self._make(lease, now)
            if message is not None:
                self._transport.send(message)
        except Exception as error:  # noqa: BLE001 - whatever a maker or a server does wrong, the next letter goes on
            self._note_failure(lease, error, now)
        else:
            self._note_end(lease, now, is_sent=message is not None)
        return True

    def deliver_due(self, now: datetime) -> int:
        """Try every letter that is due, each once; how many."""
        tried = 0
        while self.deliver_next(now):
            tried += 1
        return tried

    def _make(self, lease: Lease, now: datetime) -> EmailMessage | None:
        """The letter, made from what is true now; None when it has no recipient or nobody wants it any more."""
        with transaction() as session:
            letter = session.get(Letter, lease.letter_id, populate_existing=True)
            if letter is None:
                return None
            kind = self._kinds.called(letter.kind)
            to = self._address(letter, kind)
            if to is None or not kind.still_wanted(letter):
                return None
            message = kind.write(letter, Context(self._settings, self._vault, self._templates, now))
        return envelope(message, sender=self._settings.mail_from, to=to, message_id=letter.message_id, now=now)

    def _address(self, letter: Letter, kind: LetterKind) -> str | None:
        own = opened_address(letter, self._vault)
        if own is not None or letter.person_id is None:
            return own
        return kind.address_of(letter.person_id)

    def _note_end(self, lease: Lease, now: datetime, *, is_sent: bool) -> None:
        note = leases.sent if is_sent else leases.dropped
        note(lease, now)
        log.info("letter %(letter)d %(outcome)s", {"letter": lease.letter_id, "outcome": note.__name__})

    def _note_failure(self, lease: Lease, error: Exception, now: datetime) -> None:
        """The words of an error may hold an address, so only its class is written down, and where it happened."""
        db.session.rollback()
        leases.failed(lease, error, now, for_good=is_refused_for_good(error))
        log.warning(
            "letter %(letter)d not sent: try %(tries)d, %(error)s at %(place)s",
            {
                "letter": lease.letter_id,
                "tries": lease.tries,
                "error": type(error).__name__,
                "place": _place_of(error),
            },
        )


def _place_of(error: Exception) -> str:
    """File and line, which hold nothing of anyone."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
