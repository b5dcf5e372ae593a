"""Services and sources without a capture or a version, and services whose policy is no longer seen, each with its
outcome, so that none just vanishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Row, ScalarSelect, Select, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from harvester.catalogue.document_types import PRIVACY_POLICY, a_type
from harvester.dates import Span, days_of
from harvester.store.ledger.ledger import SHOWING, Outcome
from harvester.store.ledger.sources import COMBINED, HOME
from harvester.store.outcome import LIKELIHOOD_KNOWS, NO_POLICY
from harvester.store.schema import Capture, Search, Service, Source, TextRow, Version

_WITHOUT_POLICY = (
    Outcome.GONE,
    Outcome.NO_TEXT,
    Outcome.SOFT_404,
    Outcome.BLOCK_PAGE,
    Outcome.PARKED,
    Outcome.NOT_A_POLICY,
    Outcome.WRONG_LANGUAGE,
    Outcome.REDIRECTED_AWAY,
)
"""The outcomes of captures that were looked at and show no policy."""


_SOME: BindParameter[Sequence[int]] = bindparam("services", expanding=True)
# Made once: to build them takes longer than to run them.
_LACKING = (
    select(Service.id, Service.name).where(~exists().where(Version.service_id == Service.id)).order_by(Service.name)
)
_SOME_LACKING = _LACKING.where(Service.id.in_(_SOME))
_NAMED = select(Service.id, Service.name, Service.type).order_by(Service.name)
_SOME_NAMED = _NAMED.where(Service.id.in_(_SOME))
_NEWEST = select(func.max(Search.id)).group_by(Search.source_id, Search.archive)
_ENDLESS = select(func.min(Search.problem)).where(
    Search.source_id == Source.id, Search.problem.is_not(None), Search.id.in_(_NEWEST)
)
_ASKED = select(
    Source.id,
    Source.service_id,
    Source.url,
    Source.origin,
    Source.excluded_until,
    _ENDLESS.scalar_subquery(),
    exists().where(Capture.source_id == Source.id).label("captured"),
    exists().where(Search.source_id == Source.id, Search.finished_at.is_not(None)).label("searched"),
).order_by(Source.id)
_READ = select(Search.source_id, Search.start, Search.end).where(
    Search.finished_at.is_not(None), Search.source_id.in_(bindparam("sources", expanding=True))
)
_AT_ONCE = 500
"""Sources of which the spans are read in one statement."""
_SOME_ASKED = _ASKED.where(Source.service_id.in_(_SOME))


@dataclass(frozen=True, slots=True)
class Missing:
    """A source without a capture, or (`url` None) a service without a source."""

    service: str
    url: str | None
    outcome: str
    reason: str

    @property
    def words(self) -> str:
        """The same of a service without a version, in words."""
        return f"no version: {self.reason}"


@dataclass(frozen=True, slots=True)
class Unseen:
    """A service whose policy was seen last at `since`; the latest capture, of `looked_at`, shows none."""

    service: str
    since: datetime
    looked_at: datetime
    outcome: str
    reason: str | None

    @property
    def words(self) -> str:
        """The same in words."""
        why = self.reason or self.outcome
        if not why.startswith(self.outcome):
            why = f"{self.outcome}: {why}"
        return f"no policy seen here since {self.since:%Y-%m-%d}; the capture of {self.looked_at:%Y-%m-%d} is {why}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the archives said of an address; `endless`: why a search of it was given up, `when`: of which days the index
    was read, in words that follow a noun.
    """

    url: str
    origin: str
    excluded: bool
    endless: str | None
    captured: bool
    searched: bool
    when: str


