"""What notes hold, and for how long."""

from __future__ import annotations

from classroom import phrases
from classroom.notes import inbox
from classroom.notes.models import Note
from classroom.retention import Holding, Rule, delete_rows

HOLDINGS = (
    Holding(
        "note",
        "nobody",  # it does not say whose it is, so it cannot be found for them
        phrases.WHY_NOTES,
        phrases.KEPT_90_DAYS,
        rules=(Rule("notes", rows=delete_rows(Note, lambda now: Note.created_at <= now - inbox.KEPT)),),
    ),
)
