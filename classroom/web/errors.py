"""Refusals and failures become calm Thai pages with a way on; a refused form can be sent again."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from classroom import phrases
from classroom.database import db
from classroom.errors import Refusal
from classroom.web import origin
from classroom.web.library import BrokenLessons
from classroom.web.limits import SlowDown
from classroom.web.origin import PressOnceMore

log = logging.getLogger("classroom.errors")
PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(InterfaceError, _database_gone)
    app.register_error_handler(DBAPIError, _database_gone)
    app.register_error_handler(NoConnectionFree, _database_gone)
    app.register_error_handler(BrokenLessons, _broken_lessons)
    app.register_error_handler(Exception, _unforeseen)


def _refused(refusal: Refusal) -> Response:
    db.session.rollback()
    if isinstance(refusal, PressOnceMore):
        return _page(refusal.status, refusal.says, send_again=True)
    response = _page(refusal.status, refusal.says)
    if isinstance(refusal, SlowDown):
        response.headers["Retry-After"] = str(refusal.wait.seconds)
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status in (301, 302, 303, 307, 308):
        return make_response(error.get_response())
    response = _page(status if status in PAGES else (400 if status < 500 else 500), "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database_gone(error: DBAPIError | NoConnectionFree) -> Response:
    """Locked, read-only, full or away: nothing was stored, and what was typed can be sent again."""
    log.error("database unavailable: %(error)s", {"error": type(getattr(error, "orig", error)).__name__})
    db.session.rollback()
    g.database_is_gone = True
    response = _page(503, "", send_again=request.method == "POST")
    response.headers["Retry-After"] = "5"
    return response


def _broken_lessons(broken: BrokenLessons) -> Response:
    """Only in development: production does not start with broken lessons."""
    return make_response(render_template("errors/broken_lessons.html", problems=broken.problems), 500)


def _unforeseen(error: Exception) -> Response:
    """The reference joins the page to the log; the page itself says nothing of the cause."""
    reference = secrets.token_hex(4)
    log.error("unforeseen error %(reference)s", {"reference": reference}, exc_info=error)
    db.session.rollback()
    return _page(500, "", reference=reference)


def _page(status: int, says: str, *, send_again: bool = False, reference: str = "") -> Response:
    typed = origin.typed() if send_again else None
    token = origin.token_to_press_with() if send_again else ""
    return make_response(
        render_template(
            f"errors/{status}.html",
            says=says,
            typed=typed,
            secret_fields=phrases.SECRET_FIELDS,
            token=token,
            reference=reference,
            place="",
            canonical="",
        ),
        status,
    )
