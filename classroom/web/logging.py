"""The log: one JSON object a line, with the fields that are allowed and no other (security.md F33).

    log.warning("letter %(letter)d not sent: %(error)s", {"letter": 7, "error": "TimeoutError"})

What a person sent, is called, typed or holds is in no field. The words of an exception may hold it all (a statement and
its parameters, say), so of an exception only its class and the places in the code are written. Of what foreign
libraries say (Flask fills in the address that was asked for) there is only who said it, how loudly, and where.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

FIELDS = frozenset({"count", "error", "letter", "outcome", "place", "reference", "rule", "tries"})
"""Numbers of rows, names of classes and rules of ours, and references made up for the log."""
OURS = "classroom."
DEEPEST = 30
"""Places of an exception that are written, from the inside out."""


def init_app() -> None:
    """Everything that is logged in this process goes to standard error, in this form."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, AllowedFields) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(AllowedFields())
        root.addHandler(handler)


class AllowedFields(logging.Formatter):
    """Writes the message as it stands in the code, and beside it the allowed ones among its named arguments."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if record.name.startswith(OURS) else f"{record.filename}:{record.lineno}",
        }
        if isinstance(record.args, Mapping):
            line |= {str(name): value for name, value in record.args.items() if name in FIELDS}
        if record.exc_info and record.exc_info[0] is not None:
            line |= {"raised": record.exc_info[0].__name__, "places": places(record.exc_info[2])}
        return json.dumps(line, default=lambda value: type(value).__name__)


def places(trace: TracebackType | None) -> list[str]:
    """Files and lines that an exception came through, the innermost first: they hold nothing of anyone."""
    frames = [f"{Path(frame.f_code.co_filename).name}:{line}" for frame, line in walk_tb(trace)]
    return frames[: -DEEPEST - 1 : -1]
