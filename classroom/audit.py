"""Who did what, and when: an append-only log without content, names or addresses (security.md A9).

The database itself refuses to change an entry, and to delete one before its time (migration 0004).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from classroom import phrases
from classroom.database import Model, UTCDateTime, db, transaction

KEPT = timedelta(days=365)
A_PAGE = 50

_ID = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""No dot, no colon, no at sign, nothing but ASCII: an address or a Thai name does not fit in."""


class Action(StrEnum):
    """What may be done. A value stays as long as an entry may hold it; `phrases.AUDIT_ACTIONS` has its Thai name."""

    SIGN_UP = "sign-up"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    SIGN_OUT_EVERYWHERE = "sign-out-everywhere"
    SESSION_END = "session-end"
    REAUTHENTICATION = "reauthentication"
    PASSWORD_CHANGE = "password-change"  # noqa: S105
    PASSWORD_RESET = "password-reset"  # noqa: S105
    EMAIL_CHANGE = "email-change"
    EMAIL_CONFIRMATION = "email-confirmation"
    FACTOR_ADDITION = "factor-addition"
    FACTOR_REMOVAL = "factor-removal"
    RECOVERY_CODES = "recovery-codes"
    RECOVERY_CODE_USE = "recovery-code-use"
    CARDS_MADE = "cards-made"
    CARDS_CLOSED = "cards-closed"
    CARD_REISSUE = "card-reissue"
    CARD_TO_ACCOUNT = "card-to-account"
    ROLE_GRANT = "role-grant"
    ROLE_REVOCATION = "role-revocation"
    SUSPENSION = "suspension"
    SUSPENSION_END = "suspension-end"
    DATA_EXPORT = "data-export"
    ERASURE_REQUEST = "erasure-request"
    ERASURE_CANCELLATION = "erasure-cancellation"
    ERASURE = "erasure"
    WORK_OPENED = "work-opened"
    NOTE_READ = "note-read"
    LETTER_RESENT = "letter-resent"


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class AuditEntry(Model):
    """One thing that was done, or tried. It outlives whom it names: there is no foreign key."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index("ix_audit_entry_action", "action", "id"),
        sa.Index("ix_audit_entry_object", "object_kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    """A person's id; None for a visitor, the worker or the command line."""
    action: Mapped[Action] = mapped_column(
        sa.Enum(Action, native_enum=False, length=40, values_callable=lambda actions: [one.value for one in actions])
    )
    object_kind: Mapped[str] = mapped_column(sa.String(40))
    """A key of `phrases.AUDIT_OBJECTS`; empty where the action says it all."""
    object_id: Mapped[str] = mapped_column(sa.String(64))
    outcome: Mapped[Outcome] = mapped_column(
        sa.Enum(Outcome, native_enum=False, length=20, values_callable=lambda outcomes: [one.value for one in outcomes])
    )


def record(
    action: Action,
    *,
    actor_id: int | None,
    object_kind: str = "",
    object_id: int | str = "",
    outcome: Outcome = Outcome.DONE,
    now: datetime,
) -> None:
    """Enter what was done, in the caller's write transaction: it stands or falls with what it tells of.

    `object_kind` is a key of `phrases.AUDIT_OBJECTS`, `object_id` an id. Raises `ValueError` for anything else, so that
    no name, address or text gets in by mistake.
    """
    if object_kind not in phrases.AUDIT_OBJECTS:
        raise ValueError(f"{object_kind!r} has no name in phrases.AUDIT_OBJECTS")
    if not _ID.fullmatch(str(object_id)):
        raise ValueError("the audit takes an id, not a name, an address or a text")
    entry = AuditEntry(
        at=now,
        actor_id=actor_id,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        outcome=outcome,
    )
    db.session.add(entry)
    db.session.flush()


def record_apart(
    action: Action,
    *,
    actor_id: int | None,
    object_kind: str = "",
    object_id: int | str = "",
    outcome: Outcome = Outcome.DONE,
    now: datetime,
) -> None:
    """As `record`, in a transaction of its own: for what must survive a refusal, and for a look on a page that is read.

    Call it before `start_writing()` or after a rollback.
    """
    with transaction():
        record(action, actor_id=actor_id, object_kind=object_kind, object_id=object_id, outcome=outcome, now=now)


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the log, newest first."""

    entries: Sequence[AuditEntry]
    older: int | None
    """The id to go on before; None at the end."""


def page(action: Action | None = None, before: int | None = None) -> Page:
    """Fifty entries, of one action if it is given, older than the entry `before` if it is given."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(A_PAGE + 1)
    if action is not None:
        query = query.where(AuditEntry.action == action)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    found = db.session.scalars(query).all()
    entries = found[:A_PAGE]
    return Page(entries, entries[-1].id if len(found) > A_PAGE else None)


def seen_by(person_id: int, most: int = A_PAGE) -> Sequence[AuditEntry]:
    """Who opened this person's work, newest first: `WORK_OPENED` entries about the person by somebody else."""
    query = (
        sa.select(AuditEntry)
        .where(
            AuditEntry.object_kind == "person",
            AuditEntry.object_id == str(person_id),
            AuditEntry.action == Action.WORK_OPENED,
            AuditEntry.actor_id != person_id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    return db.session.scalars(query).all()


def of_person(person_id: int) -> Sequence[AuditEntry]:
    """What this person did, and who opened their work: all of it, oldest first."""
    about_them = sa.and_(AuditEntry.object_kind == "person", AuditEntry.object_id == str(person_id))
    query = sa.select(AuditEntry).where(sa.or_(AuditEntry.actor_id == person_id, about_them))
    return db.session.scalars(query.order_by(AuditEntry.id)).all()


def purge(now: datetime) -> int:
    """Delete the entries of 365 days ago and before; how many. Safe to run twice. Call it in a write transaction."""
    old = sa.delete(AuditEntry).where(AuditEntry.at <= now - KEPT).returning(AuditEntry.id)
    return len(db.session.execute(old).all())
