"""Services and their sources as rows: entered from the catalogue, discovered, excluded, paused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from harvester.catalogue import ServiceEntry, SourceEntry
from harvester.errors import ConfigurationError
from harvester.memento import same_page
from harvester.store.ledger import ledger
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Malformed, Run, Search, Service, Source

HOME = "home"
"""The origin of sources that are home pages: read for their links (`harvest.steps.discover`), never harvested."""
CATALOGUE = "catalogue"
DISCOVERED = "discovered"
IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Watched:
    """A service of the catalogue with its rows in the store; `homes` are the home pages looked at for its sources."""

    entry: ServiceEntry
    service: Service
    sources: tuple[Source, ...]
    homes: tuple[Source, ...] = ()

    def source(self, number: int) -> Source | None:
        """Return the source of a number; None when the catalogue has dropped it: then it is no longer requested."""
        return next((one for one in (*self.sources, *self.homes) if one.id == number), None)


def enter(session: Session, entry: ServiceEntry, now: datetime, origin: str = CATALOGUE) -> Watched:
    """Make the store's rows of a service agree with its catalogue entry; `origin` is that of sources new to the store.

    A source that left the catalogue keeps its captures, but is not requested again.
    """
    service = session.scalar(select(Service).where(Service.name == entry.name))
    if service is None:
        service = Service(name=entry.name, added_at=now, tags=list(entry.tags))
        session.add(service)
        session.flush()
    elif list(service.tags) != list(entry.tags):
        service.tags = list(entry.tags)
    known = list(session.scalars(select(Source).where(Source.service_id == service.id)))
    watched: list[Source] = []
    for wanted in _once_each(entry.sources):
        same_url = [source for source in known if source.url == wanted.url and source not in watched]
        source = next((one for one in same_url if one.since == wanted.since), same_url[0] if same_url else None)
        if source is None:
            source = Source(service_id=service.id, url=wanted.url, origin=origin)
            session.add(source)
        source.since, source.until = wanted.since, wanted.until
        watched.append(source)
    if not entry.sources:
        watched = [source for source in known if source.origin == DISCOVERED]
    session.flush()
    return Watched(entry, service, tuple(watched))


def discovered_addresses(session: Session, name: str) -> list[str]:
    """Return the addresses once discovered for a service, by its name."""
    wanted = select(Source.url).join(Service).where(Service.name == name, Source.origin == DISCOVERED)
    return list(session.scalars(wanted.order_by(Source.id)))


def imported_addresses(session: Session) -> list[tuple[str, str]]:
    """Return (service, address) of every source that came with an import, in the order they were entered."""
    wanted = select(Service.name, Source.url).join(Source, Source.service_id == Service.id)
    rows = session.execute(wanted.where(Source.origin == IMPORTED).order_by(Source.id))
    return [(row.name, row.url) for row in rows]


def home(session: Session, service_id: int, url: str) -> Source:
    """Return the source for a home page (or a frame of one), entered when it is new."""
    wanted = select(Source).where(Source.service_id == service_id, Source.url == url, Source.origin == HOME)
    source = session.scalar(wanted)
    if source is None:
        source = Source(service_id=service_id, url=url, origin=HOME)
        session.add(source)
        session.flush()
    return source


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A URL that home pages led to between two instants (both included; `until` None: up to now)."""

    url: str
    since: datetime
    until: datetime | None
    note: str | None


def enter_discovered(session: Session, service_id: int, found: Iterable[FoundSource]) -> tuple[Source, ...]:
    """Make the discovered sources of a service agree with what its home pages link to; return them in that order."""
    known = list(
        session.scalars(
            select(Source).where(Source.service_id == service_id, Source.origin == DISCOVERED).order_by(Source.id)
        )
    )
    sources = []
    for one in found:
        source = next((each for each in known if each.url == one.url), None)
        if source is None:
            source = Source(service_id=service_id, url=one.url, origin=DISCOVERED)
            session.add(source)
        else:
            known.remove(source)
        source.since, source.until = one.since, one.until
        if source.excluded_until is None:
            source.note = one.note
        sources.append(source)
    session.flush()
    return tuple(sources)


