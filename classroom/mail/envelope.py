"""A message as it travels (RFC 5322, 2045 to 2047): text and HTML, in UTF-8, nothing of anyone in its headers."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from classroom.mail.kinds import Message


def envelope(message: Message, *, sender: str, to: str, message_id: str, now: datetime) -> EmailMessage:
    """The message to one address. Raises for what is no e-mail address, or would be two headers."""
    travelling = EmailMessage(policy=SMTP)
    travelling["From"] = sender
    travelling["To"] = Address(addr_spec=to)
    travelling["Subject"] = " ".join(message.subject.split())
    travelling["Date"] = now
    travelling["Message-ID"] = f"<{message_id}@{domain_of(sender)}>"
    travelling["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    travelling.set_content(message.text)
    travelling.add_alternative(message.html, subtype="html")
    return travelling


def domain_of(sender: str) -> str:
    """The domain of `name@domain` or of `Name <name@domain>`."""
    return sender.rpartition("@")[2].rstrip("> ")
