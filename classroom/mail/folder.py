"""Letters written into a folder, one .eml file each, where no SMTP server is set: newest name last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

KEPT = timedelta(days=1)
"""A letter's words are kept nowhere else, and what is erased is to be gone within a day (security.md A7)."""


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter as it lies in the folder."""

    name: str
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def sent_at(self) -> datetime:
        moment: datetime = self.message["Date"].datetime
        return moment

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return "" if part is None else str(part.get_content())


class MailFolder:
    """Readable by this user alone; made when the first letter comes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: EmailMessage) -> None:
        """Returns when the file is there. Raises `OSError`."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = _file_name(message)
        unfinished = self._path / f"{name}.part"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message.as_bytes())
        unfinished.rename(self._path / f"{name}.eml")

    def newest_first(self) -> Iterator[FiledLetter]:
        """Every letter in the folder."""
        for path in sorted(self._path.glob("*.eml"), reverse=True):
            yield _read(path)

    def find(self, name: str) -> FiledLetter | None:
        """The letter of this name, which may be anything that someone typed."""
        found = (path for path in self._path.glob("*.eml") if path.stem == name)
        return next((_read(path) for path in found), None)

    def old(self, now: datetime) -> list[FiledLetter]:
        """The letters that lie here longer than `KEPT`."""
        return [letter for letter in self.newest_first() if letter.sent_at <= now - KEPT]

    def forget_old(self, now: datetime) -> int:
        """Delete them; how many."""
        names = [letter.name for letter in self.old(now)]
        for name in names:
            (self._path / f"{name}.eml").unlink(missing_ok=True)
        return len(names)


def _file_name(message: EmailMessage) -> str:
    """Time and Message-ID: a letter that is sent again at another time lies beside the first."""
    return f"{message['Date'].datetime:%Y%m%dT%H%M%S}-{message['Message-ID'].strip('<>').partition('@')[0]}"


def _read(path: Path) -> FiledLetter:
    return FiledLetter(path.stem, message_from_bytes(path.read_bytes(), policy=SMTP))
