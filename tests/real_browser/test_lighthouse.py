"""Lighthouse as a mid-range phone on slow mobile data sees the site.

Served as in production, but over http: Lighthouse calls a certificate that nobody signed a fault of the page, and takes
127.0.0.1 for a safe origin.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_browser.conftest import need
from tests.real_browser.lessons import address, lesson
from tests.services import tools
from tests.services.classroom import ClassroomServer

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
MOST_TRIES = 5
"""One is enough when it is good. A busy machine can only make it worse, never better, so the best counts."""
PAGES = {"front": "/", "lesson": address(lesson(1)), "quiz": f"{address(lesson(1))}/quiz", "rights": "/rights"}


@pytest.fixture(scope="module")
def served_plainly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassroomServer]:
    with ClassroomServer(tmp_path_factory.mktemp("lighthouse"), https=False) as server:
        yield server


@pytest.mark.parametrize("page", PAGES)
def test_lighthouse_is_content(page: str, served_plainly: ClassroomServer, tmp_path: Path) -> None:
    tries: list[dict[str, int]] = []
    while len(tries) < MOST_TRIES and not any(_is_content(scores) for scores in tries):
        tries.append(_scores(f"{served_plainly.url}{PAGES[page]}", tmp_path))
    assert any(_is_content(scores) for scores in tries), tries


def _is_content(scores: dict[str, int]) -> bool:
    return all(scores[name] >= least for name, least in LEAST.items())


def _scores(url: str, folder: Path) -> dict[str, int]:
    """Category → 0 to 100."""
    report = folder / "report.json"
    flags = " ".join(("--headless=new", *tools.CHROMIUM_FLAGS))
    command = [need("Node.js"), need("Lighthouse"), url, f"--chrome-flags={flags}", f"--output-path={report}"]
    options = ["--output=json", "--quiet", f"--only-categories={','.join(LEAST)}", "--no-enable-error-reporting"]
    environment = os.environ | {"CHROME_PATH": need("Chromium")}
    done = subprocess.run(
        [*command, *options], env=environment, check=False, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(categories[name]["score"] * 100) for name in LEAST}
