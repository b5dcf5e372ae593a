"""Services by half-year: for each the version in force, what changed, and the outcome of what was looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name
from harvester.dates import half_year, half_year_label, half_years, next_half_year
from harvester.diffing import Kind
from harvester.store.ledger.ledger import OBSERVING
from harvester.store.ledger.sources import HOME
from harvester.store.read.missing import without_versions
from harvester.store.schema import Capture, Change, Interval, Source, TextRow, Version

Row = dict[str, Any]
_OF_TEXT = ("sha256", "words", "language", "policy_likelihood", "reading_grade")


def panel_rows(session: Session, service_id: int, service: str) -> Iterator[Row]:
    """Yield a row for each half-year from the first that is known of to the last; one without a half-year if none is.

    `version` is the one in force at the end of the half-year, `seen` how many captures of the half-year show a policy.
    `outcome` is ``stored`` if any does, else the commonest of the captures, else that of the planned interval.
    """
    versions = session.execute(
        select(Version.first_seen, *(getattr(TextRow, name) for name in _OF_TEXT))
        .join(TextRow, TextRow.id == Version.text_id)
        .where(Version.service_id == service_id)
        .order_by(Version.first_seen)
    ).all()
    captures, intervals = _captures(session, service_id), _intervals(session, service_id)
    changes: dict[datetime, list[Any]] = defaultdict(list)
    wanted = (Change.before, Change.kind, Change.words_added, Change.words_removed)
    for change in session.execute(select(*wanted).where(Change.service_id == service_id)):
        changes[half_year(change.before)].append(change)
    known = {*captures, *intervals, *(half_year(one.first_seen) for one in versions)}
    if not known:
        [absent] = without_versions(session, [service_id])
        yield _row(service, None, outcome=str(absent.outcome), reason=absent.reason)
        return
    starts = [one.first_seen for one in versions]
    for start in half_years(min(known), max(known)):
        seen = _seen(captures[start])
        outcome, reason = _outcome(captures[start], intervals.get(start), seen)
        number = bisect_right(starts, next_half_year(start)) if starts else 0
        number -= bool(number and starts[number - 1] == next_half_year(start))
        text = {name: getattr(versions[number - 1], name) for name in _OF_TEXT} if number else {}
        if split_name(service)[1] != PRIVACY_POLICY:
            text["policy_likelihood"] = None
        yield _row(
            service,
            start,
            captures=captures[start].total(),
            seen=seen,
            outcome=outcome,
            reason=reason,
            version=number or None,
            changes=len(changes[start]),
            substantive=sum(one.kind == Kind.SUBSTANTIVE for one in changes[start]),
            words_added=sum(one.words_added for one in changes[start]),
            words_removed=sum(one.words_removed for one in changes[start]),
            **text,
        )


_Outcome = tuple[str, str | None]


def outcomes_in(
    session: Session, services: Collection[int], start: datetime
) -> dict[int, tuple[str | None, str | None]]:
    """Return what was found of some services in the half-year that begins at `start`: the outcome and the reason of its
    row in a panel. Those of which nothing is known are left out.
    """
    within = (Capture.timestamp >= start, Capture.timestamp < next_half_year(start))
    counted = (
        select(Capture.service_id, Capture.outcome, Capture.reason, func.count())
        .join(Source, Source.id == Capture.source_id)
        .where(Capture.service_id.in_(services), *within, Source.origin != HOME)
        .group_by(Capture.service_id, Capture.outcome, Capture.reason)
    )
    captures: dict[int, Counter[_Outcome]] = defaultdict(Counter)
    for service, outcome, reason, number in session.execute(counted):
        captures[service][str(outcome), reason] = number
    planned = (
        select(Interval.service_id, Interval.outcome, Interval.reason)
        .where(Interval.service_id.in_(services), Interval.capture_id.is_(None))
        .where(Interval.start >= start, Interval.start < next_half_year(start))
        .order_by(Interval.id)
    )
    intervals = {row.service_id: (str(row.outcome), row.reason) for row in session.execute(planned)}
    return {one: _outcome(captures[one], intervals.get(one), _seen(captures[one])) for one in {**captures, **intervals}}


def _seen(captures: Counter[_Outcome]) -> int:
    return sum(number for (outcome, _), number in captures.items() if outcome in OBSERVING)


def _captures(session: Session, service_id: int) -> dict[datetime, Counter[_Outcome]]:
    rows = session.execute(
        select(Capture.timestamp, Capture.outcome, Capture.reason)
        .join(Source, Source.id == Capture.source_id)
        .where(Capture.service_id == service_id, Source.origin != HOME)
    )
    found: dict[datetime, Counter[_Outcome]] = defaultdict(Counter)
    for timestamp, outcome, reason in rows:
        found[half_year(timestamp)][str(outcome), reason] += 1
    return found


def _intervals(session: Session, service_id: int) -> dict[datetime, _Outcome]:
    rows = session.execute(
        select(Interval.start, Interval.outcome, Interval.reason)
        .where(Interval.service_id == service_id, Interval.capture_id.is_(None))
        .order_by(Interval.id)
    )
    return {half_year(start): (str(outcome), reason) for start, outcome, reason in rows}


def _outcome(captures: Counter[_Outcome], interval: _Outcome | None, seen: int) -> tuple[str | None, str | None]:
    if seen:
        return "stored", None
    if captures:
        return min(captures.items(), key=lambda one: (-one[1], str(one[0])))[0]
    return interval or (None, None)


def _row(service: str, start: datetime | None, **values: Any) -> Row:
    return {
        "service": service,
        "half_year": half_year_label(start) if start else None,
        "start": start,
        "end": next_half_year(start) if start else None,
        **{name: values.get(name) for name in PANEL_VALUES},
    }


PANEL_VALUES = (
    "captures",
    "seen",
    "outcome",
    "reason",
    "version",
    "changes",
    "substantive",
    "words_added",
    "words_removed",
    *_OF_TEXT,
)
