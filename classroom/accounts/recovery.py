"""Printed codes that stand in for a second factor that is lost: ten at a time, each good once, stored as digests."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from classroom import thai
from classroom.accounts import sessions
from classroom.accounts.models import RecoveryCode
from classroom.database import db

CODES = 10
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""31 that nobody takes for another."""
GROUPS, GROUP = 6, 4
"""24 signs are 118 bits: enough for a plain digest (ASVS 5.0 6.5.2 asks for 112)."""


def renew(person_id: int, now: datetime) -> list[str]:
    """Ten new codes, to be shown once; those before are worth nothing. Call it in a write transaction."""
    forget(person_id)
    codes = [_new_code() for _ in range(CODES)]
    db.session.add_all([RecoveryCode(digest=_digest(code), person_id=person_id, created_at=now) for code in codes])
    db.session.flush()
    return codes


def use(person_id: int, typed: str, now: datetime) -> bool:
    """Use a code up; spaces, dashes and small letters are forgiven. Call it in a write transaction."""
    used = (
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.digest == _digest(typed), RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
        )
        .values(used_at=now)
    )
    return db.session.execute(used.returning(RecoveryCode.digest)).first() is not None


def left(person_id: int) -> int:
    """How many codes can still be used."""
    query = sa.select(sa.func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalars(query).one()


def forget(person_id: int) -> None:
    """Make every code of the person worthless. Call it in a write transaction."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def _new_code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def _digest(code: str) -> str:
    return sessions.digest(thai.fold(code).replace("-", ""))
