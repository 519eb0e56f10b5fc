"""Real rows and real settings, by plain functions."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import sessions
from classroom.accounts.guests import begin_guest
from classroom.accounts.models import Card, CardSet, Person
from classroom.config import Settings
from classroom.content.model import Item, Library, Quiz
from classroom.database import transaction
from classroom.learning import attempts, checks, progress
from classroom.learning.order import authors_order
from classroom.permissions import Duty, Role
from tests.answers import RIGHT, Answer
from tests.browser import ORIGIN, Browser

SAMPLE_LESSONS = Path(__file__).parent / "sample_lessons"
POST_TEST = "speaking.post"


def settings(database_url: str, **changes: Any) -> Settings:
    """Those of production, over the sample lessons."""
    values: dict[str, Any] = {
        "env": "production",
        "secret_key": "a secret key for tests, 0123456789",
        "data_key": "a data key for tests, 9876543210 abc",
        "base_url": ORIGIN,
        "lessons": SAMPLE_LESSONS,
    }
    return Settings(database_url=database_url, **(values | changes))


def copy_of_lessons(folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLE_LESSONS, folder / "lessons"))


def change(file: Path, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which stands once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Guest:
    person_id: int
    secret: str
    """Of the cookie."""


def guest(app: Flask, now: datetime | None = None) -> Guest:
    """A guest who came at `now`."""
    with app.app_context(), transaction():
        person, secret = begin_guest(now or clock.now())
        return Guest(person.id, secret)


def browser_of(app: Flask, someone: Guest) -> Browser:
    """A browser that holds the guest's cookie."""
    browser = Browser(app)
    browser.set_cookie(someone.secret)
    return browser


def account(
    app: Flask,
    email: str = "nam@school.test",
    *,
    role: Role = Role.LEARNER,
    duties: Iterable[Duty] = (),
    is_shared: bool = False,
    gave_second_factor: bool = True,
    now: datetime | None = None,
) -> Guest:
    """Someone with a confirmed address who has just proved who they are, with a second factor for a duty."""
    now = now or clock.now()
    with app.app_context(), transaction() as session:
        person = Person(role=role, duties=frozenset(duties), created_at=now, name="น้ำ", email=email, email_key=email)
        person.email_confirmed_at = now
        session.add(person)
        session.flush()
        factor = now if person.duties and gave_second_factor else None
        secret = sessions.begin(person, now, is_shared=is_shared, proved_at=now, second_factor_at=factor)
        return Guest(person.id, secret)


def card(app: Flask, seat: int = 1, *, code: str = "KRTX2345", now: datetime | None = None) -> Guest:
    """A learner with a card of the set with this code, signed in a moment ago."""
    now = now or clock.now()
    with app.app_context(), transaction() as session:
        cards = session.scalar(sa.select(CardSet).where(CardSet.code == code)) or CardSet(code=code, created_at=now)
        person = Person(role=Role.CARD, created_at=now)
        session.add_all([cards, person])
        session.flush()
        session.add(Card(person_id=person.id, card_set_id=cards.id, seat=seat, words_hash="x", issued_at=now))
        return Guest(person.id, sessions.begin(person, now, proved_at=now))


def library(app: Flask) -> Library:
    shown: Library = app.extensions["bookcase"].library()
    return shown


def item(app: Flask, question_id: str) -> Item:
    """The item of any quiz of the library."""
    quizzes = library(app).quizzes.values()
    return next(item for quiz in quizzes for item in quiz.items if item.question.id == question_id)


def attempt(app: Flask, someone: Guest, answers: Answer | None = None, quiz_id: str = POST_TEST) -> str:
    """The id of an attempt that is begun in the author's order, with these fields saved."""
    with app.app_context(), transaction():
        quiz = library(app).quizzes[quiz_id]
        begun = attempts.begin(someone.person_id, quiz, authors_order(quiz), clock.now())
        if answers:
            attempts.save(begun, quiz, as_posted(answers), 0, clock.now())
        return begun.id


def handed_in(app: Flask, someone: Guest, answers: Answer | None = None, quiz_id: str = POST_TEST) -> str:
    """The id of an attempt that was handed in; without `answers` all of it is right."""
    with app.app_context(), transaction():
        quiz = library(app).quizzes[quiz_id]
        begun = attempts.begin(someone.person_id, quiz, authors_order(quiz), clock.now())
        fields = all_right(quiz) if answers is None else answers
        attempts.hand_in(begun, quiz, as_posted(fields), 0, clock.now())
        return begun.id


def answered_check(app: Flask, someone: Guest, question_id: str, answer: Answer | None = None) -> None:
    """The check in its lesson, answered; without `answer` it is right."""
    with app.app_context(), transaction():
        lesson = next(
            lesson
            for lesson in library(app).lessons.values()
            if question_id in {item.question.id for item in lesson.quiz.items}
        )
        asked = checks.item_of(lesson, question_id)
        given = checks.take(asked, as_posted(RIGHT[question_id] if answer is None else answer))
        checks.answer(someone.person_id, lesson, asked, given, clock.now())


def opened_lesson(app: Flask, someone: Guest, lesson_id: str, place: str = "") -> None:
    """The lesson, left open at a heading."""
    with app.app_context(), transaction():
        progress.remember_place(someone.person_id, library(app).lessons[lesson_id], place, clock.now())


def all_right(quiz: Quiz) -> Answer:
    """Every question of the quiz, answered right."""
    return {name: value for item in quiz.items for name, value in RIGHT[item.question.id].items()}


def as_posted(answer: Answer) -> dict[str, list[str]]:
    """Fields as `MultiDict.to_dict(flat=False)` gives them."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in answer.items()}
