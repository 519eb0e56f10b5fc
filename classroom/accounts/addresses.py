"""E-mail addresses: which are taken, and when two are one."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts.models import Person
from classroom.database import db
from classroom.errors import Refusal

LONGEST = 254
LONGEST_LOCAL = 64
"""Characters (RFC 5321, 4.5.3.1)."""
LONGEST_LABEL = 63

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""A dot-atom (RFC 5322, 3.2.3)."""
_ASCII_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e0-9"
_THAI_LABEL = re.compile(f"[{_THAI}](?:[{_THAI}-]*[{_THAI}])?")
_DOMAIN = re.compile(r".+\.(?:[a-z]{2,}|xn--[a-z0-9-]+)")
"""In ASCII; its last part is no number."""


class Address(NamedTuple):
    shown: str
    """For letters: as typed, its domain in the letters that mail servers know."""
    key: str
    """Two addresses with the same key are one."""


class NotAnAddress(Refusal):
    """No letter would arrive there, or it looks like another address and is not."""


def parse(typed: str) -> Address:
    """The address that was typed. Raises `NotAnAddress`.

    The part before the @ is ASCII, as nearly all mail servers ask for; a domain may be Thai. Letters of other scripts
    are refused wherever they stand: among ASCII they are there to look like something else.
    """
    text = unicodedata.normalize("NFC", typed.strip())
    local, at, domain = text.rpartition("@")
    if not (at and local and domain):
        raise NotAnAddress(phrases.NOT_AN_ADDRESS)
    if len(text) > LONGEST:
        raise NotAnAddress(phrases.ADDRESS_TOO_LONG)
    _refuse_foreign_letters(local, domain)
    ascii_domain = ".".join(_label(label) for label in domain.split("."))
    if len(local) > LONGEST_LOCAL or len(local) + 1 + len(ascii_domain) > LONGEST:
        raise NotAnAddress(phrases.ADDRESS_TOO_LONG)
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        raise NotAnAddress(phrases.NOT_AN_ADDRESS)
    return Address(f"{local}@{ascii_domain}", f"{local.lower()}@{ascii_domain}")


def _refuse_foreign_letters(local: str, domain: str) -> None:
    strange = [letter for letter in local if not letter.isascii()]
    strange += [letter for letter in domain if not letter.isascii() and not _THAI_LABEL.fullmatch(letter)]
    if not strange:
        return
    if all(unicodedata.category(letter) in ("Cf", "Cc", "Zs") for letter in strange):
        raise NotAnAddress(phrases.ADDRESS_HAS_INVISIBLE)
    raise NotAnAddress(phrases.ADDRESS_HAS_FOREIGN.format(letter=strange[0]))


def _label(label: str) -> str:
    """One part of a domain in ASCII (RFC 5890); of one script only. Raises `NotAnAddress`."""
    spelled = unicodedata.normalize("NFKC", _spelled(label.lower()))  # as RFC 5895 maps sara am
    ascii_label = spelled if spelled.isascii() else _encoded(spelled)
    if len(ascii_label) > LONGEST_LABEL or not (_ASCII_LABEL.fullmatch(spelled) or _THAI_LABEL.fullmatch(spelled)):
        raise NotAnAddress(phrases.NOT_AN_ADDRESS)
    return ascii_label


def _spelled(label: str) -> str:
    """As a person writes it, where a browser wrote it in ASCII."""
    if not label.startswith("xn--"):
        return label
    try:
        spelled = label[len("xn--") :].encode("ascii").decode("punycode")
    except UnicodeError:
        raise NotAnAddress(phrases.NOT_AN_ADDRESS) from None
    if spelled.isascii() or _encoded(spelled) != label:
        raise NotAnAddress(phrases.NOT_AN_ADDRESS)
    return spelled


def _encoded(label: str) -> str:
    return f"xn--{label.encode('punycode').decode('ascii')}"


def owner(key: str) -> Person | None:
    """Whose address this is."""
    return db.session.scalar(sa.select(Person).where(Person.email_key == key))
