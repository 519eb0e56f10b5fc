"""Changes to how an account is guarded and what its person may do: each is audited, and told by letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from classroom import audit
from classroom.audit import Action
from classroom.mail import outbox
from classroom.permissions import Duty

LETTER = "account-changed"


class Change(StrEnum):
    """A value stays as long as a letter may hold it; its sentence stands in `templates/mail/account-changed`."""

    AUTHENTICATOR_ADDED = "authenticator-added"
    AUTHENTICATOR_REMOVED = "authenticator-removed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    RECOVERY_CODES_RENEWED = "recovery-codes-renewed"
    RECOVERY_CODE_USED = "recovery-code-used"
    DUTY_GRANTED = "duty-granted"
    DUTY_REVOKED = "duty-revoked"
    SUSPENDED = "suspended"
    SUSPENSION_LIFTED = "suspension-lifted"


ACTIONS: Mapping[Change, Action] = {
    Change.AUTHENTICATOR_ADDED: Action.FACTOR_ADDITION,
    Change.AUTHENTICATOR_REMOVED: Action.FACTOR_REMOVAL,
    Change.PASSKEY_ADDED: Action.FACTOR_ADDITION,
    Change.PASSKEY_REMOVED: Action.FACTOR_REMOVAL,
    Change.RECOVERY_CODES_RENEWED: Action.RECOVERY_CODES,
    Change.RECOVERY_CODE_USED: Action.RECOVERY_CODE_USE,
    Change.DUTY_GRANTED: Action.ROLE_GRANT,
    Change.DUTY_REVOKED: Action.ROLE_REVOCATION,
    Change.SUSPENDED: Action.SUSPENSION,
    Change.SUSPENSION_LIFTED: Action.SUSPENSION_END,
}


def tell(person_id: int, change: Change, *, actor_id: int | None, now: datetime, duty: Duty | None = None) -> None:
    """Audit the change that `actor_id` made (None: the command line) and post the letter about it.

    Call it in the write transaction of the change.
    """
    audit.record(ACTIONS[change], actor_id=actor_id, object_kind="person", object_id=person_id, now=now)
    outbox.post(
        LETTER,
        key=f"{LETTER}:{person_id}:{change}:{duty or ''}:{now:%Y%m%dT%H%M%S%f}",
        person_id=person_id,
        ids={"change": change, "duty": duty or ""},
        now=now,
    )
