"""Services and sources without a capture or a version, each with its outcome, so that none just vanishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY, a_type
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import COMBINED, HOME
from harvester.store.schema import Capture, Search, Service, Source, Version


@dataclass(frozen=True, slots=True)
class Missing:
    """A source without a capture, or (`url` None) a service without a source."""

    service: str
    url: str | None
    outcome: str
    reason: str


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
        found[row.id] = Missing(
            row.name, None, row.outcome, f"{row.number} of {totals[row.id]} captures are {row.outcome}{why}"
        )
    return found
