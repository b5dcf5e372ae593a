"""Services and their sources as rows: entered from the catalogue, discovered, excluded, paused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import document_name
from harvester.errors import ConfigurationError
from harvester.memento import same_page
from harvester.store.ledger import ledger
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Malformed, Run, Search, Service, Source, Witness

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry, SourceEntry

HOME = "home"
"""The origin of sources that are home pages: read for their links (`harvest.steps.discover`), never harvested."""
CATALOGUE = "catalogue"
DISCOVERED = "discovered"
IMPORTED = "imported"
COMBINED = "combined"
"""The origin of the source that stands for all pages of a combined document (`history.combined`)."""


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

    A source that left the catalogue keeps its captures, but is not requested again. One that is spelled in another way
    now stays the source that it is, with the address under which its texts were made.
    """
    service = session.scalar(select(Service).where(Service.name == entry.name))
    if service is None:
        paused_at = _paused_with_its_service(session, entry.service)
        service = Service(name=entry.name, domain=entry.site, added_at=now, tags=list(entry.tags), paused_at=paused_at)
        session.add(service)
        session.flush()
    if list(service.tags) != list(entry.tags):
        service.tags = list(entry.tags)
    if service.domain != entry.site:
        service.domain = entry.site
    of_service = select(Source).where(Source.service_id == service.id, Source.origin != COMBINED)
    known = list(session.scalars(of_service))
    parts = {source.id: source.part for source in known}
    spans = {source.id: (source.since, source.until) for source in known}
    watched: list[Source] = []
    once = _once_each(entry.sources)
    for wanted in once:
        source = _known(wanted, [one for one in known if one not in watched], once)
        if source is None:
            source = Source(service_id=service.id, url=wanted.url, origin=origin)
            session.add(source)
        source.since, source.until = wanted.since, wanted.until
        watched.append(source)
    if not entry.sources:
        watched = [source for source in known if source.origin == DISCOVERED]
    # What is no page of a combined document any more says nothing of it, as against an address of another time.
    for source in known:
        source.part = -1 if entry.combine and source.origin != HOME else None
    for place, source in enumerate(watched):
        source.part = place if entry.combine else None
    session.flush()
    _take_over(session, watched, known)
    if entry.combine or any(part is not None for part in parts.values()):
        now_there = {source.id: source.part for source in {*known, *watched}}
        service.stale = (
            service.stale
            or now_there != parts
            or any((source.since, source.until) != spans.get(source.id) for source in watched)
        )
    return Watched(entry, service, tuple(watched))


def discovered_addresses(session: Session, name: str) -> list[str]:
    """Return the addresses once discovered for a service, by its name."""
    wanted = select(Source.url).join(Service).where(Service.name == name, Source.origin == DISCOVERED)
    return list(session.scalars(wanted.order_by(Source.id)))


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


def enter_discovered(session: Session, service_id: int, found: Sequence[FoundSource]) -> tuple[Source, ...]:
    """Make the discovered sources of a service agree with what its home pages link to; return them in that order.

    One that the catalogue once named, or an import brought, becomes a discovered one.
    """
    own = select(Source).where(Source.service_id == service_id, Source.origin != HOME)
    known = list(session.scalars(own.order_by(Source.origin != DISCOVERED, Source.id)))
    sources = []
    for one in found:
        source = _known(one, known, found)
        if source is None:
            source = Source(service_id=service_id, url=one.url, origin=DISCOVERED)
            session.add(source)
        else:
            known.remove(source)
            source.origin = DISCOVERED
        source.since, source.until = one.since, one.until
        if source.excluded_until is None:
            source.note = one.note
        sources.append(source)
    session.flush()
    _take_over(session, sources, session.scalars(own).all())
    return tuple(sources)


def exclude(
    session: Session, source: Source, reason: str, until: datetime, archives: Sequence[str] | None = None
) -> None:
    """Note that an archive does not show a site: its captures that were still wanted are excluded until then.

    With `archives` these are some of several: only captures that no other lists are, and the source is searched for in
    the others.
    """
    refused = update(Capture).where(Capture.source_id == source.id, Capture.outcome.in_(ledger.WAITING))
    if archives is None:
        source.excluded_until = until
        session.execute(update(Source).where(Source.id == source.id).values(excluded_until=until, note=reason))
    else:
        elsewhere = exists().where(Witness.capture_id == Capture.id, Witness.archive.not_in(archives))
        refused = refused.where(Capture.archive.in_(archives), ~elsewhere)
    session.execute(refused.values(outcome=Outcome.EXCLUDED, reason=reason, due_at=until))


def clear_exclusion(session: Session, source: Source) -> None:
    """Note that the archive shows a site again."""
    source.excluded_until = source.note = None
    session.execute(update(Source).where(Source.id == source.id).values(excluded_until=None, note=None))


