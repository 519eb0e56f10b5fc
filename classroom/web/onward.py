"""Where somebody goes on after a detour over a sign-in page: to an endpoint by its name, never to an address.

A name is taken only if its page is read without any value, so it leads nowhere but to a page of ours (security.md C10).
"""

from __future__ import annotations

from flask import current_app, request, url_for

FIELD = "to"
HOME = "/me"


def over(detour: str, name: str) -> str:
    """The address of the detour, with the way back to this endpoint."""
    return f"{detour}?{FIELD}={name}" if name else detour


def here() -> str:
    """The name of the page that was asked for; empty for a form that was sent, or a page of one certain thing."""
    return request.endpoint or "" if request.method == "GET" and not request.view_args else ""


def asked() -> str:
    """The way back that came with this request, if it is one."""
    name = request.args.get(FIELD, "")
    return name if _is_a_page(name) else ""


def address(otherwise: str = HOME) -> str:
    """Where to go on to."""
    name = asked()
    return url_for(name) if name else otherwise


def _is_a_page(name: str) -> bool:
    rules = current_app.url_map.iter_rules(name) if name in current_app.view_functions else ()
    return any("GET" in (rule.methods or ()) and not rule.arguments for rule in rules)
