"""What this slice holds of people."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts.models import Card, DeviceSession, Passkey, Person, RecoveryCode, Token
from classroom.database import db
from classroom.retention import Holding, erase_rows, export_rows


def _erase_person(person_id: int) -> None:
    db.session.execute(sa.delete(Person).where(Person.id == person_id))


def _export_person(person_id: int) -> list[dict[str, Any]]:
    person = db.session.get_one(Person, person_id)
    return [
        {
            "role": person.role,
            "duties": sorted(person.duties),
            "created_at": person.created_at,
            "name": person.name,
            "email": person.email,
            "email_confirmed_at": person.email_confirmed_at,
            "has_password": person.password_hash is not None,
            "has_totp": person.has_totp,
        }
    ]


HOLDINGS = (
    Holding(
        "device_session",
        "person",
        phrases.WHY_SESSIONS,
        phrases.KEPT_SESSIONS,
        erase=erase_rows(DeviceSession),
        export=export_rows(DeviceSession, "created_at", "seen_at", "is_shared"),
    ),
    Holding(
        "passkey",
        "person",
        phrases.WHY_PASSKEYS,
        phrases.KEPT_AS_ACCOUNT,
        erase=erase_rows(Passkey),
        export=export_rows(Passkey, "label", "created_at", "used_at"),
    ),
    Holding(
        "recovery_code",
        "person",
        phrases.WHY_RECOVERY_CODES,
        phrases.KEPT_AS_ACCOUNT,
        erase=erase_rows(RecoveryCode),
        export=export_rows(RecoveryCode, "created_at", "used_at"),
    ),
    Holding(
        "token",
        "person",
        phrases.WHY_TOKENS,
        phrases.KEPT_TOKENS,
        erase=erase_rows(Token),
        export=export_rows(Token, "purpose", "created_at", "expires_at", "used_at"),
    ),
    Holding(
        "card",
        "person",
        phrases.WHY_CARDS,
        phrases.KEPT_CARDS,
        erase=erase_rows(Card),
        export=export_rows(Card, "seat", "issued_at"),
    ),
    Holding("card_set", "nobody", phrases.WHY_CARD_SETS, phrases.KEPT_CARDS),
    Holding(
        "person",
        "person",
        phrases.WHY_PERSON,
        phrases.KEPT_AS_ACCOUNT,
        erase=_erase_person,
        export=_export_person,
    ),
)
