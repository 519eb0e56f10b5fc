"""The one gate: `@allow` declares who may use a view, loads what it is about, and settles its transaction."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from classroom.errors import Missing
from classroom.permissions import Can, may
from classroom.web import origin, pages, transaction
from classroom.web.visitor import current_person

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
POLICY = "classroom_policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """What `@allow` said of a view."""

    action: Can
    varies_by: tuple[str, ...] | None
    """Query arguments a public page depends on; None for a page that is not the same for every visitor."""
    writes_itself: bool
    """The domain reads and thinks first and calls `start_writing()` for the short rest."""


def allow(
    action: Can,
    load: Callable[..., Any] | None = None,
    *,
    public: bool = False,
    varies_by: tuple[str, ...] = (),
    writes_itself: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Let those who `may` do `action` use the view; everyone else gets the answer for a thing that is not there.

    `load(person, …)` takes the route's values it names and returns the view's first argument; it raises `Missing` for
    what does not exist or is somebody else's, so that the two look alike. `public` pages are the same for every visitor
    who is nobody yet: made once per value of `varies_by`, kept compressed, answered by ETag.
    """
    policy = Policy(action, varies_by if public else None, writes_itself)
    taken = _names_taken(load)

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def guarded(**values: Any) -> Response:
            origin.check(request)
            if policy.varies_by is not None and _is_the_same_for_everyone():
                return pages.kept(policy.varies_by, lambda: make_response(call(values)))
            return settled(values)

        def settled(values: dict[str, Any]) -> Response:
            with transaction.of_request(writes=request.method not in SAFE_METHODS) as settle:
                return settle(make_response(call(values)))

        def call(values: dict[str, Any]) -> Any:
            person = current_person()
            if not may(person, action):
                raise Missing("")
            if load is None:
                transaction.ready(policy.writes_itself)
                return view(**values)
            thing = load(person, **{name: values[name] for name in taken})
            transaction.ready(policy.writes_itself)
            return view(thing, **{name: value for name, value in values.items() if name not in taken})

        setattr(guarded, POLICY, policy)
        return guarded

    return decorate


def _is_the_same_for_everyone() -> bool:
    """Reading, with nothing that a token could be bound to: a page that is kept must hold nobody's token."""
    return request.method in SAFE_METHODS and not origin.token()


def _names_taken(load: Callable[..., Any] | None) -> frozenset[str]:
    if load is None:
        return frozenset()
    return frozenset(inspect.signature(load).parameters) - {"person"}


def policy_of(view: Any) -> Policy | None:
    """What `@allow` said of this view, or None."""
    return getattr(view, POLICY, None)
