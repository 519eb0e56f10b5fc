"""The log has the fields that are allowed, and nothing of anyone (security.md F33)."""

from __future__ import annotations

import ast
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom.config import PACKAGE
from classroom.database import db
from classroom.permissions import Can
from classroom.web.guards import allow
from classroom.web.logging import FIELDS, AllowedFields
from tests import make
from tests.conftest import AppWith

METHODS = {"debug", "info", "warning", "error", "critical", "exception"}
PRIVATE = ("nam@school.test", "written", "searched", "a-secret-of-mine", "127.0.0.1", "น้ำ")


def test_a_line_is_one_object_with_its_allowed_fields() -> None:
    line = _line("letter %(letter)d not sent: %(error)s", {"letter": 7, "error": "TimeoutError"})
    assert {name: line[name] for name in ("level", "logger", "event", "letter", "error")} == {
        "level": "warning",
        "logger": "classroom.test",
        "event": "letter %(letter)d not sent: %(error)s",
        "letter": 7,
        "error": "TimeoutError",
    }


def test_a_field_that_is_not_allowed_is_left_out() -> None:
    line = _line("sent to %(email)s", {"email": "nam@school.test"})
    assert "nam@school.test" not in json.dumps(line)


def test_what_a_foreign_library_fills_in_is_left_out() -> None:
    line = _line("Exception on /me?q=searched from %s", "127.0.0.1", logger="flask.app")
    assert line["event"] == "x.py:1"
    assert [word for word in PRIVATE if word in json.dumps(line)] == []


def test_of_an_exception_only_its_class_and_places_are_written() -> None:
    try:
        int("written by nam@school.test")
    except ValueError:
        line = _line("failed", exc_info=True)
    assert line["raised"] == "ValueError"
    assert [place.partition(":")[0] for place in line["places"]] == ["test_logging.py"]
    assert "nam" not in json.dumps(line)


def test_a_failed_statement_does_not_tell_its_parameters(app_with: AppWith, capsys: pytest.CaptureFixture[str]) -> None:
    def boom() -> str:
        db.session.execute(sa.text("SELECT no_such_column FROM person WHERE email = :email"), {"email": PRIVATE[0]})
        return ""

    app = app_with()
    app.add_url_rule("/boom", view_func=allow(Can.READ)(boom), methods=["GET", "POST"])
    browser = make.browser_of(app, make.account(app))
    with _to_stderr():
        browser.post("/boom?query=searched", {"text": "written"})
    written = capsys.readouterr().err
    assert json.loads(written.splitlines()[-1])["level"] == "error"
    assert [word for word in PRIVATE if word in written] == []


def test_every_application_logs_so(site: Flask) -> None:
    assert any(isinstance(handler.formatter, AllowedFields) for handler in logging.getLogger().handlers)


def test_every_log_call_of_ours_names_allowed_fields_only() -> None:
    found = [fault for file in sorted(PACKAGE.rglob("*.py")) for fault in strange_log_calls(file)]
    assert found == [], "log.warning('…%(count)d', {'count': …}) with fields of web/logging.py"


@pytest.mark.parametrize(
    "line",
    ['log.info("to %s", address)', 'log.error("x", {"email": address})', "log.error(message)", 'log.info("x", fields)'],
)
def test_a_log_call_with_other_fields_is_noticed(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(line, encoding="utf-8")
    assert strange_log_calls(tmp_path / "x.py") == ["x.py:1"]


def strange_log_calls(file: Path) -> list[str]:
    """Calls of `log.…` whose message is not written out, or whose fields are not the allowed ones."""
    calls = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return [f"{file.name}:{call.lineno}" for call in calls if _is_log_call(call) and not _is_sound(call)]


def _is_log_call(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "log"
        and function.attr in METHODS
    )


def _is_sound(call: ast.Call) -> bool:
    message, *fields = call.args
    if not isinstance(message, ast.Constant) or len(fields) > 1:
        return False
    return not fields or (isinstance(fields[0], ast.Dict) and {_key(key) for key in fields[0].keys} <= FIELDS)


def _key(key: ast.expr | None) -> object:
    return key.value if isinstance(key, ast.Constant) else None


def _line(message: str, *arguments: Any, logger: str = "classroom.test", exc_info: bool = False) -> dict[str, Any]:
    record = logging.getLogger(logger).makeRecord(
        logger, logging.WARNING, "x.py", 1, message, arguments, sys.exc_info() if exc_info else None
    )
    line: dict[str, Any] = json.loads(AllowedFields().format(record))
    return line


@contextmanager
def _to_stderr() -> Iterator[None]:
    """A handler that writes where the test looks."""
    handler = logging.StreamHandler()
    handler.setFormatter(AllowedFields())
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
