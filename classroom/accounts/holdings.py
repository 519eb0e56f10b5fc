"""What this slice holds of people."""

from __future__ import annotations

import sqlalchemy as sa

from classroom import phrases
from classroom.accounts.models import DeviceSession, Person
from classroom.database import db
from classroom.retention import Holding, erase_rows


def _erase_person(person_id: int) -> None:
    db.session.execute(sa.delete(Person).where(Person.id == person_id))


HOLDINGS = (
    Holding("device_session", "person", phrases.WHY_SESSIONS, phrases.KEPT_30_DAYS, erase=erase_rows(DeviceSession)),
    Holding("person", "person", phrases.WHY_PERSON, phrases.KEPT_30_DAYS, erase=_erase_person),
)
