"""The Flask application of this product: no route without a declared policy."""

from __future__ import annotations

from typing import Any

from flask import Flask

from classroom.web.guards import policy_of


class UnguardedRoute(Exception):
    """A route was added whose view carries no `@allow`."""


class Site(Flask):
    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        """As Flask's, but refuses a view that does not say who may use it."""
        if view_func is None or policy_of(view_func) is None:
            raise UnguardedRoute(f"{rule}: put @allow(Can.…) on {getattr(view_func, '__name__', endpoint)}")
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
