"""The first view of every public page on a phone."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure
from bench.first_view import KB, FirstView, first_view
from bench.scene import Scene
from classroom.home.views import public_paths
from classroom.web.library import library
from tests.services import tools


def figures(scene: Scene) -> Iterator[Figure]:
    """The worst of all pages. Raises `ToolMissing` without Chromium."""
    with scene.small.app.app_context():
        paths = public_paths(library())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=tools.find("Chromium"), args=list(tools.CHROMIUM_FLAGS))
        seen = {path: _on_a_phone(chromium, f"{scene.small.server.url}{path}") for path in paths}
        chromium.close()
    heaviest = max(seen, key=lambda path: seen[path].bytes)
    yield Figure("first view, any public page: KB", seen[heaviest].bytes / KB, 100, 75, absolute=heaviest)
    yield Figure("first view: requests", max(view.requests for view in seen.values()), 10, 8)
    yield Figure("first view: KB of script", max(view.script_bytes for view in seen.values()) / KB, 15, 10)
    yield Figure("first view: other origins", max(len(view.other_origins) for view in seen.values()), 0, 0)


def _on_a_phone(chromium: Browser, url: str) -> FirstView:
    window = chromium.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    seen = first_view(window, url)
    window.close()
    return seen
