"""The one gate: `@allow` declares who may use a view, loads what it is about, and settles its transaction."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, make_response, redirect, request

from classroom import clock, phrases
from classroom.errors import Missing, Refusal
from classroom.permissions import NEEDS_ACCOUNT, STAFF_ACTIONS, Can, Role, may
from classroom.web import onward, origin, pages, transaction
from classroom.web.visitor import current_person

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
POLICY = "classroom_policy"

SIGN_IN = "/sign-in"
SECOND_FACTOR = "/sign-in/second-factor"
PROVE_AGAIN = "/sign-in/again"


@dataclass(frozen=True, slots=True)
class Policy:
    """What `@allow` said of a view."""

    action: Can
    varies_by: tuple[str, ...] | None
    """Query arguments a public page depends on; None for a page that is not the same for every visitor."""
    writes_itself: bool
    """The domain reads and thinks first and calls `start_writing()` for the short rest."""
    fresh: bool
    """Asks for a proof of who one is that is only minutes old."""
    form_of: str
    """The endpoint of the page whose form is sent here, to come back to after a detour."""


class NotForYou(Refusal):
    """Somebody signed in asks for a page that they may know of and not use."""

    status = 403

    def __init__(self) -> None:
        super().__init__(phrases.NOT_FOR_YOU)


def allow(
    action: Can,
    load: Callable[..., Any] | None = None,
    *,
    public: bool = False,
    varies_by: tuple[str, ...] = (),
    writes_itself: bool = False,
    fresh: bool = False,
    form_of: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Let those who `may` do `action` use the view; everyone else gets the answer for a thing that is not there.

    `load(person, …)` takes the route's values it names and returns the view's first argument; it raises `Missing` for
    what does not exist or is somebody else's, so that the two look alike. `public` pages are the same for every visitor
    who is nobody yet: made once per value of `varies_by`, kept compressed, answered by ETag. A `fresh` page asks those
    who signed in a while ago to prove who they are once more; `form_of` is the page to come back to from there.
    """
    policy = Policy(action, varies_by if public else None, writes_itself, fresh, form_of)
    taken = _names_taken(load)

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def guarded(**values: Any) -> Response:
            origin.check(request)
            if any("\0" in str(value) for value in values.values()):  # PostgreSQL takes no such text
                raise Missing("")
            if policy.varies_by is not None and _is_the_same_for_everyone():
                return pages.kept(policy.varies_by, lambda: make_response(call(values)))
            return settled(values)

        def settled(values: dict[str, Any]) -> Response:
            with transaction.of_request(writes=request.method not in SAFE_METHODS) as settle:
                return settle(make_response(call(values)))

        def call(values: dict[str, Any]) -> Any:
            person = current_person()
            detour = _detour(person, policy)
            if detour:
                return redirect(onward.over(detour, onward.here() or policy.form_of), 303)
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


def _detour(person: Any, policy: Policy) -> str:
    """Where somebody has to go first; empty when they may go on. Raises `NotForYou` or `Missing` when they may not."""
    if policy.action in NEEDS_ACCOUNT and (person is None or person.role is Role.GUEST):
        return SIGN_IN
    if not may(person, policy.action):
        raise NotForYou if policy.action in NEEDS_ACCOUNT else Missing("")
    if policy.action in STAFF_ACTIONS and not person.has_second_factor:
        return SECOND_FACTOR
    if policy.fresh and person.role is not Role.GUEST and not person.is_fresh(clock.now()):
        return PROVE_AGAIN
    return ""


def _names_taken(load: Callable[..., Any] | None) -> frozenset[str]:
    if load is None:
        return frozenset()
    return frozenset(inspect.signature(load).parameters) - {"person"}


def policy_of(view: Any) -> Policy | None:
    """What `@allow` said of this view, or None."""
    return getattr(view, POLICY, None)
