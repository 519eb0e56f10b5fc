"""People to look at the product with, in development: made once, by the same calls that real learners make."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from classroom.accounts import sessions
from classroom.accounts.models import DeviceSession, Person
from classroom.content.kinds import Given
from classroom.content.model import Item, Library
from classroom.database import db
from classroom.learning import checks, progress
from classroom.permissions import Role

HALFWAY = "halfway"


def secret_of(name: str, key: str) -> str:
    """The cookie secret of a demo person: the same on every start of one installation, guessable on none."""
    return hmac.new(key.encode(), f"demo\0{name}".encode(), hashlib.sha256).hexdigest()


def fill(library: Library, key: str, now: datetime) -> bool:
    """Make the demo people unless they are there; whether any were made. Call it in a write transaction."""
    secret = secret_of(HALFWAY, key)
    if sessions.find(secret, now) is not None:
        return False
    person = Person(role=Role.GUEST, created_at=now)
    db.session.add(person)
    db.session.flush()
    row = db.session.get(DeviceSession, sessions.digest(secret)) or DeviceSession(secret_digest=sessions.digest(secret))
    row.person_id, row.created_at, row.seen_at = person.id, now, now
    db.session.add(row)
    learn_half(person.id, library, now)
    return True


def learn_half(person_id: int, library: Library, now: datetime) -> None:
    """Half of the first course: every item answered, the first of each lesson not yet right; then a lesson open."""
    lessons = next(iter(library.courses.values())).lessons
    half = len(lessons) // 2
    for lesson in lessons[:half]:
        for number, item in enumerate(lesson.quiz.items):
            given = _wrong(item) if number == 0 else right_answer(item)
            checks.answer(person_id, lesson, item, given, now)
    stopped_at = lessons[half]
    progress.remember_place(person_id, stopped_at, stopped_at.parts[-1].id, now)


def right_answer(item: Item) -> Given:
    """An answer that the key calls right."""
    question, key = item.question, item.key
    if key.matches:
        return dict(key.matches)
    if key.order:
        return {step: str(position) for position, step in enumerate(key.order, start=1)}
    if key.accept:
        return key.accept[0]
    return tuple(choice.id for choice in question.choices if choice.id in key.right)


def _wrong(item: Item) -> Given:
    """An answer that is not right, whatever the kind."""
    question, key = item.question, item.key
    if key.accept:
        return "?"
    if question.rows:
        filled = right_answer(item)
        assert isinstance(filled, dict)
        ids, values = list(filled), list(filled.values())
        return dict(zip(ids, values[1:] + values[:1], strict=True))
    return next((choice.id,) for choice in question.choices if choice.id not in key.right)
