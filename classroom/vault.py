"""Field encryption: what people keep to themselves is sealed before it reaches the database or a backup of it.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Purpose and owner are authenticated with the text, so a value
moved to another column or another person does not open.

    sealed = version (1 byte) · key id (8) · nonce (12) · ciphertext and tag (length of the text in UTF-8 + 16)
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 32
"""Bytes of a data key."""

_VERSION = b"\x01"
_KEY_ID_BYTES = 8
_CIPHER_KEY_BYTES = 32
_NONCE_BYTES = 12
_HEADER_BYTES = len(_VERSION) + _KEY_ID_BYTES


class CannotOpen(Exception):
    """The value is not what was sealed for this purpose and owner: changed, cut short, moved, or never sealed."""


class UnknownKey(CannotOpen):
    """The value was sealed with a key that this vault was not given, or is no sealed value at all."""


class Vault:
    """Seals with the first of its keys and opens with any: to rotate, put a new key first, the old one behind it.

    A key is a secret of 32 bytes or more; its id is derived from it, so an id can never name two keys.
    Raises `ValueError` without a key or with a short one. Safe to share between threads.
    """

    def __init__(self, keys: Iterable[bytes]) -> None:
        derived = [_Key.derived_from(secret) for secret in keys]
        if not derived:
            raise ValueError("a vault needs a key")
        self._sealing = derived[0]
        self._by_id = {key.id: key for key in derived}

    def seal(self, text: str, *, purpose: str, owner: str) -> bytes:
        """`text` for the database, never looking the same twice. Lone surrogates raise `UnicodeEncodeError`."""
        header = _VERSION + self._sealing.id
        nonce = os.urandom(_NONCE_BYTES)
        bound_to = _bound_to(header, purpose, owner)
        return header + nonce + self._sealing.cipher.encrypt(nonce, text.encode("utf-8"), bound_to)

    def open_sealed(self, sealed: bytes, *, purpose: str, owner: str) -> str:
        """The text sealed for the same purpose and owner; `CannotOpen` (or its `UnknownKey`) for anything else."""
        header, rest = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
        nonce, ciphertext = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            opened = self._key_named(header).cipher.decrypt(nonce, ciphertext, _bound_to(header, purpose, owner))
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("a sealed value does not fit its purpose and owner, or was changed") from error
        return opened.decode("utf-8")

    def _key_named(self, header: bytes) -> _Key:
        key = self._by_id.get(header[len(_VERSION) :])
        if key is None:
            raise UnknownKey("a value was sealed with a key that is not among the data keys")
        return key


@dataclass(frozen=True, slots=True)
class _Key:
    id: bytes
    cipher: AESGCM = field(repr=False)

    @classmethod
    def derived_from(cls, secret: bytes) -> Self:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"a data key needs {SHORTEST_SECRET} bytes or more, not {len(secret)}")
        length = _KEY_ID_BYTES + _CIPHER_KEY_BYTES
        material = HKDF(SHA256(), length, salt=None, info=b"classroom.vault.1").derive(secret)
        return cls(id=material[:_KEY_ID_BYTES], cipher=AESGCM(material[_KEY_ID_BYTES:]))


def _bound_to(header: bytes, purpose: str, owner: str) -> bytes:
    """The associated data; the lengths keep purpose and owner apart ("ab" of "c" is not "a" of "bc")."""
    parts = (purpose.encode("utf-8"), owner.encode("utf-8"))
    return header + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
