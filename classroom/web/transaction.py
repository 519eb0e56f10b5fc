"""One transaction a request: committed when it changed something and answers under 400, else undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Response, g

from classroom.database import db, start_writing


@contextmanager
def of_request(*, writes: bool) -> Iterator[Callable[[Response], Response]]:
    """Hands out `settle`, which commits what a writing request changed. Anything raised undoes it."""
    g.writes = writes
    try:
        yield _commit if writes else _leave
    except BaseException:
        db.session.rollback()
        raise


def ready(writes_itself: bool) -> None:
    """The view is about to run: begin to write now, unless its domain does so itself at the right moment."""
    if g.get("writes") and not writes_itself:
        start_writing()


def _commit(response: Response) -> Response:
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _leave(response: Response) -> Response:
    return response
