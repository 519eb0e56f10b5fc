"""Tables of people and of the devices they are known on."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from classroom.database import Model, UTCDateTime
from classroom.permissions import Role


class Person(Model):
    """Someone we keep something for. A guest has no name, no address, nothing but this number."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(
        sa.Enum(Role, native_enum=False, length=20, values_callable=lambda roles: [role.value for role in roles])
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DeviceSession(Model):
    """One browser that a person is known on. The cookie holds the secret, the row only its digest."""

    __tablename__ = "device_session"

    secret_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    """Moved once a day at most: enough to know when to forget, and no trail of visits."""