def missing(session: Session, wanted: Sequence[int] | None = None) -> Iterator[Missing]:
    """Yield what has no capture, by service (all, or of those numbers); home pages that were only read count for
    none.
    """
    services, asked_for = (_NAMED, _ASKED) if wanted is None else (_SOME_NAMED, _SOME_ASKED)
    some = {} if wanted is None else {"services": wanted}
    rows = session.execute(asked_for, some).all()
    read = _read(session, [row.id for row in rows if row.searched and (row.origin == HOME or not row.captured)])
    sources: dict[int, list[_Asked]] = {}
    for source, number, url, origin, until, problem, has, asked in rows:
        when = days_of(read.get(source, []))
        found = _Asked(url, origin, until is not None, problem, bool(has), bool(asked), when)
        sources.setdefault(number, []).append(found)
    for number, name, type_ in session.execute(services, some).all():
        own = [one for one in sources.get(number, []) if one.origin not in (HOME, COMBINED)]
        if not own:
            yield _without_a_source(name, type_, sources.get(number, []))
        for one in own:
            url = one.url
            if one.captured:
                continue
            if one.excluded:
                yield Missing(name, url, Outcome.EXCLUDED, "the archive does not show this site")
            elif one.endless is not None:
                yield Missing(name, url, Outcome.INDEX_ENDLESS, one.endless)
            elif one.searched:
                yield Missing(
                    name, url, Outcome.NOT_ARCHIVED, f"the archive holds no capture of this address{one.when}"
                )
            else:
                yield Missing(name, url, Outcome.PLANNED, "this address has not been requested from the archive yet")


def _read(session: Session, sources: Sequence[int]) -> dict[int, list[Span]]:
    """Return the spans of the searches that were made of some sources."""
    found: dict[int, list[Span]] = {}
    for first in range(0, len(sources), _AT_ONCE):
        for source, start, end in session.execute(_READ, {"sources": sources[first : first + _AT_ONCE]}):
            found.setdefault(source, []).append((start, end))
    return found


def _without_a_source(service: str, type_: str, homes: list[_Asked]) -> Missing:
    when = next((one.when for one in homes if one.searched), "")
    if any(one.captured for one in homes):
        return Missing(service, None, Outcome.NOT_FOUND, f"no home page in the archive{when} links to {a_type(type_)}")
    if any(one.excluded for one in homes):
        return Missing(service, None, Outcome.EXCLUDED, "the archive does not show this site")
    problems = [one.endless for one in homes if one.endless is not None]
    if problems:
        return Missing(service, None, Outcome.INDEX_ENDLESS, f"its home page: {problems[0]}")
    if any(one.searched for one in homes):
        return Missing(service, None, Outcome.NOT_ARCHIVED, f"the archive holds no capture of its home page{when}")
    wanted = "policy" if type_ == PRIVACY_POLICY else type_
    return Missing(service, None, Outcome.PLANNED, f"its {wanted} has not been searched for yet")


def without_versions(session: Session, services: Sequence[int] | None = None) -> list[Missing]:
    """Return the services (all, or of those numbers) without a version: why they have no source or no capture, else
    what most of their captures are.
    """
    rows = session.execute(_LACKING) if services is None else session.execute(_SOME_LACKING, {"services": services})
    lacking = {row.id: row.name for row in rows}
    if not lacking:
        return []
    found = _commonest(session, list(lacking))
    absent = missing(session, [number for number, name in lacking.items() if name not in found])
    for name, those in groupby(absent, key=lambda one: one.service):
        # That an address was asked for and is not archived says more than that another is still planned.
        found[name] = min(those, key=lambda one: one.outcome == Outcome.PLANNED)
    return [found[name] for name in lacking.values()]


def why_no_version(session: Session, number: int) -> str | None:
    """Return why the service of a number has no version, in words; None where it has one."""
    for one in without_versions(session, [number]):
        advice = f"; `harvester backfill {one.service}` fetches its history" if one.outcome == Outcome.PLANNED else ""
        return f"{one.service} has {one.words}{advice}"
    return None


def _commonest(session: Session, services: list[int]) -> dict[str, Missing]:
    """Return by name the commonest outcome of the captures of these services' policies."""
    counted = (
        select(Service.name, Capture.outcome, Capture.reason, func.count().label("number"))
        .join(Capture, Capture.service_id == Service.id)
        .join(Source, Source.id == Capture.source_id)
        .where(Service.id.in_(services), Source.origin.not_in((HOME, COMBINED)))
        .group_by(Service.name, Capture.outcome, Capture.reason)
        .order_by(func.count(), Capture.outcome)
    )
    rows = session.execute(counted).all()
    totals: dict[int, int] = {}
    for row in rows:
        totals[row.name] = totals.get(row.name, 0) + row.number
    found = {}
    for row in rows:
        why = f": {row.reason}" if row.reason else ""
        share = _share(row.number, totals[row.name])
        found[row.name] = Missing(row.name, None, row.outcome, f"{share} {row.outcome}{why}")
    return found


