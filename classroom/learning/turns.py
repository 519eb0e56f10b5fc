"""One person's writes follow each other, so that two presses at the same moment are a press and a second press."""

from __future__ import annotations

import sqlalchemy as sa

from classroom.accounts.models import Person
from classroom.database import db


def take_turn(person_id: int) -> None:
    """Wait till no other transaction writes for this person; read afterwards. SQLite lets one writer in anyway."""
    if db.engine.dialect.name != "sqlite":
        db.session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
