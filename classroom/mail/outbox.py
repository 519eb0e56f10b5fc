"""The outbox: a letter is posted as a row, in the transaction of what it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from classroom.database import db, insert
from classroom.errors import Missing
from classroom.mail.models import Letter
from classroom.vault import Vault

PURPOSE = "letter"
"""Of the vault's seal on an address."""


def post(
    kind: str,
    *,
    key: str,
    now: datetime,
    person_id: int | None = None,
    address: str | None = None,
    vault: Vault | None = None,
    ids: Mapping[str, int | str] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Post a letter; one that was posted with the same key before is left as it is. Call it in a write transaction.

    It goes to the person's address as it is at sending, or to `address` (sealed with `vault`): for people without an
    account, and for an address that is not, or no longer, the person's own. With `person_id` it goes when they are
    erased. `ids` hold ids and keys only: no secret, no name, no address.
    """
    if address is None and person_id is None:
        raise ValueError("a letter needs a recipient")
    values = {
        "kind": kind,
        "key": key,
        "person_id": person_id,
        "sealed_address": None if address is None else _sealed(address, key, vault),
        "ids": dict(ids or {}),
        "message_id": secrets.token_hex(16),
        "created_at": now,
        "due_at": due_at or now,
    }
    db.session.execute(insert(Letter).values(values).on_conflict_do_nothing(index_elements=["key"]))


def _sealed(address: str, key: str, vault: Vault | None) -> bytes:
    if vault is None:
        raise ValueError("an address is stored sealed: pass the vault")
    return vault.seal(address, purpose=PURPOSE, owner=key)


def opened_address(letter: Letter, vault: Vault) -> str | None:
    """The address that the letter carries itself, if it does."""
    if letter.sealed_address is None:
        return None
    return vault.open_sealed(letter.sealed_address, purpose=PURPOSE, owner=letter.key)


def send_again(letter_id: int, now: datetime) -> None:
    """Let a dead letter wait to be sent, with all its tries before it. Raises `Missing` for one that is not dead."""
    revived = (
        sa.update(Letter)
        .where(Letter.id == letter_id, Letter.dead_at.is_not(None))
        .values(dead_at=None, due_at=now, leased_until=None, tries=0)
    )
    if db.session.execute(revived.returning(Letter.id)).first() is None:
        raise Missing("")