def _share(number: int, total: int) -> str:
    """Return that so many of all captures are something, up to the verb."""
    if total == 1:
        return "the only capture is"
    return f"{number} of {total} captures {'is' if number == 1 else 'are'}"


def last_seen(service_id: InstrumentedAttribute[int]) -> ScalarSelect[datetime]:
    """Select when the latest version of a service was seen last: found in the index, not by reading all versions."""
    latest = select(Version.last_seen).where(Version.service_id == service_id)
    return latest.order_by(Version.first_seen.desc()).limit(1).scalar_subquery()


def no_policy_since(session: Session, services: Sequence[int] | None = None) -> list[Unseen]:
    """Return the services (all, or of those numbers) with versions whose latest capture shows no policy, by name."""
    rows = session.execute(_latest(services is None), {} if services is None else {"services": services})
    found = (_unseen(name, list(latest)) for name, latest in groupby(rows, key=lambda row: row.name))
    return [one for one in found if one is not None]


@cache
def _latest(every: bool) -> Select[Any]:
    """Select the latest capture of each address that shows a policy, and the latest that shows none, of services that
    were looked at after their latest version was seen.

    Made once: to build it takes longer than to run it.
    """
    last = select(Service.id.label("service_id"), last_seen(Service.id).label("seen"))
    if not every:
        last = last.where(Service.id.in_(_SOME))
    known = last.cte("known").prefix_with("MATERIALIZED")  # else it is looked up again for each capture
    looked_at = Capture.outcome.in_((*SHOWING, *_WITHOUT_POLICY))
    later = exists().where(Capture.service_id == known.c.service_id, Capture.timestamp > known.c.seen, looked_at)
    seen = func.coalesce(Capture.seen_at, Capture.timestamp, type_=Capture.timestamp.type)
    # A text seen since that made no version is one that reads like no policy, or another wording of it (`strays`).
    is_none = (
        (Service.type == PRIVACY_POLICY)
        & (seen > known.c.seen)
        & TextRow.language.in_(LIKELIHOOD_KNOWS)
        & (TextRow.policy_likelihood <= NO_POLICY)
    )
    shows = Capture.outcome.in_(SHOWING) & (TextRow.id.is_(None) | ~is_none)
    newest_first = (seen.desc(), Capture.id.desc())
    of_service = (Service.name, Source.id.label("source"), Source.origin, Source.until)
    of_capture = (Capture.id, Capture.outcome, Capture.reason, seen.label("seen"), shows.label("shows"))
    place = func.row_number().over(partition_by=(Capture.source_id, shows), order_by=newest_first).label("place")
    ranked = (
        select(*of_service, *of_capture, place)
        .select_from(known)
        .join(Service, Service.id == known.c.service_id)
        .join(Capture, Capture.service_id == Service.id)
        .join(Source, Source.id == Capture.source_id)
        .outerjoin(TextRow, TextRow.id == Capture.text_id)
        .where(later.correlate(known), looked_at, seen >= known.c.seen, Source.origin != HOME)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).order_by(ranked.c.name)


def _unseen(service: str, latest: list[Row[Any]]) -> Unseen | None:
    """Return since when no policy of a service was seen, from the latest capture of each address that shows one and
    the latest that shows none.

    What counts is the address that showed it last, and others once that one has ended: a policy that moved is gone
    where it was.
    """
    latest.sort(key=lambda row: (row.seen, row.id), reverse=True)
    last = next((row for row in latest if row.shows), None)
    if last is None:
        return None
    for row in latest:
        counts = last.origin == COMBINED or row.source == last.source or (last.until and row.seen > last.until)
        if row.seen > last.seen and counts:
            outcome, reason = row.outcome, row.reason
            if outcome in SHOWING:
                outcome, reason = Outcome.NOT_A_POLICY, "another text at the address of the policy"
            return Unseen(service, last.seen, row.seen, outcome, reason)
    return None
