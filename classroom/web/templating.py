"""What every template may use: names in Thai, dates, addresses of static files, the visitor's state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, request

from classroom import clock, phrases, thai
from classroom.config import Settings
from classroom.content import markdown
from classroom.permissions import Role
from classroom.web import origin, static_files
from classroom.web.visitor import current_person

NEW_FOR = timedelta(seconds=30)


def init_app(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = settings.is_development
    app.jinja_env.filters.update(
        date_long=thai.date_long,
        date_medium=thai.date_medium,
        date_and_time=thai.date_and_time,
        letter=thai.letter,
        audience_name=phrases.AUDIENCES.__getitem__,
        level_name=phrases.LEVELS.__getitem__,
        role_name=phrases.ROLES.__getitem__,
        duty_name=phrases.DUTIES.__getitem__,
        heading=markdown.title,
        term_called=lambda term_id, library: library.terms[term_id],
    )
    app.jinja_env.globals.update(
        static=static_files.address,
        site_name=settings.site_name or phrases.SITE_NAME,
        organiser=settings.organiser,
        quick_exit_url=settings.quick_exit_url,
    )

    @app.context_processor
    def of_request() -> dict[str, Any]:
        return frame() | {
            "csrf_token": origin.token(),
            "notice": notice(),
            "canonical": canonical(request.path),
        }


def canonical(path: str) -> str:
    """The one address under which a page shall be known."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}{quote(path)}"


def frame() -> dict[str, Any]:
    """What header and footer show of this visitor. A page kept in pieces is kept once for each of these states."""
    person = current_person()
    is_shared = getattr(person, "is_shared", False)
    return {
        "has_person": person is not None,
        "is_signed_in": person is not None and person.role is not Role.GUEST,
        "idle_seconds": int(person.lifetime.idle.total_seconds()) if person is not None and is_shared else None,
    }


def notice() -> str:
    """A word to a guest for whom we began to remember things a moment ago; else nothing."""
    person = current_person()
    is_new = person is not None and person.role is Role.GUEST and clock.now() - person.created_at < NEW_FOR
    return phrases.WE_REMEMBER if is_new else ""
