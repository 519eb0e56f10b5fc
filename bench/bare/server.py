"""Serves the bare pages with the very command that serves the product, over a copy of its database."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.services.classroom import ClassroomServer
from tests.services.server import Server, free_port
from tests.services.tools import ROOT

HOP_BY_HOP = {"connection", "content-length", "date", "server", "transfer-encoding"}
APPLICATION = "bench.bare.app:create_app"


def keep_page(folder: Path, name: str, url: str, cookie: str = "") -> None:
    """Ask the product for a page, and keep its bytes and headers as the bare page of that name."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with urllib.request.urlopen(request) as answer:
        headers = {key: value for key, value in answer.headers.items() if key.lower() not in HOP_BY_HOP}
        (folder / f"{name}.page").write_bytes(answer.read())
    (folder / f"{name}.json").write_text(json.dumps(headers), encoding="utf-8")


def bare_server(like: ClassroomServer, pages: Path, database_url: str, template_person: int) -> Server:
    """A server of the pages kept in `pages`; the product must be running, for its command line is taken over."""
    port, any_page = free_port(), next(pages.glob("*.page")).stem
    environment = os.environ | {
        "BARE_FOLDER": str(pages),
        "BARE_DATABASE_URL": database_url,
        "BARE_TEMPLATE_PERSON": str(template_person),
        "PYTHONPATH": str(ROOT),
    }
    return Server(_command(like, port), environment, pages, port=port, ready_path=f"/{any_page}")


def _command(like: ClassroomServer, port: int) -> list[str]:
    """The product's own, with another port and another application."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(like.process_ids[0])], capture_output=True, text=True, check=True
    )
    [_, *arguments, _] = shlex.split(shown.stdout)
    swapped = [str(port) if argument == str(like.port) else argument for argument in arguments]
    return [sys.executable, *swapped, APPLICATION]


def copy_of_sqlite(source: Path, target: Path) -> None:
    """A copy that stands alone: what is still in the write-ahead log is in it too."""
    for path in source.parent.glob(f"{source.name}*"):
        if not path.name.endswith(".lock"):
            shutil.copyfile(path, target.with_name(path.name.replace(source.name, target.name)))
