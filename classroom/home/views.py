"""The front page, "my learning", about, and what machines ask for."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, render_template

from classroom import clock
from classroom.accounts.models import Person
from classroom.config import Settings
from classroom.content.model import Library
from classroom.database import db
from classroom.errors import Missing
from classroom.learning.next_step import next_step
from classroom.learning.rights_map import tiles
from classroom.learning.views.catalogue import course_progress, lesson_rows, own_standing
from classroom.permissions import Can, may
from classroom.web.guards import allow
from classroom.web.library import library
from classroom.web.visitor import current_person

SECURITY_TXT_LIFE = timedelta(days=180)
"""RFC 9116 asks for less than a year."""

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allow(Can.READ, public=True)
def front() -> str:
    shown, standing = library(), own_standing()
    return render_template(
        "home/front.html",
        place="",
        library=shown,
        first=next(iter(shown.lessons.values())),
        step=next_step(shown, standing) if standing.rows else None,
        tiles=tiles(shown, standing),
        progress={course.id: course_progress(course, standing) for course in shown.courses.values()}
        if standing.rows
        else {},
    )


@blueprint.get("/me")
@allow(Can.LEARN)
def me() -> str:
    shown, standing = library(), own_standing()
    begun = [course for course in shown.courses.values() if standing.has_begun(course.id)]
    return render_template(
        "home/me.html",
        place="me",
        tiles=tiles(shown, standing),
        first=next(iter(shown.lessons.values())),
        step=next_step(shown, standing) if standing.rows else None,
        courses=[
            (course, course_progress(course, standing), lesson_rows(course, standing), standing) for course in begun
        ],
        name=getattr(current_person(), "name", None),
        is_card=may(current_person(), Can.BECOME_OWN),
        is_staff=may(current_person(), Can.SEE_DESK),
    )


@blueprint.get("/about")
@allow(Can.READ, public=True)
def about() -> str:
    return render_template("home/about.html", place="", library=library())


@blueprint.get("/privacy")
@allow(Can.READ, public=True)
def privacy() -> str:
    return render_template("home/privacy.html", place="")


@blueprint.get("/.well-known/security.txt")
@allow(Can.READ)
def security_txt() -> Response:
    """Whom to tell of a hole (RFC 9116); not there unless the operator named somebody."""
    settings = _settings()
    if not settings.security_contact:
        raise Missing("")
    expires = (clock.now() + SECURITY_TXT_LIFE).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {expires}",
        "Preferred-Languages: th, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/healthz")
@allow(Can.READ)
def healthz() -> Response:
    """This process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@allow(Can.READ)
def readyz() -> Response:
    """This process can serve: lessons are loaded and the database answers."""
    library()
    db.session.execute(sa.select(sa.func.count()).select_from(sa.select(Person.id).limit(1).subquery()))
    return Response("ready\n", mimetype="text/plain")


@blueprint.get("/robots.txt")
@allow(Can.READ)
def robots() -> Response:
    rules = f"User-agent: *\nDisallow: /me\nDisallow: /attempts/\n\nSitemap: {_base_url()}/sitemap.xml\n"
    return Response(rules, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@allow(Can.READ)
def sitemap() -> Response:
    addresses = [f"{_base_url()}{path}" for path in public_paths(library())]
    return Response(render_template("home/sitemap.xml", addresses=addresses), mimetype="application/xml")


def _base_url() -> str:
    return _settings().base_url


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def public_paths(library: Library) -> list[str]:
    """Every page that a stranger may find by searching."""
    paths = ["/", "/courses", "/rights", "/glossary", "/about", "/privacy"]
    for course in library.courses.values():
        paths.append(f"/courses/{course.id}")
        paths += [f"/courses/{course.id}/quiz/{which}" for which in ("pre", "post") if getattr(course, which)]
        for lesson in course.lessons:
            address = f"/courses/{course.id}/{lesson.id}"
            paths += [address, f"{address}/quiz"] + ([f"{address}/teach"] if lesson.guide else [])
    return paths + [f"/rights/{number}" for number in library.articles]
