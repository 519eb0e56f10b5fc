"""What is measured: the product over a small and a large database, and the bare pages over a copy of the small one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from flask import Flask

from bench.bare.server import bare_server, copy_of_sqlite, keep_page
from bench.seed import Seeded, measured_lesson, measured_quiz, right_fields, seed
from classroom import create_app
from classroom.config import from_environment
from classroom.database import db
from tests.services.classroom import ClassroomServer
from tests.services.server import Server

COOKIE = "__Host-classroom"


@dataclass
class Place:
    """The product over one database."""

    server: ClassroomServer
    app: Flask
    """The same, in this process: to seed, to count statements and rows."""
    seeded: Seeded
    answers: int
    _used: int = 0

    @property
    def port(self) -> int:
        return self.server.port

    def learner(self) -> str:
        """The cookie of someone with progress in the measured course."""
        return f"{COOKIE}={self.seeded.learner}"

    def fresh(self, count: int) -> list[tuple[int, str]]:
        """So many people who answered nothing yet, each handed out once: id and cookie."""
        taken = self.seeded.fresh[self._used : self._used + count]
        assert len(taken) == count, "seed more fresh people"
        self._used += count
        return [(person_id, f"{COOKIE}={secret}") for person_id, secret in taken]


@dataclass
class Scene:
    small: Place
    large: Place
    bare: Server
    bare_people: Iterator[int]
    """Ids of people in the bare database who handed in nothing yet."""
    lesson_path: str
    """Of the lesson that is measured."""
    quiz_path: str
    """Where the quiz of ten is handed in."""
    fields: dict[str, list[str]]
    """The form of the quiz, filled in."""
    questions: int
    """Of the quiz."""


@contextmanager
def set_scene(folder: Path, *, small: int, large: int, fresh: int) -> Iterator[Scene]:
    """Everything seeded and served; `small` and `large` are numbers of answers."""
    with ExitStack() as stack:
        here = stack.enter_context(_place(folder, "small", small, fresh))
        there = stack.enter_context(_place(folder, "large", large, fresh))
        with here.app.app_context():
            lesson, quiz = measured_lesson(), measured_quiz()
        lesson_path = f"/courses/{lesson.course_id}/{lesson.id}"
        yield Scene(
            small=here,
            large=there,
            bare=stack.enter_context(_bare(here, folder, lesson_path)),
            bare_people=iter([person_id for person_id, _ in here.seeded.fresh]),
            lesson_path=lesson_path,
            quiz_path=f"/courses/{quiz.course_id}/quiz/post",
            fields=right_fields(quiz),
            questions=len(quiz.items),
        )


def _bare(like: Place, folder: Path, lesson_path: str) -> Server:
    pages = folder / "pages"
    pages.mkdir()
    site = like.server.url
    keep_page(pages, "front", f"{site}/")
    keep_page(pages, "lesson", f"{site}{lesson_path}", like.learner())
    keep_page(pages, "lesson-signed-out", f"{site}{lesson_path}")
    return bare_server(like.server, pages, _copied(like), like.seeded.newcomer_id)


@contextmanager
def _place(folder: Path, name: str, answers: int, fresh: int) -> Iterator[Place]:
    own = folder / name
    own.mkdir()
    server = ClassroomServer(own, https=False, settings=_on_postgresql(name))
    server.run("db", "upgrade")
    app = create_app(from_environment(server.environment))
    seeded = seed(app, answers=answers, fresh=fresh)
    with server:
        yield Place(server, app, seeded, answers)


def _on_postgresql(name: str) -> dict[str, str]:
    """Settings of a new database on the server of BENCH_DATABASE_URL; none when the measure is SQLite's."""
    url = os.environ.get("BENCH_DATABASE_URL")
    if url is None:
        return {}
    _on_server(url, f"CREATE DATABASE classroom_{name} ENCODING 'UTF8' TEMPLATE template0")
    return {"DATABASE_URL": sa.make_url(url).set(database=f"classroom_{name}").render_as_string(hide_password=False)}


def _copied(place: Place) -> str:
    """The URL of a copy of the place's database, for the bare rows."""
    with place.app.app_context():
        db.session.remove()
        db.engine.dispose()
    url = sa.make_url(place.server.environment["DATABASE_URL"])
    if url.get_backend_name() == "sqlite":
        target = place.server.folder / "bare.sqlite3"
        copy_of_sqlite(place.server.database, target)
        return f"sqlite:///{target}"
    statement = f"CREATE DATABASE classroom_bare TEMPLATE {url.database}"
    place.server.stop()  # PostgreSQL copies a database that nobody uses
    _on_server(os.environ["BENCH_DATABASE_URL"], statement)
    place.server.start()
    return url.set(database="classroom_bare").render_as_string(hide_password=False)


def _on_server(url: str, statement: str) -> None:
    plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())
