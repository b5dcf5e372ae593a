"""Services and sources without a capture in the store, each with its outcome, so that none just vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME
from harvester.store.schema import Capture, Search, Service, Source


@dataclass(frozen=True, slots=True)
class Missing:
    """A source without a capture, or (`url` None) a service without a source."""

    service: str
    url: str | None
    outcome: Outcome
    reason: str


def missing(session: Session, service_id: int | None = None) -> Iterator[Missing]:
    """Yield what has no capture, of one service or all, by service; home pages that were only read count for none."""
    services = select(Service.id, Service.name).order_by(Service.name)
    captured = exists().where(Capture.source_id == Source.id)
    searched = exists().where(Search.source_id == Source.id, Search.finished_at.is_not(None))
    statement = select(Source.service_id, Source.url, Source.origin, Source.excluded_until, captured, searched)
    if service_id is not None:
        services = services.where(Service.id == service_id)
        statement = statement.where(Source.service_id == service_id)
    sources: dict[int, list[tuple[str, str, bool, bool, bool]]] = {}
    for number, url, origin, excluded_until, has, asked in session.execute(statement.order_by(Source.id)):
        sources.setdefault(number, []).append((url, origin, excluded_until is not None, bool(has), bool(asked)))
    for number, name in session.execute(services).all():
        own = [one for one in sources.get(number, []) if one[1] != HOME]
        if not own:
            yield _without_a_source(name, sources.get(number, []))
        for url, _, excluded, has, asked in own:
            if has:
                continue
            if excluded:
                yield Missing(name, url, Outcome.EXCLUDED, "the archive does not show this site")
            elif asked:
                yield Missing(name, url, Outcome.NOT_ARCHIVED, "the archive holds no capture of this address")
            else:
                yield Missing(name, url, Outcome.PLANNED, "this address has not been requested from the archive yet")


def _without_a_source(service: str, homes: list[tuple[str, str, bool, bool, bool]]) -> Missing:
    if any(has for *_, has, _ in homes):
        return Missing(service, None, Outcome.NOT_FOUND, "no home page in the archive links to a privacy policy")
    if any(excluded for _, _, excluded, _, _ in homes):
        return Missing(service, None, Outcome.EXCLUDED, "the archive does not show this site")
    if any(asked for *_, asked in homes):
        return Missing(service, None, Outcome.NOT_ARCHIVED, "the archive holds no capture of its home page")
    return Missing(service, None, Outcome.PLANNED, "its policy has not been searched for yet")
