"""accounts and cards."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from classroom.database import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def person_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("duties", sa.String(length=60), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("suspended_at", UTCDateTime(), nullable=True),
        sa.Column("erase_after", UTCDateTime(), nullable=True),
    ]


def session_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("is_shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("proved_at", UTCDateTime(), nullable=True),
        sa.Column("second_factor_at", UTCDateTime(), nullable=True),
    ]


def upgrade() -> None:
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        for column in person_columns():
            person.add_column(column)
        person.create_unique_constraint(op.f("uq_person_email_key"), ["email_key"])
        person.create_index(op.f("ix_person_erase_after"), ["erase_after"])
    with op.batch_alter_table("device_session") as session:
        for column in session_columns():
            session.add_column(column)
    _of_person(
        "passkey",
        sa.Column("credential_id", sa.String(length=400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        key="credential_id",
    )
    _of_person(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        key="digest",
    )
    _of_person(
        "token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        key="digest",
        is_optional=True,
    )
    op.create_index(op.f("ix_token_expires_at"), "token", ["expires_at"])
    op.create_table(
        "card_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_card_set_owner_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_set")),
        sa.UniqueConstraint("code", name=op.f("uq_card_set_code")),
    )
    op.create_index(op.f("ix_card_set_owner_id"), "card_set", ["owner_id"])
    op.create_table(
        "card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("card_set_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("words_hash", sa.String(length=200), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_set_id"], ["card_set.id"], name=op.f("fk_card_card_set_id_card_set"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_card_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_card")),
        sa.UniqueConstraint("card_set_id", "seat", name="uq_card_seat"),
    )


def _of_person(table: str, *columns: sa.Column[Any], key: str, is_optional: bool = False) -> None:
    """A table whose rows go with their person."""
    op.create_table(
        table,
        *columns,
        sa.Column("person_id", sa.Integer(), nullable=is_optional),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def downgrade() -> None:
    for table in ("card", "card_set", "token", "recovery_code", "passkey"):
        op.drop_table(table)
    with op.batch_alter_table("device_session") as session:
        for column in session_columns():
            session.drop_column(column.name)
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        person.drop_index(op.f("ix_person_erase_after"))
        person.drop_constraint(op.f("uq_person_email_key"), type_="unique")
        for column in person_columns():
            person.drop_column(column.name)
