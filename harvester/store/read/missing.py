"""Services and sources without a capture or a version, and services whose policy is no longer seen, each with its
outcome, so that none just vanishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY, a_type
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
    """What the archives said of an address; `endless`: why a search of it was given up."""

    url: str
    origin: str
    excluded: bool
    endless: str | None
    captured: bool
    searched: bool


def missing(session: Session, service_id: int | None = None) -> Iterator[Missing]:
    """Yield what has no capture, of one service or all, by service; home pages that were only read count for none."""
    services = select(Service.id, Service.name, Service.type).order_by(Service.name)
    captured = exists().where(Capture.source_id == Source.id)
    searched = exists().where(Search.source_id == Source.id, Search.finished_at.is_not(None))
    newest = select(func.max(Search.id)).group_by(Search.source_id, Search.archive)
    endless = (
        select(func.min(Search.problem))
        .where(Search.source_id == Source.id, Search.problem.is_not(None), Search.id.in_(newest))
        .scalar_subquery()
    )
    statement = select(Source.service_id, Source.url, Source.origin, Source.excluded_until, endless, captured, searched)
    if service_id is not None:
        services = services.where(Service.id == service_id)
        statement = statement.where(Source.service_id == service_id)
    sources: dict[int, list[_Asked]] = {}
    for number, url, origin, until, problem, has, asked in session.execute(statement.order_by(Source.id)):
        found = _Asked(url, origin, until is not None, problem, bool(has), bool(asked))
        sources.setdefault(number, []).append(found)
    for number, name, type_ in session.execute(services).all():
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
                yield Missing(name, url, Outcome.NOT_ARCHIVED, "the archive holds no capture of this address")
            else:
                yield Missing(name, url, Outcome.PLANNED, "this address has not been requested from the archive yet")


def _without_a_source(service: str, type_: str, homes: list[_Asked]) -> Missing:
    if any(one.captured for one in homes):
        return Missing(service, None, Outcome.NOT_FOUND, f"no home page in the archive links to {a_type(type_)}")
    if any(one.excluded for one in homes):
        return Missing(service, None, Outcome.EXCLUDED, "the archive does not show this site")
    problems = [one.endless for one in homes if one.endless is not None]
    if problems:
        return Missing(service, None, Outcome.INDEX_ENDLESS, f"its home page: {problems[0]}")
    if any(one.searched for one in homes):
        return Missing(service, None, Outcome.NOT_ARCHIVED, "the archive holds no capture of its home page")
    wanted = "policy" if type_ == PRIVACY_POLICY else type_
    return Missing(service, None, Outcome.PLANNED, f"its {wanted} has not been searched for yet")


def without_versions(session: Session, services: Sequence[int] | None = None) -> list[Missing]:
    """Return the services (all, or of those numbers) without a version: why they have no source or no capture, else
    what most of their captures are.
    """
    statement = select(Service.id, Service.name).where(~exists().where(Version.service_id == Service.id))
    if services is not None:
        statement = statement.where(Service.id.in_(services))
    lacking = {row.id: row.name for row in session.execute(statement.order_by(Service.name))}
    if not lacking:
        return []
    captured = _commonest(session, list(lacking))
    found = []
    for number, name in lacking.items():
        if number in captured:
            found.append(captured[number])
        else:
            absent = list(missing(session, number))
            # That an address was asked for and is not archived says more than that another is still planned.
            found.append(min(absent, key=lambda one: one.outcome == Outcome.PLANNED))
        assert found[-1].service == name
    return found


def _commonest(session: Session, services: list[int]) -> dict[int, Missing]:
    """Return the commonest outcome of the captures of these services' policies."""
    counted = (
        select(Service.id, Service.name, Capture.outcome, Capture.reason, func.count().label("number"))
        .join(Capture, Capture.service_id == Service.id)
        .join(Source, Source.id == Capture.source_id)
        .where(Service.id.in_(services), Source.origin.not_in((HOME, COMBINED)))
        .group_by(Service.id, Service.name, Capture.outcome, Capture.reason)
        .order_by(func.count(), Capture.outcome)
    )
    rows = session.execute(counted).all()
    totals: dict[int, int] = {}
    for row in rows:
        totals[row.id] = totals.get(row.id, 0) + row.number
    found = {}
    for row in rows:
        why = f": {row.reason}" if row.reason else ""
        found[row.id] = Missing(row.name, None, row.outcome, f"{_share(row.number, totals[row.id])} {row.outcome}{why}")
    return found


def _share(number: int, total: int) -> str:
    """Return that so many of all captures are something, up to the verb."""
    if total == 1:
        return "the only capture is"
    return f"{number} of {total} captures {'is' if number == 1 else 'are'}"


def no_policy_since(session: Session, services: Sequence[int] | None = None) -> list[Unseen]:
    """Return the services (all, or of those numbers) with versions whose latest capture shows no policy, by name."""
    last = select(Version.service_id, func.max(Version.last_seen).label("seen")).group_by(Version.service_id)
    if services is not None:
        last = last.where(Version.service_id.in_(services))
    known = last.subquery()
    later = exists().where(
        Capture.service_id == known.c.service_id,
        Capture.timestamp > known.c.seen,
        Capture.outcome.in_((*SHOWING, *_WITHOUT_POLICY)),
    )
    rows = session.execute(
        select(Service, known.c.seen).join(known, known.c.service_id == Service.id).where(later).order_by(Service.name)
    )
    found = (_no_policy_of(session, service, seen) for service, seen in rows.all())
    return [one for one in found if one is not None]


def _no_policy_of(session: Session, service: Service, version_seen: datetime) -> Unseen | None:
    """Return since when no policy of a service was seen, whose latest version was seen last at `version_seen`.

    What counts is the address that showed it last, and others once that one has ended: a policy that moved is gone
    where it was.
    """
    seen = func.coalesce(Capture.seen_at, Capture.timestamp, type_=Capture.timestamp.type)
    # A text seen since that made no version is one that reads like no policy, or another wording of it (`strays`).
    is_none = (
        (Service.type == PRIVACY_POLICY)
        & (seen > version_seen)
        & TextRow.language.in_(LIKELIHOOD_KNOWS)
        & (TextRow.policy_likelihood <= NO_POLICY)
    )
    chosen = (
        select(Capture.outcome, Capture.reason, seen.label("seen"), Source)
        .join(Source, Source.id == Capture.source_id)
        .join(Service, Service.id == Capture.service_id)
        .outerjoin(TextRow, TextRow.id == Capture.text_id)
        .where(Capture.service_id == service.id, Source.origin != HOME, seen >= version_seen)
        .order_by(seen.desc(), Capture.id.desc())
        .limit(1)
    )
    showing = chosen.where(Capture.outcome.in_(SHOWING), TextRow.id.is_(None) | ~is_none)
    last = session.execute(showing).first()
    if last is None:
        return None
    without = chosen.where(
        Capture.outcome.in_(_WITHOUT_POLICY) | (Capture.outcome.in_(SHOWING) & is_none), seen > last.seen
    )
    if last.Source.origin != COMBINED:
        until = last.Source.until
        without = without.where(or_(Source.id == last.Source.id, *([] if until is None else [seen > until])))
    latest = session.execute(without).first()
    if latest is None:
        return None
    outcome, reason = latest.outcome, latest.reason
    if outcome in SHOWING:
        outcome, reason = Outcome.NOT_A_POLICY, "another text at the address of the policy"
    return Unseen(service.name, last.seen, latest.seen, outcome, reason)
