"""The second factor: six digits from an authenticator app (TOTP, RFC 6238), each good once.

A code of the step before or after is taken too, so a clock may be half a minute early or late and no more. A passkey is
both factors in one (`passkeys`); a printed code stands in for either (`recovery`).
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from classroom import phrases, thai
from classroom.accounts import changes, recovery, sessions
from classroom.accounts.changes import Change
from classroom.accounts.models import Passkey, Person
from classroom.accounts.qr_code import QrCode, qr_code
from classroom.accounts.sessions import Known
from classroom.accounts.tokens import Found, LinkIsOver, Purpose, Tokens, use
from classroom.database import db
from classroom.errors import Refusal
from classroom.vault import Vault

STEP_SECONDS = 30
STEPS_OFF = (0, -1, 1)
"""Which steps are tried, seen from the present one."""
SEALED_FOR = "totp"
"""Purpose of the vault's seal on a person's secret."""
_SIX_DIGITS = re.compile(r"[0-9]{6}")


class WrongCode(Refusal):
    """Neither a code of the present half minute that was not used yet, nor an unused printed code."""

    def __init__(self) -> None:
        super().__init__(phrases.WRONG_CODE)


class SetupIsOver(Refusal):
    """The set-up was left open for too long."""

    def __init__(self) -> None:
        super().__init__(phrases.SETUP_IS_OVER)


class SecondFactorFirst(Refusal):
    """What proves who somebody is changes only on a device where all of it was given."""

    status = 403

    def __init__(self) -> None:
        super().__init__(phrases.SECOND_FACTOR_FIRST)


class LastFactor(Refusal):
    """Somebody with a duty takes away the only second factor they have."""

    status = 409

    def __init__(self) -> None:
        super().__init__(phrases.LAST_FACTOR)


@dataclass(frozen=True, slots=True)
class Setup:
    """A secret that an app shall remember, and what to show of it."""

    token: str
    """Comes back with the first code."""
    secret: str
    """Base32, in groups of four for those who type it."""
    address: str
    """otpauth:// for the app on this very device."""
    qr_code: QrCode


def begin_setup(person: Person, tokens: Tokens, site_name: str, now: datetime) -> Setup:
    """A new secret, in force once the first code of it comes back. Call it in a write transaction."""
    import pyotp

    secret = pyotp.random_base32()
    issued = tokens.issue(Purpose.AUTHENTICATOR, now=now, person_id=person.id, holds={"secret": secret})
    return _shown(person, issued.secret, secret, site_name)


def setup_again(person: Person, token: str, tokens: Tokens, site_name: str, now: datetime) -> Setup:
    """The same set-up once more, after a wrong code. Raises `SetupIsOver`."""
    return _shown(person, token, _pending(person, token, tokens, now).holds["secret"], site_name)


def confirm_setup(
    known: Known, person: Person, token: str, code: str, tokens: Tokens, vault: Vault, now: datetime
) -> str:
    """The app shows the right code: from now on it is asked for; the new secret of this device's cookie.

    An app that was set up before is forgotten; the person's other devices are. Raises `SetupIsOver`, `WrongCode`.
    Call it in a write transaction.
    """
    found = _pending(person, token, tokens, now)
    secret = found.holds["secret"]
    step = matching_step(secret, code, now)
    if step is None:
        raise WrongCode
    use(found, now)
    person.totp_secret = vault.seal(secret, purpose=SEALED_FOR, owner=str(person.id))
    person.totp_confirmed_at, person.totp_last_step = now, step
    db.session.flush()
    changes.tell(person.id, Change.AUTHENTICATOR_ADDED, actor_id=person.id, now=now)
    sessions.end_all(person.id, but_digest=known.secret_digest)
    return sessions.renew(known, now, proved=True, second_factor=True)


def remove(person: Person, now: datetime) -> None:
    """No code is asked for any more. Raises `LastFactor` for staff without a passkey.

    Call it in a write transaction.
    """
    if not person.has_totp:
        return
    refuse_without_factor(person, left=passkeys_of(person.id))
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    if not passkeys_of(person.id):
        recovery.forget(person.id)
    db.session.flush()
    changes.tell(person.id, Change.AUTHENTICATOR_REMOVED, actor_id=person.id, now=now)


def refuse_without_factor(person: Person, *, left: int) -> None:
    """Raises `LastFactor` if somebody with a duty would be left with no factor."""
    if person.duties and not left:
        raise LastFactor


def accept(person: Person, typed: str, vault: Vault, now: datetime) -> None:
    """Take a code of the app or a printed one; each is good once. Raises `WrongCode`.

    Call it in a write transaction.
    """
    if accept_from_app(person, typed, vault, now):
        return
    if not recovery.use(person.id, typed, now):
        raise WrongCode
    changes.tell(person.id, Change.RECOVERY_CODE_USED, actor_id=person.id, now=now)


def accept_from_app(person: Person, typed: str, vault: Vault, now: datetime) -> bool:
    """Take a code of the app; of two who send it at once one is in. Call it in a write transaction."""
    if not person.has_totp or person.totp_secret is None:
        return False
    secret = vault.open_sealed(person.totp_secret, purpose=SEALED_FOR, owner=str(person.id))
    step = matching_step(secret, typed, now)
    return step is not None and _is_first_use(person.id, step)


def _is_first_use(person_id: int, step: int) -> bool:
    is_later = sa.or_(Person.totp_last_step.is_(None), Person.totp_last_step < step)
    noted = sa.update(Person).where(Person.id == person_id, is_later).values(totp_last_step=step)
    return db.session.execute(noted.returning(Person.id)).first() is not None


def matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """The time step, near the present one, whose code this is."""
    import pyotp

    code = thai.fold(typed)
    if not _SIX_DIGITS.fullmatch(code):
        return None
    present, app = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    steps = [present + off for off in STEPS_OFF if hmac.compare_digest(app.generate_otp(present + off), code)]
    return steps[0] if steps else None


def has_any(person: Person) -> bool:
    """Has the person set up a second factor, of whatever kind?"""
    return person.has_totp or passkeys_of(person.id) > 0


def passkeys_of(person_id: int) -> int:
    """How many passkeys the person has."""
    query = sa.select(sa.func.count()).select_from(Passkey).where(Passkey.person_id == person_id)
    return db.session.scalars(query).one()


def refuse_half_proof(known: Known, person: Person) -> None:
    """Raises `SecondFactorFirst` where the person has a second factor and did not give it on this device."""
    if not known.has_second_factor and has_any(person):
        raise SecondFactorFirst


def _pending(person: Person, token: str, tokens: Tokens, now: datetime) -> Found:
    try:
        found = tokens.find(token, Purpose.AUTHENTICATOR, now=now)
    except LinkIsOver:
        raise SetupIsOver from None
    if found.person_id != person.id:
        raise SetupIsOver
    return found


def _shown(person: Person, token: str, secret: str, site_name: str) -> Setup:
    import pyotp

    account = person.email or person.name or str(person.id)
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site_name)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Setup(token, groups, address, qr_code(address))
