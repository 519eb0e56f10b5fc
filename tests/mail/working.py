"""A worker in a process of its own, for tests that end it: `python -m tests.mail.working DATABASE_URL SMTP_PORT`."""

from __future__ import annotations

import sys

from classroom import create_app
from classroom.mail.worker import Ending, work
from tests import make
from tests.mail import trial


def main(database_url: str, port: str) -> None:
    app = create_app(make.settings(database_url))
    ending = Ending()
    ending.listen()
    work(trial.delivery(app, trial.smtp(int(port))), app.app_context, ending)


if __name__ == "__main__":
    main(*sys.argv[1:])
