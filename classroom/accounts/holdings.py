"""What this slice holds of people, and till when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts import erasure, idleness, sessions
from classroom.accounts.models import Card, CardSet, DeviceSession, Passkey, Person, RecoveryCode, Token
from classroom.database import db
from classroom.retention import Holding, Rule, delete_rows, erase_rows, export_rows


def _erase_person(person_id: int) -> None:
    db.session.execute(sa.delete(Person).where(Person.id == person_id))


def _export_person(person_id: int) -> list[dict[str, Any]]:
    person = db.session.get_one(Person, person_id)
    return [
        {
            "number": person.id,
            "role": person.role,
            "duties": sorted(person.duties),
            "created_at": person.created_at,
            "name": person.name,
            "email": person.email,
            "email_confirmed_at": person.email_confirmed_at,
            "has_password": person.password_hash is not None,
            "totp_confirmed_at": person.totp_confirmed_at,
            "suspended_at": person.suspended_at,
            "erase_after": person.erase_after,
            "seen_at": person.seen_at,
            "warned_at": person.warned_at,
        }
    ]


def _export_card_sets(person_id: int) -> list[dict[str, Any]]:
    columns = (CardSet.code, CardSet.created_at, CardSet.closed_at)
    return [
        dict(row) for row in db.session.execute(sa.select(*columns).where(CardSet.owner_id == person_id)).mappings()
    ]


def _token_is_over(now: datetime) -> sa.ColumnElement[bool]:
    return Token.expires_at <= now


def _card_set_is_over(now: datetime) -> sa.ColumnElement[bool]:
    """Its learners went before it, or have accounts of their own."""
    is_in_use = sa.select(Card.card_set_id).where(Card.card_set_id == CardSet.id).exists()
    return sa.and_(CardSet.closed_at <= now - idleness.CARDS_CLOSED, sa.not_(is_in_use))


HOLDINGS = (
    Holding(
        "device_session",
        "person",
        phrases.WHY_SESSIONS,
        phrases.KEPT_SESSIONS,
        erase=erase_rows(DeviceSession),
        export=export_rows(DeviceSession, "created_at", "seen_at", "is_shared", "proved_at", "second_factor_at"),
        rules=(Rule("devices that are known no longer", rows=sessions.end_over),),
    ),
    Holding(
        "passkey",
        "person",
        phrases.WHY_PASSKEYS,
        phrases.KEPT_AS_ACCOUNT,
        erase=erase_rows(Passkey),
        export=export_rows(Passkey, "label", "created_at", "used_at"),
        goes_with="person",
    ),
    Holding(
        "recovery_code",
        "person",
        phrases.WHY_RECOVERY_CODES,
        phrases.KEPT_AS_ACCOUNT,
        erase=erase_rows(RecoveryCode),
        export=export_rows(RecoveryCode, "created_at", "used_at"),
        goes_with="person",
    ),
    Holding(
        "token",
        "person",
        phrases.WHY_TOKENS,
        phrases.KEPT_TOKENS,
        erase=erase_rows(Token),
        export=export_rows(Token, "purpose", "created_at", "expires_at", "used_at"),
        rules=(Rule("links and steps past their end", rows=delete_rows(Token, _token_is_over)),),
    ),
    Holding(
        "card",
        "person",
        phrases.WHY_CARDS,
        phrases.KEPT_CARDS,
        erase=erase_rows(Card),
        export=export_rows(Card, "seat", "issued_at"),
        goes_with="person",
    ),
    Holding(
        "person",
        "person",
        phrases.WHY_PERSON,
        phrases.KEPT_AS_ACCOUNT,
        erase=_erase_person,
        export=_export_person,
        rules=(
            Rule("guests not here for 30 days", people=idleness.guests_due),
            Rule("card learners 90 days after their cards were closed", people=idleness.cards_due),
            Rule("people who asked for it 7 days ago", people=erasure.due),
            Rule("accounts warned for not being used", rows=idleness.warn),
            Rule("accounts not used for 24 months", people=idleness.accounts_due),
        ),
    ),
    Holding(
        "card_set",
        "person",
        phrases.WHY_CARD_SETS,
        phrases.KEPT_CARDS,
        export=_export_card_sets,
        rules=(Rule("empty card sets 90 days after they were closed", rows=delete_rows(CardSet, _card_set_is_over)),),
        outlives=True,
    ),
)
