"""The audit between two tests: the database refuses to delete from it, so its guard is taken off and put back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.audit import AuditEntry


def empty_audit(session: Session) -> None:
    """Delete every entry, as nobody can in the product."""
    if session.scalar(sa.select(AuditEntry.id).limit(1)) is None:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(sa.delete(AuditEntry))
        session.execute(sa.text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
        return
    triggers = session.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
    ).all()
    for name, _ in triggers:
        session.execute(sa.text(f"DROP TRIGGER {name}"))
    session.execute(sa.delete(AuditEntry))
    for _, definition in triggers:
        session.execute(sa.text(definition))
