"""The command line: each command in its own database, as an operator calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classroom import clock, create_app
from classroom.cli import main
from classroom.config import from_environment
from classroom.database import db
from tests import make
from tests.conftest import migrate
from tests.rows import rows

KEYS = {"SECRET_KEY": "abcdefghij-0123456789-ABCDEFGHIJ", "DATA_KEY": "0123456789-abcdefghij-KLMNOPQRST"}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A production of its own, over the sample lessons."""
    return {
        **KEYS,
        "CLASSROOM_ENV": "production",
        "CLASSROOM_VAR": str(tmp_path),
        "CLASSROOM_LESSONS": str(make.SAMPLE_LESSONS),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'classroom.sqlite3'}",
    }


def call(environ: Mapping[str, str], *arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments), env=dict(environ))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_upgrade_makes_the_tables_and_a_second_time_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    assert call(environ, "db", "upgrade").exit_code == 0
    before = _schema(tmp_path)
    assert "attempt" in before
    assert call(environ, "db", "upgrade").exit_code == 0
    assert _schema(tmp_path) == before


def test_sound_lessons_pass_the_check(environ: dict[str, str]) -> None:
    result = call(environ, "content", "check")
    assert (result.exit_code, result.output) == (0, "0 to mend, 0 to think about\n")


def test_broken_lessons_fail_the_check_with_every_problem(environ: dict[str, str], lessons: Path) -> None:
    make.change(lessons / "speaking/limits/lesson.md", "minutes: 8", "minutes: long")
    make.change(lessons / "fairness/equal/quiz.yaml", "article: 2\n", "article: 31\n")
    result = call(environ | {"CLASSROOM_LESSONS": str(lessons)}, "content", "check")
    assert (result.exit_code, len(result.output.splitlines())) == (1, 3)
    assert "speaking/limits/lesson.md:6: " in result.output
    assert result.output.endswith("2 to mend, 0 to think about\n")


def test_a_warning_passes_the_check_and_is_said(environ: dict[str, str], lessons: Path) -> None:
    make.change(lessons / "speaking/limits/lesson.md", "มีคนมาเล่าเรื่อง", "มีผู้พิการมาเล่าเรื่อง")
    result = call(environ | {"CLASSROOM_LESSONS": str(lessons)}, "content", "check")
    assert (result.exit_code, "(warning)" in result.output) == (0, True)
    assert result.output.endswith("0 to mend, 1 to think about\n")


def test_new_ids_are_kept(environ: dict[str, str], lessons: Path) -> None:
    ids = lessons / "fairness/ids.txt"
    kept = ids.read_text(encoding="utf-8")
    ids.write_text("", encoding="utf-8")
    result = call(environ | {"CLASSROOM_LESSONS": str(lessons)}, "content", "keep-ids")
    assert result.output == "4 ids kept\n"
    assert ids.read_text(encoding="utf-8") == kept


@pytest.mark.parametrize("command", [("serve",), ("db", "upgrade"), ("purge",)])
def test_a_weak_key_stops_every_command_with_a_sentence(command: tuple[str, ...], environ: dict[str, str]) -> None:
    result = call(environ | {"SECRET_KEY": "short"}, *command)
    assert (result.exit_code, result.stderr.startswith("SECRET_KEY is missing, short or guessable")) == (2, True)


def test_broken_lessons_stop_the_server_with_every_problem(environ: dict[str, str], lessons: Path) -> None:
    make.change(lessons / "speaking/limits/lesson.md", "minutes: 8", "minutes: long")
    result = call(environ | {"CLASSROOM_LESSONS": str(lessons)}, "serve")
    assert (result.exit_code, result.stderr.startswith("speaking/limits/lesson.md:6: ")) == (2, True)


def test_demo_people_are_for_development(environ: dict[str, str]) -> None:
    result = call(environ, "demo", "fill")
    assert (result.exit_code, result.stderr) == (2, "demo people are for development: set CLASSROOM_ENV=development\n")


def test_the_first_operator_is_made_from_the_command_line(environ: dict[str, str], tmp_path: Path) -> None:
    call(environ, "db", "upgrade")
    make.account(create_app(from_environment(environ)), "nam@school.test")
    result = call(environ, "person", "promote", "Nam@school.test", "operator")
    assert (result.exit_code, result.output) == (0, "person 1: operator\n")
    with closing(sqlite3.connect(tmp_path / "classroom.sqlite3")) as database:
        assert database.execute("SELECT duties FROM person").fetchall() == [("operator",)]
        assert database.execute("SELECT action, actor_id FROM audit_entry").fetchall() == [("role-grant", None)]


@pytest.mark.parametrize(
    ("address", "duty"), [("nobody@school.test", "operator"), ("nobody", "editor"), ("x@y.z", "king")]
)
def test_promoting_nobody_stops_with_a_sentence(environ: dict[str, str], address: str, duty: str) -> None:
    call(environ, "db", "upgrade")
    result = call(environ, "person", "promote", address, duty)
    assert (result.exit_code, bool(result.output)) == (2, True)


def test_purge_counts_first_and_forgets_then(environ: dict[str, str]) -> None:
    migrate(environ["DATABASE_URL"])
    app = create_app(make.settings(environ["DATABASE_URL"]))
    make.handed_in(app, make.guest(app, clock.now() - timedelta(days=31)))
    staying = make.guest(app)
    dry = call(environ, "purge", "--dry-run").output
    assert (counted(dry, "guests"), dry.endswith("a dry run: nothing was forgotten\n")) == (1, True)
    assert len(rows(app, "person")) == 2
    assert [counted(call(environ, "purge").output, "guests") for _ in range(2)] == [1, 0]
    assert [person["id"] for person in rows(app, "person")] == [staying.person_id]
    with app.app_context():
        db.engine.dispose()


def counted(output: str, what: str) -> int:
    """What `purge` says of the rule that names this."""
    (line,) = [line for line in output.splitlines() if what in line]
    return int(line.split()[0])


def _schema(folder: Path) -> dict[str, str]:
    with sqlite3.connect(folder / "classroom.sqlite3") as connection:
        found = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    connection.close()
    return found
