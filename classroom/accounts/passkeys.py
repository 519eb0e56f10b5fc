"""Passkeys (https://www.w3.org/TR/webauthn-2/): a key that a person's own device keeps and opens with a finger.

The device checks its person (user verification), so a passkey is both factors in one. It is for devices of one's own:
a session on a shared computer neither adds one nor begins with one.
"""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts import changes, names, recovery, second_factor
from classroom.accounts.changes import Change
from classroom.accounts.models import Passkey, Person
from classroom.accounts.tokens import LinkIsOver, Purpose, Tokens, use
from classroom.config import Settings
from classroom.database import db
from classroom.errors import Missing, Refusal

MOST = 10
"""Passkeys a person."""
LONGEST_LABEL = 40
LONGEST_ID = 400
LONGEST_ANSWER = 16_384
"""Characters of JSON from a browser; real ones have below 2,000."""


class PasskeyRefused(Refusal):
    """What the browser sent proves nothing: changed, too old, used before, of another site, or not known here."""

    def __init__(self, says: str = phrases.PASSKEY_REFUSED) -> None:
        super().__init__(says)


class OnlyOnOwnDevice(Refusal):
    """A passkey on a computer that its person shares with others."""

    status = 403

    def __init__(self) -> None:
        super().__init__(phrases.PASSKEY_ON_OWN_DEVICE)


class TooManyPasskeys(Refusal):
    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.TOO_MANY_PASSKEYS.format(most=MOST))


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """This site, as authenticators know it."""

    id: str
    """The host: a passkey of one host is worth nothing on another."""
    origin: str
    name: str

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """None where the site has no name but a number: browsers make no passkeys for http://127.0.0.1."""
        address = urlsplit(settings.base_url)
        host = address.hostname or ""
        if not host or _is_number(host):
            return None
        return cls(host, f"{address.scheme}://{address.netloc}", settings.site_name or phrases.SITE_NAME)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def of_person(person_id: int) -> list[Passkey]:
    """The person's passkeys, the oldest first."""
    query = sa.select(Passkey).where(Passkey.person_id == person_id)
    return list(db.session.scalars(query.order_by(Passkey.created_at, Passkey.credential_id)))


def begin_adding(person: Person, party: RelyingParty, tokens: Tokens, now: datetime) -> str:
    """What `navigator.credentials.create` needs, as JSON. Call it in a write transaction."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    own = [PublicKeyCredentialDescriptor(id=_bytes(passkey.credential_id)) for passkey in of_person(person.id)]
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=str(person.id).encode(),
        user_name=person.email or person.name or str(person.id),
        user_display_name=person.name or person.email or str(person.id),
        challenge=_new_challenge(Purpose.PASSKEY_ADDITION, person.id, tokens, now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=own,
    )
    return webauthn.options_to_json(options)


def add(person: Person, answer: str, label: str, party: RelyingParty, tokens: Tokens, now: datetime) -> None:
    """Keep the passkey that a browser made. Raises `PasskeyRefused`, `TooManyPasskeys`, `names.NameRefused`.

    Call it in a write transaction.
    """
    label = names.clean(label or phrases.PASSKEY_UNNAMED)[:LONGEST_LABEL]
    if second_factor.passkeys_of(person.id) >= MOST:
        raise TooManyPasskeys
    made = _verified_addition(person.id, _parsed(answer), party, tokens, now)
    credential_id = _text(made.credential_id)
    if len(credential_id) > LONGEST_ID or db.session.get(Passkey, credential_id) is not None:
        raise PasskeyRefused
    passkey = Passkey(
        credential_id=credential_id,
        person_id=person.id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        label=label,
        created_at=now,
    )
    db.session.add(passkey)
    db.session.flush()
    changes.tell(person.id, Change.PASSKEY_ADDED, actor_id=person.id, now=now)


def _verified_addition(person_id: int, sent: Sent, party: RelyingParty, tokens: Tokens, now: datetime) -> Any:
    import webauthn

    _use_up_challenge(sent, Purpose.PASSKEY_ADDITION, person_id, tokens, now)
    with _refused_if_wrong():
        return webauthn.verify_registration_response(
            credential=dict(sent.credential),
            expected_challenge=_bytes(sent.challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )


def remove(person: Person, credential_id: str, now: datetime) -> None:
    """Forget a passkey. Raises `Missing` for another person's, `LastFactor`. Call it in a write transaction."""
    passkey = next((one for one in of_person(person.id) if one.credential_id == credential_id), None)
    if passkey is None:
        raise Missing("")
    left = second_factor.passkeys_of(person.id) - 1 + person.has_totp
    second_factor.refuse_without_factor(person, left=left)
    db.session.delete(passkey)
    if not left:
        recovery.forget(person.id)
    db.session.flush()
    changes.tell(person.id, Change.PASSKEY_REMOVED, actor_id=person.id, now=now)


def begin_signing_in(party: RelyingParty, tokens: Tokens, now: datetime) -> str:
    """What `navigator.credentials.get` needs, as JSON; it names nobody. Call it in a write transaction."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=_new_challenge(Purpose.PASSKEY_SIGN_IN, None, tokens, now),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def person_proved(answer: str, party: RelyingParty, tokens: Tokens, now: datetime) -> Person:
    """Whose passkey answered the challenge. Raises `PasskeyRefused`. Call it in a write transaction."""
    import webauthn

    sent = _parsed(answer)
    passkey = db.session.get(Passkey, sent.id)
    if passkey is None:
        raise PasskeyRefused
    _use_up_challenge(sent, Purpose.PASSKEY_SIGN_IN, None, tokens, now)
    with _refused_if_wrong():
        seen = webauthn.verify_authentication_response(
            credential=dict(sent.credential),
            expected_challenge=_bytes(sent.challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    passkey.sign_count, passkey.used_at = seen.new_sign_count, now
    db.session.flush()
    return db.session.get_one(Person, passkey.person_id)


@dataclass(frozen=True, slots=True)
class Sent:
    """A browser's answer, as far as it can be read before it is proved."""

    credential: Mapping[str, Any]
    id: str
    challenge: str


def _parsed(answer: str) -> Sent:
    """Raises `PasskeyRefused` for what is no answer of a browser."""
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefused
    with _refused_if_wrong():
        credential = json.loads(answer)
        client_data = json.loads(_bytes(credential["response"]["clientDataJSON"]))
        return Sent(credential, _text(_bytes(credential["id"])), str(client_data["challenge"]))


@contextmanager
def _refused_if_wrong() -> Iterator[None]:
    """Whatever a changed answer breaks in the reading or proving of it, it is refused with one sentence."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, TypeError, LookupError, RecursionError):
        raise PasskeyRefused from None


def _new_challenge(purpose: Purpose, person_id: int | None, tokens: Tokens, now: datetime) -> bytes:
    return _bytes(tokens.issue(purpose, now=now, person_id=person_id).secret)


def _use_up_challenge(sent: Sent, purpose: Purpose, person_id: int | None, tokens: Tokens, now: datetime) -> None:
    """The challenge is one of ours, made minutes ago for this very step, and answered for the first time."""
    try:
        found = tokens.find(sent.challenge, purpose, now=now)
        if found.person_id != person_id:
            raise PasskeyRefused
        use(found, now)
    except LinkIsOver:
        raise PasskeyRefused from None


def _bytes(base64url: str) -> bytes:
    return base64.urlsafe_b64decode(base64url + "=" * (-len(base64url) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
