"""An authenticator in software (WebAuthn level 2, 6; CTAP2 canonical CBOR), for tests that bend what it says."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.browser import ORIGIN

HOST = "classroom.test"
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class SoftAuthenticator:
    """Holds one passkey. What it lies about is set before it answers."""

    origin: str = ORIGIN
    host: str = HOST
    flags: int = PRESENT | VERIFIED
    sign_count: int = 1
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`, as the page posts it."""
        held = self._authenticator_data(HAS_KEY) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        statement = {"fmt": "none", "attStmt": {}, "authData": held + cbor2.dumps(self._public_key(), canonical=True)}
        said = self._client_data("webauthn.create", options)
        self.sign_count += 1
        response = {"clientDataJSON": text(said), "attestationObject": text(cbor2.dumps(statement, canonical=True))}
        return self._answer(response)

    def get(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        said, held = self._client_data("webauthn.get", options), self._authenticator_data()
        signature = self.key.sign(held + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        self.sign_count += 1
        response = {"clientDataJSON": text(said), "authenticatorData": text(held), "signature": text(signature)}
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response})

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _authenticator_data(self, more_flags: int = 0) -> bytes:
        flags = bytes([self.flags | more_flags])
        return hashlib.sha256(self.host.encode()).digest() + flags + self.sign_count.to_bytes(4, "big")

    def _public_key(self) -> dict[int, Any]:
        """COSE_Key (RFC 9053): EC2, ES256, P-256."""
        point = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
