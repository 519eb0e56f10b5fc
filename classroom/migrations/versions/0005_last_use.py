"""when a person was last here, and when they were warned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from classroom.database import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        person.add_column(sa.Column("seen_at", UTCDateTime(), nullable=True))
        person.add_column(sa.Column("warned_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        person.drop_column("warned_at")
        person.drop_column("seen_at")
