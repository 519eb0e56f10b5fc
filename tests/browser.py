"""A browser for tests: visits pages, presses buttons, and looks hard at every page it meets."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from classroom.database import db
from tests import audit
from tests.page import Page, Typed

ORIGIN = "https://classroom.test"
MOST_HOPS = 5
URLENCODED = "application/x-www-form-urlencoded"

Fields = Mapping[str, str | Sequence[str]] | Sequence[tuple[str, str]] | bytes
"""Of a form; bytes are a body as it is."""


class Browser:
    """One person's browser. `is_old` sends neither Sec-Fetch-Site nor Origin, as browsers before 2020 did."""

    def __init__(self, app: Flask, *, is_old: bool = False, origin: str = ORIGIN, address: str = "127.0.0.1") -> None:
        self._client = FlaskClient(app, use_cookies=True)
        self._client.environ_base["REMOTE_ADDR"] = address
        self._origin = origin
        self._is_old = is_old
        self.page: Page | None = None

    def visit(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address, follow where it leads, and audit what is there."""
        return self._arrive(self._open("GET", path, headers=dict(headers or {})))

    def follow(self, words: str) -> Page:
        """Follow the link that reads so."""
        assert self.page is not None
        return self.visit(self.page.link(words))

    def press(self, button: str, fields: Typed | None = None, *, within: str | None = None) -> Page:
        """Fill in the form that holds the button (its name or its words) and press it."""
        assert self.page is not None
        form, pressed = self.page.form_with(button, within)
        sent = form.filled(fields or {}, pressed)
        if form.method == "get":
            query = "&".join(f"{name}={value}" for name, value in sent)
            return self.visit(f"{form.action}?{query}")
        return self.post(form.action or self.page.path, sent)

    def post(self, path: str, fields: Fields = (), headers: Mapping[str, str] | None = None) -> Page:
        """Send any form, forged ones too, and follow where it leads."""
        return self._arrive(self.send(path, fields, headers))

    def send(self, path: str, fields: Fields = (), headers: Mapping[str, str] | None = None) -> Page:
        """Send any form and stay at its own answer; `headers` come on top of a browser's, "" takes one away."""
        own = {} if self._is_old else {"Sec-Fetch-Site": "same-origin", "Origin": self._origin}
        chosen = {name: value for name, value in (own | dict(headers or {})).items() if value}
        if isinstance(fields, bytes):
            return self._open("POST", path, data=fields, headers={"Content-Type": URLENCODED} | chosen)
        return self._open("POST", path, data=_encoded(fields), headers=chosen)

    def fetch(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Page:
        """Open an address without following it or auditing what is there."""
        return self._open(method, path, headers=dict(headers or {}))

    def move_to(self, app: Flask) -> None:
        """The same browser meets the site served by another process: its cookies stay."""
        self._client.application = app

    def cookie(self, name: str = "__Host-classroom") -> str | None:
        found = self._client.get_cookie(name, domain=urlsplit(self._origin).hostname or "")
        return found.value if found else None

    def set_cookie(self, value: str, name: str = "__Host-classroom") -> None:
        self._client.set_cookie(name, value, domain=urlsplit(self._origin).hostname or "")

    def _arrive(self, page: Page) -> Page:
        for _ in range(MOST_HOPS):
            if page.status not in (301, 302, 303):
                break
            page = self._open("GET", page.headers["Location"])
        self.page = page
        if page.is_html:
            audit.expect_sound(page)
        return page

    def _open(self, method: str, path: str, **options: Any) -> Page:
        address = path.partition("#")[0]
        with _counting(self._client.application) as statements:
            answer: TestResponse = self._client.open(address, method=method, base_url=self._origin, **options)
        body = answer.get_data()
        answer.close()
        return Page(_where(address), answer.status_code, answer.headers, body, statements if method == "GET" else ())


def _where(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _encoded(fields: Mapping[str, str | Sequence[str]] | Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    encoded: dict[str, list[str]] = {}
    for name, value in pairs:
        encoded.setdefault(name, []).extend([value] if isinstance(value, str) else value)
    return encoded


_statements: ContextVar[list[str] | None] = ContextVar("statements", default=None)
_watched: weakref.WeakSet[Engine] = weakref.WeakSet()


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    """Collects the SQL of one request; BEGIN is no statement of ours."""
    with app.app_context():
        engine = db.engine
    if engine not in _watched:
        event.listen(engine, "before_cursor_execute", _note)
        _watched.add(engine)
    statements: list[str] = []
    token = _statements.set(statements)
    try:
        yield statements
    finally:
        _statements.reset(token)


def _note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
    statements = _statements.get()
    if statements is not None and not statement.startswith("BEGIN"):
        statements.append(statement)
