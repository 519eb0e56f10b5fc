"""The Nu HTML checker finds no error in any page, state, error page or stylesheet."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Page

from tests.real_browser.conftest import need
from tests.real_browser.lessons import addresses
from tests.real_browser.states import STATES
from tests.real_browser.views import file_name, show
from tests.services.tools import ROOT

NOT_YET_KNOWN = (
    "CSS: “text-wrap”",
    "CSS: “@media”: “forced-colors”",
)
"""What the stylesheet uses by the CSS specifications and the checker has not learned."""


def nu_errors(folder: Path) -> list[str]:
    """Errors in the HTML and CSS files of a folder, as `file:line: message`."""
    checker = [need("Java"), "-Xss2m", "-jar", need("the Nu checker")]
    options = ["--format", "json", "--errors-only", "--also-check-css", "--exit-zero-always"]
    files = sorted(map(str, folder.iterdir()))
    done = subprocess.run([*checker, *options, *files], capture_output=True, text=True, check=True)
    return [
        f"{Path(found['url']).name}:{found.get('lastLine', 0)}: {found['message']}"
        for found in json.loads(done.stderr)["messages"]
        if not found["message"].startswith(NOT_YET_KNOWN)
    ]


def test_no_page_and_no_stylesheet_has_an_error(phone: Page, tmp_path: Path) -> None:
    """As the server sends it, before any script touched it."""
    for view in [*addresses(), *STATES]:
        phone.context.clear_cookies()
        show(phone, view)
        (tmp_path / f"{file_name(view)}.html").write_bytes(phone.request.get(phone.url).body())
    (tmp_path / "site.css").write_bytes((ROOT / "static" / "css" / "site.css").read_bytes())
    assert nu_errors(tmp_path) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    """The control."""
    page = "<!doctype html><html lang=th><title>x</title><p id=a>x<p id=a>y"
    (tmp_path / "wrong.html").write_text(page, encoding="utf-8")
    (tmp_path / "wrong.css").write_text("p { colour: red }", encoding="utf-8")
    found = nu_errors(tmp_path)
    assert [name.partition(":")[0] for name in found] == ["wrong.css", "wrong.html"]
