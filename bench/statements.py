"""How many SQL statements a page takes, counted in this process; and that more rows take no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from bench.figures import Figure
from bench.scene import Place, Scene
from classroom.database import db
from classroom.home.views import public_paths
from classroom.web.library import library

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def figures(scene: Scene) -> Iterator[Figure]:
    """The measured lesson, the worst other page, and the difference between the small and the large database."""
    small, large = (_of_every_page(place) for place in (scene.small, scene.large))
    yield Figure("SQL statements: lesson with progress", small[scene.lesson_path], 5, 4)
    worst = max(small, key=lambda path: small[path])
    yield Figure("SQL statements: any page", small[worst], 8, 6, absolute=worst)
    yield Figure("SQL statements: growth with rows", max(large[path] - small[path] for path in small), 0, 0)


def _of_every_page(place: Place) -> Mapping[str, int]:
    """Address → statements, for someone with progress."""
    with place.app.app_context():
        paths = [*public_paths(library()), "/me"]
    return {path: _of_page(place, path) for path in paths}


def _of_page(place: Place, path: str) -> int:
    visitor = place.app.test_client(use_cookies=False)
    with _counting(place) as statements:
        answer = visitor.get(path, headers={"Cookie": place.learner()})
    assert answer.status_code in (200, 303), (path, answer.status)
    return len(statements)


@contextmanager
def _counting(place: Place) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(COUNTED):
            statements.append(statement)

    with place.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
