"""Leaving: the session ends, the cookie changes, and nothing private is left to go back to (security.md A12, D17)."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.visitor import cookie_secret, forget_browser, people

blueprint = Blueprint("leaving", __name__)


def leave() -> None:
    """End this browser's session; the answer changes its cookie. Every way out calls it, in a write transaction.

    Chromium keeps a page for "back" unless the page says no-store and the cookie has changed since.
    """
    secret = cookie_secret()
    if secret is not None:
        people().end(secret)
    forget_browser()


@blueprint.post("/exit")
@allow(Can.READ)
def quick_exit() -> str:
    """A small page that goes on by itself to somewhere harmless; a redirect there is refused under form-action."""
    leave()
    return render_template("web/exit.html", exit_url=current_app.extensions["settings"].quick_exit_url)
