"""Lists that are read page by page: the address says after which row to go on, so that new rows shift nothing."""

from __future__ import annotations

from flask import request

LARGEST_ID = 2**31 - 1
"""Of an integer column; a larger number names no row."""


def before() -> int | None:
    """The id in `?before=`; None where there is none, or no id."""
    asked = request.args.get("before", type=int)
    return asked if asked is not None and 0 < asked <= LARGEST_ID else None
