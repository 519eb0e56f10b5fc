"""The worker's loop: deliver what is due, rest when nothing is, end between two letters when told to."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType

from sqlalchemy.exc import DBAPIError

from classroom import clock
from classroom.mail.delivery import Delivery

log = logging.getLogger("classroom.mail")

REST_SECONDS = 1
"""Between two looks at an empty outbox, and so the longest that an end waits for the loop."""


class Ending:
    """Whether the worker has been told to end: by SIGTERM, by Ctrl-C, or by the end of the process it stands beside."""

    def __init__(self, beside: int | None = None) -> None:
        self._beside = beside
        self._is_told = False

    def listen(self) -> None:
        """From now on a signal lets the present letter go out first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._is_told = True

    def __bool__(self) -> bool:
        return self._is_told or (self._beside is not None and os.getppid() != self._beside)


def work(delivery: Delivery, in_context: Callable[[], AbstractContextManager[object]], ending: Ending) -> None:
    """Deliver until `ending`; each letter in a context, and so a database session, of its own."""
    while not ending:
        if not _deliver_next(delivery, in_context):
            time.sleep(REST_SECONDS)


def _deliver_next(delivery: Delivery, in_context: Callable[[], AbstractContextManager[object]]) -> bool:
    """Whether there was a letter; a database that is away is as good as none, and is asked again."""
    try:
        with in_context():
            return delivery.deliver_next(clock.now())
    except DBAPIError as error:
        log.warning("database unavailable: %(error)s", {"error": type(error.orig).__name__})
        return False
