"""What every template may use: names in Thai, dates, addresses of static files, the visitor's state."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from classroom import phrases, thai
from classroom.config import Settings
from classroom.content import markdown
from classroom.web import origin, static_files
from classroom.web.visitor import current_person


def init_app(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = settings.is_development
    app.jinja_env.filters.update(
        date_long=thai.date_long,
        date_medium=thai.date_medium,
        letter=thai.letter,
        audience_name=phrases.AUDIENCES.__getitem__,
        level_name=phrases.LEVELS.__getitem__,
        heading=markdown.title,
        term_called=lambda term_id, library: library.terms[term_id],
    )
    app.jinja_env.globals.update(
        static=static_files.address,
        site_name=settings.site_name,
        organiser=settings.organiser,
    )

    @app.context_processor
    def of_request() -> dict[str, Any]:
        return {
            "csrf_token": origin.token(),
            "has_person": current_person() is not None,
            "canonical": f"{settings.base_url}{request.path}",
        }
