"""Who is at the other end: nobody, until they answer or keep something.

The cookie holds a secret; whom it belongs to is asked of `accounts`, which hands its functions over in `create_app`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, current_app, g, request
from flask_login import LoginManager, current_user

from classroom import clock

COOKIE_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """What the web asks of `accounts`."""

    find: Callable[[str, datetime], Any]
    """Secret, now → who it is, or None."""
    note_use: Callable[[Any, datetime], bool]
    begin_guest: Callable[[datetime], tuple[Any, str]]
    """Now → a new guest and the secret for the cookie."""
    end: Callable[[str], None]
    """Secret → its session is gone."""


def init_app(app: Flask, people: PeopleOf, cookie_prefix: str) -> None:
    app.extensions["people"] = people
    app.config["PERSON_COOKIE"] = f"{cookie_prefix}classroom"
    login = LoginManager()
    login.init_app(app, add_context_processor=False)  # it would ask a database that is gone again
    login.request_loader(_load)
    app.after_request(_set_cookie)


def people() -> PeopleOf:
    """What `accounts` handed over."""
    return cast(PeopleOf, current_app.extensions["people"])


def cookie_secret() -> str | None:
    """The secret this browser sent, whether or not it still means anybody."""
    return request.cookies.get(current_app.config["PERSON_COOKIE"]) or None


def _load(incoming: Request) -> Any:
    secret = cookie_secret()
    if secret is None:
        return None
    now = clock.now()
    person = people().find(secret, now)
    if person is not None and incoming.method == "GET" and people().note_use(person, now):
        know_browser(secret, is_shared=person.is_shared)
    return person


def current_person() -> Any | None:
    """The person of this request, or None for a visitor who is nobody yet."""
    if "person" not in g:
        is_known = cookie_secret() is not None and "database_is_gone" not in g and not current_user.is_anonymous
        g.person = current_user._get_current_object() if is_known else None
    return g.person


def person_or_guest() -> Any:
    """The person of this request; a guest is made now if there is none. Call it inside a write transaction."""
    person = current_person()
    if person is None:
        person, g.new_secret = people().begin_guest(clock.now())
        g.person = person
    return person


def know_browser(secret: str, *, is_shared: bool = False) -> None:
    """Let this request's answer set a new cookie: at sign-in, and whenever what its holder may do changes.

    On a shared computer the cookie goes when the browser is closed.
    """
    g.new_secret, g.is_shared = secret, is_shared


def forget_browser() -> None:
    """Let this request's answer take the cookie away; what it shows is for nobody in particular."""
    g.new_secret, g.person = "", None


def _set_cookie(response: Response) -> Response:
    if "new_secret" not in g or response.status_code >= 400:
        return response
    name, secure = current_app.config["PERSON_COOKIE"], current_app.config["PERSON_COOKIE"].startswith("__Host-")
    if g.new_secret == "":
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
    else:
        life = None if g.get("is_shared") else COOKIE_LIFE
        response.set_cookie(name, g.new_secret, max_age=life, path="/", secure=secure, httponly=True, samesite="Lax")
    return response
