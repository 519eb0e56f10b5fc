"""What this slice holds of people."""

from __future__ import annotations

from classroom import phrases
from classroom.learning.models import Attempt, Progress, Reflection, Ticks
from classroom.retention import Holding, erase_rows

HOLDINGS = (
    Holding("answer", "person", phrases.WHY_ATTEMPTS, phrases.KEPT_30_DAYS),  # goes with its attempt
    Holding("attempt", "person", phrases.WHY_ATTEMPTS, phrases.KEPT_30_DAYS, erase=erase_rows(Attempt)),
    Holding("progress", "person", phrases.WHY_PROGRESS, phrases.KEPT_30_DAYS, erase=erase_rows(Progress)),
    Holding("ticks", "person", phrases.WHY_TICKS, phrases.KEPT_30_DAYS, erase=erase_rows(Ticks)),
    Holding("reflection", "person", phrases.WHY_REFLECTIONS, phrases.KEPT_30_DAYS, erase=erase_rows(Reflection)),
    Holding("quiz_version", "nobody", phrases.WHY_QUIZ_VERSIONS, phrases.KEPT_FOR_NOBODY),
)
