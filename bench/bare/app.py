"""Bare pages: the same bytes with the same headers, and the same rows written as durably; nothing else of ours.

`BARE_FOLDER` holds for each page its bytes and headers as they were answered (`bare.server` puts them there);
`BARE_DATABASE_URL` is a copy of the database that the product is measured with.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from flask import Flask, Response, request

from bench.bare.rows import rows_in


def create_app() -> Flask:
    """Answers GET /<page>, and POST /hand-in and /newcomer, which write what the product's hand-in writes."""
    app = Flask("bare", static_folder=None)
    folder = Path(os.environ["BARE_FOLDER"])
    pages = {path.stem: (path.read_bytes(), _headers(path)) for path in folder.glob("*.page")}
    rows = rows_in(os.environ["BARE_DATABASE_URL"], int(os.environ["BARE_TEMPLATE_PERSON"]))

    @app.get("/<page>")
    def show(page: str) -> Response:
        body, headers = pages[page]
        return Response(body, headers=headers)

    @app.post("/hand-in")
    def hand_in() -> Response:
        attempt = secrets.token_urlsafe(16)
        rows.hand_in(int(request.args["person"]), attempt)
        return Response(status=303, headers={"Location": f"/attempts/{attempt}"})

    @app.post("/newcomer")
    def newcomer() -> Response:
        attempt = secrets.token_urlsafe(16)
        rows.newcomer(attempt)
        return Response(status=303, headers={"Location": f"/attempts/{attempt}"})

    return app


def _headers(page: Path) -> dict[str, str]:
    headers: dict[str, str] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return headers
