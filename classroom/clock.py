"""The one clock. Tests pass time as an argument or move this clock; nothing else asks the system."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
