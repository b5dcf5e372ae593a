"""The ledger for readers: the outcome of every planned interval and every capture of a service."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.dates import half_year, half_year_label, next_half_year
from harvester.store.ledger.ledger import SHOWING, WAITING, Outcome
from harvester.store.read.missing import Missing, missing
from harvester.store.read.versions import service_id
from harvester.store.schema import Capture, Interval, Malformed, Search, Service, Source


@dataclass(frozen=True, slots=True)
class GapEntry:
    """One line of the ledger: of an interval (`end` is set) or of a capture, each with its one outcome.

    `next_try` is when it is requested again; None: not automatically.
    """

    service: str
    url: str
    start: datetime
    end: datetime | None
    plan: str | None
    outcome: str
    reason: str | None
    tries: int
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Successive captures of a service with one outcome and one reason."""

    service: str
    first: datetime
    last: datetime
    captures: int
    outcome: str
    reason: str | None
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class HoleRun:
    """Successive half-years of a service without its policy, with one outcome and one reason; `span` names them."""

    service: str
    first: datetime
    last: datetime
    outcome: str
    reason: str | None

    @property
    def span(self) -> str:
        """The half-years: ``2019-H2 to 2023-H1``, or one alone."""
        first, last = half_year_label(self.first), half_year_label(self.last)
        return first if first == last else f"{first} to {last}"


def entries(session: Session, name: str | None = None) -> Iterator[GapEntry | Missing]:
    """Yield every line of the ledger of one service or of all: sources that the archive does not show, whose index does
    not end or of which it has no capture, intervals, captures, index rows that could not be parsed.
    """
    only = service_id(session, name) if name is not None else None
    yield from _excluded(session, only)
    yield from _endless(session, only)
    absent = without_captures(session, name)
    yield from (one for one in absent if one.url is None or one.outcome != Outcome.INDEX_ENDLESS)
    yield from _intervals(session, only)
    yield from _captures(session, only)
    yield from _malformed(session, only)


def stretches(session: Session, name: str | None = None) -> list[Stretch]:
    """Return the captures of the ledger, equal neighbours merged."""
    only = service_id(session, name) if name is not None else None
    found = []
    for (service, outcome, reason), group in groupby(
        _captures(session, only), key=lambda one: (one.service, one.outcome, one.reason)
    ):
        run = list(group)
        tries = [one.next_try for one in run if one.next_try is not None]
        found.append(Stretch(service, run[0].start, run[-1].start, len(run), outcome, reason, min(tries, default=None)))
    return found


def without_captures(session: Session, name: str | None = None) -> list[Missing]:
    """Return the sources without a capture and the services without a source, except those that `excluded` returns."""
    only = [service_id(session, name)] if name is not None else None
    return [one for one in missing(session, only) if one.url is None or one.outcome != Outcome.EXCLUDED]


def excluded(session: Session, name: str | None = None) -> list[GapEntry]:
    """Return the sources that the archive does not show, each with when it said so and when it is requested again."""
    return list(_excluded(session, service_id(session, name) if name is not None else None))


def holes(session: Session, name: str | None = None) -> list[GapEntry]:
    """Return the planned half-years in which no source of a service shows its policy, one line each."""
    only = service_id(session, name) if name is not None else None
    observed: dict[str, list[datetime]] = defaultdict(list)
    for one in _captures(session, only):
        if one.outcome in SHOWING:
            observed[one.service].append(one.start)
    found: dict[tuple[str, datetime], GapEntry] = {}
    for interval in _intervals(session, only):
        assert interval.end is not None
        times = observed[interval.service]
        shown = bisect_left(times, interval.start) < bisect_right(times, interval.end)
        known = found.get((interval.service, interval.start))
        if not shown and (known is None or _tells(known) < _tells(interval)):
            found[interval.service, interval.start] = interval
    return list(found.values())


def runs_of(half_years: Iterable[GapEntry]) -> list[HoleRun]:
    """Return half-years without a policy (`holes`), successive ones with the same outcome and reason merged."""
    found: list[HoleRun] = []
    for one in half_years:
        start, last = half_year(one.start), found[-1] if found else None
        same = last is not None and (last.service, last.outcome, last.reason) == (one.service, one.outcome, one.reason)
        if last is not None and same and start == next_half_year(last.last):
            found[-1] = replace(last, last=start)
        else:
            found.append(HoleRun(one.service, start, start, one.outcome, one.reason))
    return found


