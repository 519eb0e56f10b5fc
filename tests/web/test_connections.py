"""When every connection to the database is in use, a page says so soon, and works again when one is free."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom.database import db
from tests import make


def test_a_page_that_gets_no_connection_is_a_503_and_recovers(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = make.browser_of(site, make.guest(site))
    with site.app_context():
        pool = db.engine.pool
        monkeypatch.setattr(pool, "_timeout", 0.01)
        held = [db.engine.connect() for _ in range(pool.size() + pool._max_overflow)]  # type: ignore[attr-defined]
    page = browser.visit("/me")
    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    for connection in held:
        connection.close()
    assert browser.visit("/me").status == 200
