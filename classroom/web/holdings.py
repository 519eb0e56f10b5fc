"""What the foundations hold: the audit, and the counters of the limits."""

from __future__ import annotations

from typing import Any

from classroom import audit, phrases
from classroom.retention import Holding, Rule
from classroom.web import limits


def _export_audit(person_id: int) -> list[dict[str, Any]]:
    """What the person did, and what others did about them. Who the others were is theirs."""
    return [
        {
            "at": entry.at,
            "action": entry.action,
            "outcome": entry.outcome,
            "by_oneself": entry.actor_id == person_id,
        }
        for entry in audit.of_person(person_id)
    ]


HOLDINGS = (
    Holding(
        "audit_entry",
        "person",
        phrases.WHY_AUDIT,
        phrases.KEPT_365_DAYS,
        export=_export_audit,
        rules=(Rule("audit entries", rows=audit.purge),),
        outlives=True,
    ),
    Holding(
        "limit_window",
        "nobody",
        phrases.WHY_LIMITS,
        phrases.KEPT_ONE_DAY,
        rules=(Rule("limits", rows=limits.purge),),
    ),
    Holding("limit_key", "nobody", phrases.WHY_LIMITS, phrases.KEPT_ONE_DAY, goes_with="limit_window"),
)
