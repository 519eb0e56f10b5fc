"""A guest becomes part of an account: what they did is handed over, then the guest is gone."""

from __future__ import annotations

import sqlalchemy as sa

from classroom.accounts.models import Person
from classroom.database import db
from classroom.permissions import Role
from classroom.retention import Register


def take_in(guest_id: int | None, person_id: int, register: Register) -> bool:
    """Hand over all that is held of a guest and erase the guest; False when there is no such guest (any more).

    Of two sign-ins at once with one cookie the second finds the guest gone. Call it in a write transaction.
    """
    query = sa.select(Person.id).where(Person.id == guest_id, Person.role == Role.GUEST).with_for_update()
    if guest_id is None or guest_id == person_id or db.session.scalar(query) is None:
        return False
    db.session.flush()
    register.move_person(guest_id, person_id)
    register.erase_person(guest_id)
    return True
