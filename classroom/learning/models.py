"""Tables of learning: attempts at a quiz, where a person stands in a lesson, what they keep to themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.database import Model, UTCDateTime

ID = sa.String(80)


class QuizVersion(Model):
    """A quiz as it was when somebody began it: the files may change, the attempt does not."""

    __tablename__ = "quiz_version"

    version: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    quiz_id: Mapped[str] = mapped_column(ID)
    source: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Attempt(Model):
    """One go at a quiz, from the first answer to the score."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.Index(
            "uq_attempt_open",
            "person_id",
            "quiz_id",
            unique=True,
            sqlite_where=sa.text("handed_in_at IS NULL"),
            postgresql_where=sa.text("handed_in_at IS NULL"),
        ),
        sa.Index("ix_attempt_person_quiz", "person_id", "quiz_id", "handed_in_at"),
    )

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    """Random, so that nobody can count attempts; it opens nothing to anyone but its person."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    quiz_id: Mapped[str] = mapped_column(ID)
    version: Mapped[str] = mapped_column(sa.ForeignKey("quiz_version.version"))
    order: Mapped[dict[str, Any]] = mapped_column("item_order", sa.JSON)
    """`Order.to_json()`: which item stands where, and which choice."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    right: Mapped[int | None] = mapped_column("right_count")
    """Items answered wholly right; None until handed in."""
    total: Mapped[int] = mapped_column("item_count")
    revision: Mapped[int] = mapped_column(default=0)
    """Counts saves, so that a page older than what is stored cannot wipe it."""

    answers: Mapped[list[Answer]] = relationship(lazy="raise", passive_deletes=True)

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None


class Answer(Model):
    """What was given to one question in one attempt."""

    __tablename__ = "answer"

    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(ID, primary_key=True)
    given: Mapped[Any] = mapped_column(sa.JSON)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_right: Mapped[bool | None]
    """None until handed in."""


class Progress(Model):
    """Where a person stands with one activity: a lesson, or a course's quiz. One row keeps every page to one query."""

    __tablename__ = "progress"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    activity_id: Mapped[str] = mapped_column(ID, primary_key=True)
    """The id of a lesson, or of a course's quiz."""
    course_id: Mapped[str] = mapped_column(ID)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    touched_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    passed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    place: Mapped[str] = mapped_column(ID, default="")
    """The heading where the reader stopped."""
    latest: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """Question id → {"given": …, "right": …} of the latest try."""


class Ticks(Model):
    """A checklist's ticked items."""

    __tablename__ = "ticks"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(ID, primary_key=True)
    block_id: Mapped[str] = mapped_column(ID, primary_key=True)
    items: Mapped[list[str]] = mapped_column(sa.JSON)


class Reflection(Model):
    """A private note that its writer asked to keep. Sealed; nobody else ever reads it."""

    __tablename__ = "reflection"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(ID, primary_key=True)
    block_id: Mapped[str] = mapped_column(ID, primary_key=True)
    sealed: Mapped[bytes]
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime)
