"""The part of a history that readers see by default: the changes of the policy, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.store.ledger import ledger
from harvester.store.read.versions import VersionRow
from harvester.store.schema import Capture

NOT_OF_THE_WORDS = ("cosmetic", "technical", "language")
"""The kinds that alter none of the policy's words; ``log --json`` joins the versions at their sides."""
SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A capture that made no version: by its own page (its outcome), or by its place in the history (`SET_ASIDE`)."""

    timestamp: datetime
    url: str
    outcome: str
    reason: str | None


def joined(rows: Iterable[VersionRow], hidden: Collection[str]) -> tuple[list[VersionRow], Counter[str]]:
    """Return versions, oldest first, each with those that only a hidden kind of change divides from it; and the kinds.

    A joined version keeps the number, text and beginning of its first and the end of its last.
    """
    found: list[VersionRow] = []
    kinds: Counter[str] = Counter()
    for row in rows:
        if found and row.kind in hidden:
            kinds[row.kind or ""] += 1
            found[-1] = replace(found[-1], last_seen=row.last_seen, captures=found[-1].captures + row.captures)
        else:
            found.append(row)
    return found, kinds


def left_out(session: Session, service_id: int) -> list[LeftOut]:
    """Return the captures of a service that made no version although they were requested, oldest first."""
    from harvester.store.history.history import set_aside  # only `log --all` waits for what makes histories

    aside = set_aside(session, service_id)
    named = session.scalars(
        select(Capture).where(Capture.service_id == service_id, Capture.outcome.in_(ledger.OBSERVING))
    )
    rows = [(one, one.outcome, one.reason) for one in ledger.refused(session, service_id)]
    rows += [(one, SET_ASIDE, aside[one.id]) for one in named if one.id in aside]
    rows.sort(key=lambda row: (row[0].timestamp, row[0].id))
    return [LeftOut(one.timestamp, one.original, outcome, reason) for one, outcome, reason in rows]
