"""How many notices are in which state; `harvester.service.notify.outbox` moves them from one to the next."""

from __future__ import annotations

from sqlalchemy import func, select

from harvester.store.database import Database
from harvester.store.schema import Notice

TRIES = 10
"""Tries after which a notice is given up: a day and a half with the pauses of the outbox."""
WITHDRAWN = "withdrawn: a later capture showed no such change"
PASSED_OVER = "passed over: no watch of the target fits"
SET_ASIDE = "passed over: set aside at the desk"


_IS_WITHDRAWN = func.coalesce(Notice.error, "") == WITHDRAWN
_STATE = (Notice.target, Notice.sent_at.is_not(None), Notice.tries >= TRIES, _IS_WITHDRAWN)
# Made once: to build it takes longer than to run it.
_COUNTED = (
    select(*_STATE, func.count())
    .where(func.coalesce(Notice.error, "").not_in((PASSED_OVER, SET_ASIDE)))
    .group_by(*_STATE)
)


def outbox(database: Database) -> dict[str, dict[str, int]]:
    """Return how many notices of each target are pending (``owed``), sent, withdrawn and given up."""
    states: dict[str, dict[str, int]] = {}
    with database.reading() as session:
        for target, was_sent, used_up, is_withdrawn, number in session.execute(_COUNTED):
            state = "withdrawn" if is_withdrawn else "sent" if was_sent else "given up" if used_up else "owed"
            counts = states.setdefault(target, {"owed": 0, "sent": 0, "withdrawn": 0, "given up": 0})
            counts[state] += number
    return states
