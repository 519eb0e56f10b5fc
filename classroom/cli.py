"""The command line: parse, one domain call, print."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

import click
from flask import Flask

from classroom import clock, create_app
from classroom.config import PACKAGE, UnsafeSettings, from_environment
from classroom.web.library import BrokenLessons


def _app() -> Flask:
    """The application, or a plain sentence and exit code 2 for what keeps it from starting."""
    try:
        return create_app()
    except (UnsafeSettings, BrokenLessons) as reason:
        _stop(str(reason))


def _stop(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(2)


THREADS = 64
"""Of each process: enough that pages are answered while as many people as `passwords` lets wait have their turn."""


@click.group()
def main() -> None:
    """The classroom's commands."""


@main.command()
def serve() -> None:
    """Serve on 127.0.0.1 at PORT with WORKERS processes; in development with a worker beside them."""
    _app()  # refuses here, once, rather than in every worker
    settings = from_environment(os.environ)
    click.echo(f"http://127.0.0.1:{settings.port}")
    arguments = ["granian", "--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port", str(settings.port)]
    arguments += [
        "--workers",
        str(settings.workers),
        "--no-ws",
        "--blocking-threads",
        str(THREADS),
        "--log-level",
        "warning",
        "classroom:create_app",
    ]
    sys.stdout.flush()
    if settings.is_development:
        _start_worker_beside(os.getpid())
    os.execv(sys.executable, [sys.executable, "-m", *arguments])


def _start_worker_beside(server: int) -> None:
    """The server keeps this process's number, so it becomes the worker's parent: the worker notices when it ends."""
    subprocess.Popen([sys.argv[0], "worker", "--beside", str(server)])  # noqa: S603 - this very program


@main.command()
@click.option("--once", is_flag=True, help="Try the letters that are due, each once, and end.")
@click.option("--beside", type=int, hidden=True, help="End with this process, which must be the parent.")
def worker(once: bool, beside: int | None) -> None:
    """Send letters as they fall due, until told to end (SIGTERM, Ctrl-C). Several workers may run at once."""
    from classroom.mail.worker import Ending, work

    app = _app()
    delivery = app.extensions["delivery"]
    if once:
        with app.app_context():
            click.echo(f"letters tried: {delivery.deliver_due(clock.now())}")
        return
    ending = Ending(beside)
    ending.listen()
    work(delivery, app.app_context, ending)


@main.group()
def content() -> None:
    """The lesson files."""


@content.command("check")
def content_check() -> None:
    """Say every problem of the lesson files as file:line: message; exit 1 if one keeps them from being shown."""
    from classroom.content.reader import read_library

    reading = read_library(from_environment(os.environ | {"CLASSROOM_ENV": "development"}).lessons)
    for problem in reading.problems:
        click.echo(f"{problem}{' (warning)' if problem.is_warning else ''}")
    wrong = sum(not problem.is_warning for problem in reading.problems)
    click.echo(f"{wrong} to mend, {len(reading.problems) - wrong} to think about")
    sys.exit(1 if wrong else 0)


@content.command("keep-ids")
def content_keep_ids() -> None:
    """Write down every id that is shipped now, so that none is lost later."""
    from classroom.content.ids import keep_ids

    kept = keep_ids(from_environment(os.environ | {"CLASSROOM_ENV": "development"}).lessons)
    click.echo(f"{kept} ids kept")


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to this version's tables."""
    from flask_migrate import Migrate
    from flask_migrate import upgrade as migrate

    from classroom.database import db as database

    app = _app()
    Migrate(app, database, directory=str(PACKAGE / "migrations"))
    with app.app_context():
        migrate()


@main.group()
def person() -> None:
    """People and their duties."""


@person.command()
@click.argument("address")
@click.argument("duty", type=click.Choice(["facilitator", "editor", "operator"]))
def promote(address: str, duty: str) -> None:
    """Grant DUTY to the account with this e-mail ADDRESS: so the first operator is made."""
    from classroom.accounts import roles
    from classroom.database import transaction
    from classroom.errors import Refusal
    from classroom.permissions import Duty

    app = _app()
    try:
        with app.app_context(), transaction():
            promoted = roles.promote(address, Duty(duty), clock.now())
    except Refusal as refusal:
        _stop(refusal.says)
    click.echo(f"person {promoted.id}: {', '.join(sorted(promoted.duties))}")


@main.group()
def demo() -> None:
    """People to look at the product with."""


@demo.command()
def fill() -> None:
    """Make the demo people unless they are there (development only)."""
    from classroom.database import transaction
    from classroom.home import demo_cards, demo_people
    from classroom.home.demo import fill as make
    from classroom.web.library import library

    app = _app()
    settings = app.extensions["settings"]
    if not settings.is_development:
        _stop("demo people are for development: set CLASSROOM_ENV=development")
    with app.app_context(), transaction():
        made = make(library(), settings.secret_key, clock.now())
        made |= demo_people.fill(library(), settings.secret_key, app.extensions["vault"], clock.now())
    with app.app_context():
        made |= demo_cards.fill(library(), settings.secret_key, clock.now())
    click.echo("demo people made" if made else "demo people were there already")
    for line in (*demo_people.sign_ins(settings.secret_key), demo_cards.sign_in(settings.secret_key)):
        click.echo(line)
    click.echo(f"be one of them at http://127.0.0.1:{settings.port}/dev/people")


@main.command()
@click.option("--dry-run", is_flag=True, help="Count only.")
def purge(dry_run: bool) -> None:
    """Forget what the retention rules say is due, and print how many each rule concerned. Safe to run twice."""
    from classroom.mail.folder import MailFolder

    app = _app()
    with app.app_context():
        for rule, count in app.extensions["register"].purge(clock.now(), dry_run=dry_run):
            click.echo(f"{count:7}  {rule}")
    folder = MailFolder(app.extensions["settings"].mail_folder)
    files = len(folder.old(clock.now())) if dry_run else folder.forget_old(clock.now())
    click.echo(f"{files:7}  letter files")
    if dry_run:
        click.echo("a dry run: nothing was forgotten")
