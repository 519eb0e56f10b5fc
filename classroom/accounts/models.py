"""Tables of people: who they are, the devices they are known on, and what they prove themselves with."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from classroom.database import Model, UTCDateTime
from classroom.permissions import Duty, Role


def _column(kinds: type[Role]) -> sa.Enum:
    return sa.Enum(kinds, native_enum=False, length=20, values_callable=lambda kinds: [one.value for one in kinds])


class Person(Model):
    """Someone we keep something for. A guest or a card learner has no name and no address, only this number."""

    __tablename__ = "person"
    __table_args__ = ({"sqlite_autoincrement": True},)
    """The number of somebody erased is never given to somebody else, who would inherit their traces."""

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(_column(Role))
    duties_granted: Mapped[str] = mapped_column("duties", sa.String(60), default="", server_default="")
    """Names of duties, sorted, with spaces between. Read and write `duties`."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    name: Mapped[str | None] = mapped_column(sa.String(80))
    """What we shall call them; their own choice, not unique, shown to themselves and to staff."""
    email: Mapped[str | None] = mapped_column(sa.String(254))
    """As typed, for letters."""
    email_key: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    """As compared: two addresses with the same key are one (see `addresses.key`)."""
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    totp_secret: Mapped[bytes | None]
    """Sealed. In force once `totp_confirmed_at` is set."""
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    totp_last_step: Mapped[int | None]
    """The last time step whose code was used, so that a code works once."""
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erase_after: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    """Set when the person asked to be erased: shut from then on, gone at this time, unless they come back."""
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When they were last here, as far as devices tell that are forgotten; those that are known tell it themselves."""
    warned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When we last told them that an account which is not used is erased."""

    @property
    def duties(self) -> frozenset[Duty]:
        return frozenset(Duty(name) for name in self.duties_granted.split())

    @duties.setter
    def duties(self, duties: frozenset[Duty]) -> None:
        self.duties_granted = " ".join(sorted(duties))

    @property
    def is_confirmed(self) -> bool:
        return self.email_confirmed_at is not None

    @property
    def has_totp(self) -> bool:
        return self.totp_confirmed_at is not None


class DeviceSession(Model):
    """One browser that a person is known on. The cookie holds the secret, the row only its digest."""

    __tablename__ = "device_session"

    secret_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    """Moved as seldom as its lifetime allows: enough to know when to forget, and no trail of visits."""
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """The person said that others use this computer too."""
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the person last proved who they are, by password, passkey or card."""
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the second factor was given on this device; a passkey counts as both."""


class Passkey(Model):
    """A WebAuthn credential of a person."""

    __tablename__ = "passkey"

    credential_id: Mapped[str] = mapped_column(sa.String(400), primary_key=True)
    """base64url."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    label: Mapped[str] = mapped_column(sa.String(40))
    """The person's own word for it."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RecoveryCode(Model):
    """A printed code that stands in for the second factor, once."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Token(Model):
    """A secret in a letter or in a pending step: one purpose, one use, an end. Stored as its digest."""

    __tablename__ = "token"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(30))
    sealed: Mapped[bytes | None]
    """What the step needs to remember, sealed: a new address, a challenge."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CardSet(Model):
    """Cards made together, for a class say; the code on them is not a join code and lives as long as the set."""

    __tablename__ = "card_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Card(Model):
    """One card: a seat in its set, and the words that open it, as their hash."""

    __tablename__ = "card"
    __table_args__ = (sa.UniqueConstraint("card_set_id", "seat", name="uq_card_seat"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    card_set_id: Mapped[int] = mapped_column(sa.ForeignKey("card_set.id", ondelete="CASCADE"))
    seat: Mapped[int]
    words_hash: Mapped[str] = mapped_column(sa.String(200))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
