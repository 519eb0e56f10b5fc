"""What tests share: a migrated database per worker, the site over the sample lessons, a browser, a clock to move."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate, upgrade

from classroom import clock, create_app
from classroom.config import PACKAGE
from classroom.database import db, transaction
from tests import make
from tests.audit_log import empty_audit
from tests.browser import Browser

AppWith = Callable[..., Flask]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only(reason): a fault or rule that only SQLite has")


@pytest.fixture(autouse=True)
def _skip_what_only_sqlite_has(request: pytest.FixtureRequest) -> None:
    mark = request.node.get_closest_marker("sqlite_only")
    if mark is not None and not request.getfixturevalue("database_url").startswith("sqlite"):
        pytest.skip(mark.kwargs["reason"])


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh, migrated database of this worker: a file, or one on the server of TEST_DATABASE_URL."""
    server = os.environ.get("TEST_DATABASE_URL")
    if server is None:
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'classroom.sqlite3'}"
        migrate(url)
        yield url
        return
    url = _create_database(server)
    migrate(url)
    yield url
    _on_server(server, f'DROP DATABASE "{sa.make_url(url).database}" WITH (FORCE)')


def _create_database(server: str) -> str:
    name = f"classroom_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    _on_server(server, f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def _on_server(server: str, statement: str) -> None:
    """PostgreSQL makes and drops databases outside transactions only."""
    url = sa.make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def migrate(url: str) -> None:
    """The tables as the migrations make them."""
    app = create_app(make.settings(url))
    Migrate(app, db, directory=str(PACKAGE / "migrations"))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def _site_of_worker(database_url: str) -> Iterator[Flask]:
    app = create_app(make.settings(database_url))
    yield app
    _dispose(app)


@pytest.fixture
def site(_site_of_worker: Flask) -> Iterator[Flask]:
    """The site over the sample lessons, as in production, with nothing in the database."""
    yield _site_of_worker
    _delete_all_rows(_site_of_worker)


def _delete_all_rows(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        empty_audit(session)
        for table in reversed(db.metadata.sorted_tables):
            session.execute(sa.delete(table))


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app_with(database_url: str, site: Flask) -> Iterator[AppWith]:
    """Makes another application over the same database: another process, other settings, other lessons."""
    made: list[Flask] = []

    def make_app(**changes: Any) -> Flask:
        made.append(create_app(make.settings(**({"database_url": database_url} | changes))))
        return made[-1]

    yield make_app
    for app in made:
        _dispose(app)


@pytest.fixture
def browser(site: Flask) -> Browser:
    return Browser(site)


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A copy of the sample lessons that a test may change."""
    return make.copy_of_lessons(tmp_path)


class MovedClock:
    """The one clock, stopped at a moment that the test moves."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> datetime:
        self.moment += timedelta(**by)
        return self.moment


@pytest.fixture
def moved_clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock(datetime(2026, 11, 24, 5, 30, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", moved)
    return moved
