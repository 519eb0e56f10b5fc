"""The migrations make what the models say, keep what is there, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from classroom import create_app
from classroom.config import PACKAGE
from classroom.database import db
from tests import make
from tests.every_table import fill_every_table
from tests.rows import everything

MIGRATIONS = PACKAGE / "migrations"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """The site over a database of its own without any table."""
    app = create_app(make.settings(f"sqlite:///{tmp_path / 'own.sqlite3'}"))
    Migrate(app, db, directory=str(MIGRATIONS))
    yield app
    with app.app_context():
        db.engine.dispose()


def revisions() -> list[str]:
    """From the first to the last."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def test_the_tables_are_those_of_the_models(site: Flask) -> None:
    with site.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_a_column_that_no_migration_makes_is_noticed(site: Flask) -> None:
    stray = sa.Table("stray", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))
    with site.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [difference[0] for difference in compare_metadata(context, stray.metadata)]
    assert "add_table" in found


def test_the_migrations_follow_each_other_in_one_line() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    assert revisions() == sorted(revisions())


def test_every_migration_can_be_taken_back_and_made_again(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert set(sa.inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}


def test_going_back_one_step_and_forth_again_loses_no_person(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
    fill_every_table(empty)
    people = len(everything(empty)["person"])
    with empty.app_context():
        downgrade(revision="-1")
        upgrade()
    assert len(everything(empty)["person"]) == people


@pytest.mark.sqlite_only(reason="only SQLite has them off while migrating")
def test_foreign_keys_are_minded_again_after_migrating(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_fails_leaves_nothing_of_itself(empty: Flask) -> None:
    with empty.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE quiz_version (in_the_way INTEGER)")
        with pytest.raises(sa.exc.OperationalError, match="quiz_version"):
            upgrade()
        assert sa.inspect(db.engine).get_table_names() == ["quiz_version"]
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE quiz_version")
        upgrade()
        assert set(sa.inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}


def test_upgrading_what_is_up_to_date_changes_nothing(site: Flask) -> None:
    fill_every_table(site)
    before = everything(site)
    Migrate(site, db, directory=str(MIGRATIONS))
    with site.app_context():
        upgrade()
    assert everything(site) == before
