"""No route without a declared policy: it cannot be registered, and none is."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from classroom.permissions import RULES, Can
from classroom.web.guards import allow, policy_of
from classroom.web.site import Site, UnguardedRoute
from tests.conftest import AppWith


def test_every_endpoint_names_an_action(site: Flask) -> None:
    assert endpoints_without_action(site) == []


def test_every_endpoint_of_development_names_an_action(app_with: AppWith) -> None:
    assert endpoints_without_action(app_with(env="development")) == []


def test_the_walk_notices_an_endpoint_without_an_action() -> None:
    app = Flask("unguarded")
    app.add_url_rule("/open", "open", lambda: "in")
    assert endpoints_without_action(app) == ["open", "static"]


def test_a_route_without_allow_cannot_be_registered() -> None:
    site = Site("guarded", static_folder=None)
    with pytest.raises(UnguardedRoute, match="/open"):
        site.add_url_rule("/open", "open", lambda: "in")


def test_a_blueprint_with_a_route_without_allow_cannot_be_registered() -> None:
    site, blueprint = Site("guarded", static_folder=None), Blueprint("slice", "slice")
    blueprint.add_url_rule("/open", "open", lambda: "in")
    with pytest.raises(UnguardedRoute, match="/open"):
        site.register_blueprint(blueprint)


def test_a_route_with_allow_can_be_registered() -> None:
    site = Site("guarded", static_folder=None)
    site.add_url_rule("/open", "open", allow(Can.READ)(lambda: "in"))
    assert endpoints_without_action(site) == []


def test_every_action_has_its_rule() -> None:
    assert RULES.keys() == set(Can)


def endpoints_without_action(app: Flask) -> list[str]:
    policies = {endpoint: policy_of(view) for endpoint, view in app.view_functions.items()}
    return sorted(endpoint for endpoint, policy in policies.items() if policy is None or policy.action not in Can)