def _paused_with_its_service(session: Session, service: str) -> datetime | None:
    """Return since when a service is paused with all its documents; None if it is not, or has none."""
    paused = session.scalars(select(Service.paused_at).where(Service.service_name == service)).all()
    return max((one for one in paused if one), default=None) if None not in paused else None


def set_paused(session: Session, entry: ServiceEntry, now: datetime, *, paused: bool) -> bool:
    """Pause or resume the polls of a document, or of a service with all its documents if `entry` is its privacy
    policy; return whether that changed anything.
    """
    enter(session, entry, now)
    return bool(set_paused_by_name(session, entry.name, now, paused=paused))


def set_paused_by_name(session: Session, name: str, now: datetime, *, paused: bool) -> bool | None:
    """Pause or resume what the store has of a name as `set_paused` does; None when the store does not know it."""
    column = Service.name if "/" in name else Service.service_name
    found = session.scalars(select(Service).where(column == name)).all()
    altered = [_set_paused(one, now, paused) for one in found]
    return any(altered) if found else None


def _set_paused(service: Service, now: datetime, paused: bool) -> bool:
    if (service.paused_at is not None) == paused:
        return False
    service.paused_at = now if paused else None
    return True


def is_paused(session: Session, name: str) -> bool:
    """Tell whether the polls of a service are paused."""
    return session.scalar(select(Service.paused_at).where(Service.name == name)) is not None


def rename(session: Session, old: str, new: str) -> bool:
    """Give a service another name, with all its documents and in its runs as well; return whether the store knows it.

    Raises `ConfigurationError` if the store has a service of the new name: two histories are not joined.
    """
    if session.scalar(select(Service.id).where(Service.service_name == new).limit(1)) is not None:
        raise ConfigurationError(
            f"the store has a service {new} already, and two histories cannot be joined; choose another name"
        )
    documents = session.scalars(select(Service).where(Service.service_name == old)).all()
    for one in documents:
        session.execute(update(Run).where(Run.service == one.name).values(service=document_name(new, one.type)))
        one.name, one.service_name = document_name(new, one.type), new
        if one.domain == old:
            one.domain = new
    return bool(documents)


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


def _known(wanted: Spanning, known: Sequence[Source], all_wanted: Iterable[Spanning]) -> Source | None:
    """Return which of the known sources is meant: the one of this address, or else one that was this page then."""
    same_url = [one for one in known if one.url == wanted.url]
    if same_url:
        return next((one for one in same_url if one.since == wanted.since), same_url[0])
    taken = {one.url for one in all_wanted}
    return next((one for one in known if one.origin != HOME and one.url not in taken and overlap(one, wanted)), None)


def _take_over(session: Session, watched: Sequence[Source], known: Sequence[Source]) -> None:
    """Give each watched source the captures of its time that another spelling of its page has."""
    others = [other for other in known if other.origin != HOME]
    for source, other in ((one, other) for one in watched for other in others if other is not one):
        if same_page(source.url, other.url):
            from harvester.store.spellings import take_over  # which readers of a store need not import

            take_over(session, source, other)


def _once_each(wanted: Iterable[SourceEntry]) -> list[SourceEntry]:
    """Return the sources of an entry; spellings of one page whose times overlap are one source, under the first of
    them.

    An index lists a page under one key, whichever spelling is requested: each capture would be there twice.
    """
    kept: list[SourceEntry] = []
    for one in wanted:
        place = next((at for at, other in enumerate(kept) if overlap(one, other)), None)
        if place is None:
            kept.append(one)
            continue
        same = kept[place]
        since, until = joined(one, same)
        kept[place] = same.model_copy(update={"since": since, "until": until})
    return kept


class Spanning(Protocol):
    """A URL and the time in which it is the policy's (both ends included; None: without end)."""

    @property
    def url(self) -> str: ...
    @property
    def since(self) -> datetime | None: ...
    @property
    def until(self) -> datetime | None: ...


def overlap(one: Spanning, other: Spanning) -> bool:
    """Tell whether two addresses are one page, in times that overlap."""
    ends_before = one.until is not None and other.since is not None and one.until < other.since
    begins_after = one.since is not None and other.until is not None and one.since > other.until
    return same_page(one.url, other.url) and not ends_before and not begins_after


def joined(one: Spanning, other: Spanning) -> tuple[datetime | None, datetime | None]:
    """Return the time of both addresses together."""
    since = None if one.since is None or other.since is None else min(one.since, other.since)
    until = None if one.until is None or other.until is None else max(one.until, other.until)
    return since, until


def is_within(source: Spanning, moment: datetime) -> bool:
    """Tell whether a page was the policy's address at an instant."""
    return (source.since is None or source.since <= moment) and (source.until is None or moment <= source.until)
