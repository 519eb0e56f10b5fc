"""Secrets of one purpose, one use and an end, for the links in letters and for steps that wait (security.md D15).

The database holds a digest of the secret. A letter is made when it is sent, after the secret was issued, so its secret
is a keyed digest of a random seed: the letter's row keeps the seed, which is worth nothing without our key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts.models import Token
from classroom.database import db
from classroom.errors import Missing
from classroom.vault import Vault

SEALED_FOR = "token"
"""Purpose of the vault's seal."""


class Purpose(StrEnum):
    SIGN_UP = "sign-up"
    PASSWORD_RESET = "password-reset"  # noqa: S105
    NEW_EMAIL = "new-email"
    OLD_EMAIL = "old-email"
    """The way back after a change of address."""
    WAY_BACK = "way-back"
    """To an account that waits to be erased."""
    AUTHENTICATOR = "authenticator"
    """The set-up of an app that shows codes; it holds the secret."""
    PASSKEY_ADDITION = "passkey-addition"
    """A challenge (WebAuthn), which is the secret itself; so is the next."""
    PASSKEY_SIGN_IN = "passkey-sign-in"


LIFE: Mapping[Purpose, timedelta] = {
    Purpose.SIGN_UP: timedelta(hours=24),
    Purpose.PASSWORD_RESET: timedelta(hours=1),
    Purpose.NEW_EMAIL: timedelta(hours=24),
    Purpose.OLD_EMAIL: timedelta(days=7),
    Purpose.WAY_BACK: timedelta(days=7),
    Purpose.AUTHENTICATOR: timedelta(minutes=30),
    Purpose.PASSKEY_ADDITION: timedelta(minutes=5),
    Purpose.PASSKEY_SIGN_IN: timedelta(minutes=5),
}


class LinkIsOver(Missing):
    """The secret was never issued, was used, or is too old: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(phrases.LINK_IS_OVER)


class Issued(NamedTuple):
    secret: str
    """For a step that waits in a page; it stands nowhere in the database."""
    seed: str
    """For the row of a letter; `Tokens.secret` makes the secret of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A token that is still good."""

    digest: str
    purpose: Purpose
    person_id: int | None
    holds: Mapping[str, Any]
    """What was to be remembered, opened."""


class Tokens:
    """Issues and takes tokens with one key and one vault. Safe to share between threads."""

    def __init__(self, key: str, vault: Vault) -> None:
        self._key = key.encode()
        self._vault = vault

    def issue(
        self, purpose: Purpose, *, now: datetime, person_id: int | None = None, holds: Mapping[str, Any] | None = None
    ) -> Issued:
        """A new token that holds `holds` (JSON-able, sealed). Call it in a write transaction."""
        seed = secrets.token_urlsafe(16)
        secret = self.secret(purpose, seed)
        digest = _digest(secret)
        db.session.add(
            Token(
                digest=digest,
                person_id=person_id,
                purpose=purpose,
                sealed=self._vault.seal(json.dumps(dict(holds or {})), purpose=SEALED_FOR, owner=digest),
                created_at=now,
                expires_at=now + LIFE[purpose],
            )
        )
        db.session.flush()
        return Issued(secret, seed)

    def secret(self, purpose: Purpose, seed: str) -> str:
        """The secret that was issued with this seed: 256 bits that only our key makes."""
        keyed = hmac.new(self._key, f"token\0{purpose}\0{seed}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(keyed.digest()).decode().rstrip("=")

    def find(self, secret: str, *purposes: Purpose, now: datetime) -> Found:
        """The token of this secret, if it serves one of these purposes and is still good. Raises `LinkIsOver`."""
        token = db.session.scalar(
            sa.select(Token).where(
                Token.digest == _digest(secret),
                Token.purpose.in_(purposes),
                Token.used_at.is_(None),
                Token.expires_at > now,
            )
        )
        if token is None:
            raise LinkIsOver
        holds = self._vault.open_sealed(token.sealed or b"", purpose=SEALED_FOR, owner=token.digest)
        return Found(token.digest, Purpose(token.purpose), token.person_id, json.loads(holds))

    def is_good(self, purpose: Purpose, seed: str, now: datetime) -> bool:
        """Whether the token of this seed can still be used."""
        try:
            self.find(self.secret(purpose, seed), purpose, now=now)
        except LinkIsOver:
            return False
        return True


def use(found: Found, now: datetime) -> None:
    """Use a token up; of two who try at once one gets it. Raises `LinkIsOver`. Call it in a write transaction."""
    taken = (
        sa.update(Token)
        .where(Token.digest == found.digest, Token.used_at.is_(None), Token.expires_at > now)
        .values(used_at=now, sealed=None)
    )
    if db.session.scalar(taken.returning(Token.digest)) is None:
        raise LinkIsOver


def cancel(person_id: int, *purposes: Purpose) -> None:
    """Make the person's open tokens of these purposes worthless. Call it in a write transaction."""
    db.session.execute(sa.delete(Token).where(Token.person_id == person_id, Token.purpose.in_(purposes)))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