def _tells(interval: GapEntry) -> int:
    """Return how much an interval tells: that of a source with captures more than one without."""
    return {Outcome.NOT_ARCHIVED: 0, Outcome.INDEX_ENDLESS: 1}.get(Outcome(interval.outcome), 2)


def _excluded(session: Session, only: int | None) -> Iterator[GapEntry]:
    asked = select(func.max(Search.started_at)).where(Search.source_id == Source.id).scalar_subquery()
    statement = (
        select(Service.name, Source.url, Source.note, Source.excluded_until, asked.label("asked"))
        .join(Service, Service.id == Source.service_id)
        .where(Source.excluded_until.is_not(None))
        .order_by(Service.name, Source.url, Source.id)
    )
    if only is not None:
        statement = statement.where(Source.service_id == only)
    for service, url, note, until, asked_at in session.execute(statement):
        if until is not None:
            yield GapEntry(service, url, asked_at or until, None, None, Outcome.EXCLUDED, note, 0, until)


def _endless(session: Session, only: int | None) -> Iterator[GapEntry]:
    newest = select(func.max(Search.id)).group_by(Search.source_id, Search.archive)
    statement = (
        select(Service.name, Source.url, Search.started_at, Search.problem, Search.not_before)
        .join(Source, Source.id == Search.source_id)
        .join(Service, Service.id == Source.service_id)
        .where(Search.problem.is_not(None), Search.id.in_(newest))
        .order_by(Service.name, Source.url, Search.id)
    )
    if only is not None:
        statement = statement.where(Source.service_id == only)
    for service, url, started_at, problem, again in session.execute(statement):
        yield GapEntry(service, url, started_at, None, None, Outcome.INDEX_ENDLESS, problem, 0, again)


def _intervals(session: Session, only: int | None) -> Iterator[GapEntry]:
    statement = (
        select(Interval, Service.name, Source.url, Capture)
        .join(Service, Service.id == Interval.service_id)
        .join(Source, Source.id == Interval.source_id)
        .outerjoin(Capture, Capture.id == Interval.capture_id)
        .order_by(Service.name, Interval.start, Source.url, Interval.plan)
    )
    if only is not None:
        statement = statement.where(Interval.service_id == only)
    for interval, service, url, capture in session.execute(statement):
        outcome, reason = (capture.outcome, capture.reason) if capture else (interval.outcome, interval.reason)
        tries, due = (capture.tries, _next_try(capture)) if capture else (0, None)
        yield GapEntry(service, url, interval.start, interval.end, interval.plan, outcome, reason, tries, due)


def _captures(session: Session, only: int | None) -> Iterator[GapEntry]:
    statement = (
        select(Capture, Service.name)
        .join(Service, Service.id == Capture.service_id)
        .order_by(Service.name, Capture.timestamp, Capture.id)
    )
    if only is not None:
        statement = statement.where(Capture.service_id == only)
    for capture, service in session.execute(statement.execution_options(yield_per=1_000)):
        yield GapEntry(
            service,
            capture.original,
            capture.timestamp,
            None,
            capture.plan,
            capture.outcome,
            capture.reason,
            capture.tries,
            _next_try(capture),
        )


def _malformed(session: Session, only: int | None) -> Iterator[GapEntry]:
    statement = (
        select(Malformed, Service.name, Source.url)
        .join(Source, Source.id == Malformed.source_id)
        .join(Service, Service.id == Source.service_id)
        .order_by(Service.name, Malformed.id)
    )
    if only is not None:
        statement = statement.where(Source.service_id == only)
    for row, service, url in session.execute(statement):
        reason = f"{row.reason}: {row.line}"
        yield GapEntry(service, url, row.seen_at, None, None, "malformed", reason, 0, None)


def _next_try(capture: Capture) -> datetime | None:
    asked_again = (*WAITING, Outcome.UNPLAYABLE, Outcome.EXCLUDED)
    return capture.due_at if capture.outcome in asked_again else None
