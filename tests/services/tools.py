"""Programs that come from the system's packages or from npm, and where they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / ".ci" / "node_modules"
CHROMIUM_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)
"""Headless, asking nobody but the page's own server. Chromium's sandbox does not start for root."""


class ToolMissing(Exception):
    """A program that a test needs is not on this machine."""


def chromium() -> Path | None:
    return _on_path("chromium", "chromium-browser", "google-chrome")


def node() -> Path | None:
    return _on_path("node")


def java() -> Path | None:
    return _on_path("java")


def postgresql() -> Path | None:
    """The folder of the newest server's programs; Debian keeps them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    initdb = versions[-1] if versions else _on_path("initdb")
    return initdb.parent if initdb else None


def axe() -> Path | None:
    return _from_npm("axe-core/axe.min.js")


def lighthouse() -> Path | None:
    return _from_npm("lighthouse/cli/index.js")


def nu_checker() -> Path | None:
    return _from_npm("vnu-jar/build/dist/vnu.jar")


TOOLS: Mapping[str, Callable[[], Path | None]] = {
    "Chromium": chromium,
    "Node.js": node,
    "Java": java,
    "PostgreSQL": postgresql,
    "axe-core": axe,
    "Lighthouse": lighthouse,
    "the Nu checker": nu_checker,
}


def find(name: str) -> Path:
    """The path of one of `TOOLS`. Raises `ToolMissing`."""
    path = TOOLS[name]()
    if path is None:
        raise ToolMissing(f"{name} is not on this machine; `make test` installs it where it may, as root on Debian")
    return path


def _on_path(*names: str) -> Path | None:
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def _from_npm(name: str) -> Path | None:
    path = NODE_MODULES / name
    return path if path.exists() else None