def exclude(session: Session, source: Source, reason: str, until: datetime, archive: str | None = None) -> None:
    """Note that an archive does not show a site: its captures that were still wanted are excluded until then.

    With `archive` it is one of several: only its captures are, and the source is searched for in the others.
    """
    refused = update(Capture).where(Capture.source_id == source.id, Capture.outcome.in_(ledger.WAITING))
    if archive is None:
        source.excluded_until = until
        session.execute(update(Source).where(Source.id == source.id).values(excluded_until=until, note=reason))
    else:
        refused = refused.where(Capture.archive == archive)
    session.execute(refused.values(outcome=Outcome.EXCLUDED, reason=reason, due_at=until))


def clear_exclusion(session: Session, source: Source) -> None:
    """Note that the archive shows a site again."""
    source.excluded_until = source.note = None
    session.execute(update(Source).where(Source.id == source.id).values(excluded_until=None, note=None))


def set_paused(session: Session, entry: ServiceEntry, now: datetime, *, paused: bool) -> bool:
    """Pause or resume the polls of a service; return whether that changed anything."""
    return _set_paused(enter(session, entry, now).service, now, paused)


def set_paused_by_name(session: Session, name: str, now: datetime, *, paused: bool) -> bool | None:
    """Pause or resume a service of the store as `set_paused` does; None when the store does not know it."""
    service = session.scalar(select(Service).where(Service.name == name))
    return None if service is None else _set_paused(service, now, paused)


def _set_paused(service: Service, now: datetime, paused: bool) -> bool:
    if (service.paused_at is not None) == paused:
        return False
    service.paused_at = now if paused else None
    return True


def is_paused(session: Session, name: str) -> bool:
    """Tell whether the polls of a service are paused."""
    return session.scalar(select(Service.paused_at).where(Service.name == name)) is not None


def rename(session: Session, old: str, new: str) -> bool:
    """Give a service another name, in its runs as well; return whether the store knows it.

    Raises `ConfigurationError` if the store has a service of the new name: two histories are not joined.
    """
    if session.scalar(select(Service.id).where(Service.name == new)) is not None:
        raise ConfigurationError(
            f"the store has a service {new} already, and two histories cannot be joined; choose another name"
        )
    renamed = session.execute(update(Service).where(Service.name == old).values(name=new).returning(Service.id)).all()
    session.execute(update(Run).where(Run.service == old).values(service=new))
    return bool(renamed)


def remove_if_empty(session: Session, service_id: int) -> bool:
    """Delete a service without known captures; return whether it was deleted."""
    if session.scalar(select(Capture.id).where(Capture.service_id == service_id).limit(1)) is not None:
        return False
    listed = select(Source.id).where(Source.service_id == service_id)
    for table in (Interval, Search, Malformed):
        session.execute(delete(table).where(table.source_id.in_(listed)))
    session.execute(delete(Source).where(Source.service_id == service_id))
    session.execute(delete(Service).where(Service.id == service_id))
    return True


def _once_each(wanted: Iterable[SourceEntry]) -> list[SourceEntry]:
    """Return the sources of an entry; spellings of one page whose times overlap are one source, under the first of
    them.

    An index lists a page under one key, whichever spelling is requested: each capture would be there twice.
    """
    kept: list[SourceEntry] = []
    for one in wanted:
        place = next((at for at, other in enumerate(kept) if _overlap(one, other)), None)
        if place is None:
            kept.append(one)
            continue
        same = kept[place]
        since = None if one.since is None or same.since is None else min(one.since, same.since)
        until = None if one.until is None or same.until is None else max(one.until, same.until)
        kept[place] = same.model_copy(update={"since": since, "until": until})
    return kept


def _overlap(one: SourceEntry, other: SourceEntry) -> bool:
    ends_before = one.until is not None and other.since is not None and one.until < other.since
    begins_after = one.since is not None and other.until is not None and one.since > other.until
    return same_page(one.url, other.url) and not ends_before and not begins_after
