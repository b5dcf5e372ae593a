"""Waiting and failed captures, over the whole ledger: for a status that is counted now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from harvester.store.ledger import tallies
from harvester.store.ledger.ledger import SHOWING, WAITING, Outcome
from harvester.store.schema import Capture, Run

_REASONS = 25
_READ = 20_000
_TROUBLED = [outcome for outcome in Outcome if outcome not in (*SHOWING, *WAITING, Outcome.LEFT_OUT)]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason why captures made no version, with their number."""

    outcome: str
    reason: str
    captures: int


def reasons(session: Session, counted: Mapping[str, int]) -> list[Reason]:
    """Return the most frequent reasons why captures made no version, among the 20,000 latest that made none.

    `counted` are the captures of each outcome (`tallies.totals`).
    """
    return [Reason(*row) for row in session.execute(_reasons(_are_few(counted, _TROUBLED)))]


def oldest_due(session: Session, now: datetime, counted: Mapping[str, int]) -> datetime | None:
    """Return since when the longest waiting capture has waited for its next try; `counted` as in `reasons`."""
    return session.scalar(_oldest_due(_are_few(counted, WAITING)), {"now": now})


def last_success(session: Session) -> datetime | None:
    """Return when a run last succeeded."""
    return session.scalar(_LAST_SUCCESS)


def _are_few(counted: Mapping[str, int], outcomes: Sequence[str]) -> bool:
    return sum(counted.get(outcome, 0) for outcome in outcomes) <= _READ


def _with(outcomes: Sequence[str], *, few: bool) -> list[ColumnElement[bool]]:
    """Return the conditions for captures of some outcomes. If they are few in a million, these look only where the
    tallies have them.
    """
    conditions: list[ColumnElement[bool]] = [Capture.outcome.in_(outcomes)]
    return [*conditions, Capture.service_id.in_(tallies.services_with(outcomes))] if few else conditions


# Made once: to build them takes longer than to run them.
_LAST_SUCCESS = select(func.max(Run.finished_at)).where(Run.outcome == "done")


@cache
def _oldest_due(few: bool) -> Select[datetime | None]:
    return select(func.min(Capture.due_at)).where(*_with(WAITING, few=few), Capture.due_at <= bindparam("now"))


@cache
def _reasons(few: bool) -> Select[Any]:
    chosen = select(Capture.outcome, Capture.reason).where(*_with(_TROUBLED, few=few))
    some = chosen.order_by(Capture.id.desc()).limit(_READ).subquery()
    return (
        select(some.c.outcome, func.coalesce(some.c.reason, ""), func.count().label("captures"))
        .group_by(some.c.outcome, some.c.reason)
        .order_by(func.count().desc(), some.c.outcome)
        .limit(_REASONS)
    )
