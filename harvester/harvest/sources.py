"""The catalogue and the store brought together: whom to harvest, at which addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.catalogue import ServiceEntry
from harvester.errors import UnknownName
from harvester.store.schema import Service, Source

HOME = "home"
"""The origin of sources that are home pages: read for their links (`harvest.discovering`), never harvested."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A service of the catalogue with its rows in the store; `homes` are the home pages looked at for its sources."""

    entry: ServiceEntry
    service: Service
    sources: tuple[Source, ...]
    homes: tuple[Source, ...] = ()

    def source(self, number: int) -> Source | None:
        """The source of a number; None when the catalogue has dropped it: then it is not asked for any more."""
        return next((one for one in (*self.sources, *self.homes) if one.id == number), None)


def choose(catalogue: Iterable[ServiceEntry], names: Iterable[str]) -> tuple[ServiceEntry, ...]:
    """The entries of the named services, all of them when no name is given; `UnknownName` says what there is."""
    entries = {entry.name: entry for entry in catalogue}
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in entries:
            # Importing it takes a while that only a wrong name has to wait.
            from rapidfuzz.process import extract

            near = [found[0] for found in extract(name, entries.keys(), limit=5)]
            more = f" and {len(entries) - len(near)} more" if len(entries) > len(near) else ""
            raise UnknownName(f"there is no service {name!r} in the catalogue; it has {', '.join(near)}{more}")
    return tuple(entries[name] for name in wanted) if wanted else tuple(entries.values())


def enter(session: Session, entry: ServiceEntry, now: datetime) -> Watched:
    """Makes the store's rows of a service agree with its catalogue entry.

    A source that left the catalogue keeps its captures, but is not asked for again.
    """
    service = session.scalar(select(Service).where(Service.name == entry.name))
    if service is None:
        service = Service(name=entry.name, added_at=now, tags=list(entry.tags))
        session.add(service)
        session.flush()
    elif list(service.tags) != list(entry.tags):
        service.tags = list(entry.tags)
    known = list(session.scalars(select(Source).where(Source.service_id == service.id)))
    watched = []
    for wanted in entry.sources:
        same_url = [source for source in known if source.url == wanted.url and source not in watched]
        source = next((one for one in same_url if one.since == wanted.since), same_url[0] if same_url else None)
        if source is None:
            source = Source(service_id=service.id, url=wanted.url, origin="catalogue")
            session.add(source)
        source.since, source.until = wanted.since, wanted.until
        watched.append(source)
    if not entry.sources:
        watched = [source for source in known if source.origin == "discovered"]
    session.flush()
    return Watched(entry, service, tuple(watched))
