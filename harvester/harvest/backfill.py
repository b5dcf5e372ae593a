"""The backfill: the history of services between two dates, as one command that can be killed at any moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.archive.limiter.rules import Limits
from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.samples import Sample, parse_sample
from harvester.clock import Clock
from harvester.dates import iso
from harvester.errors import (
    ArchiveUnavailable,
    BudgetSpent,
    ConfigurationError,
    EndlessIndex,
    Stopped,
    TransientFailure,
)
from harvester.harvest.report.progress import Progress
from harvester.harvest.report.summary import Summary
from harvester.harvest.run import run_locked
from harvester.harvest.session import Harvest, HarvestSpan, Tally, all_asked, opened
from harvester.harvest.steps.discover import home_page_requests
from harvester.harvest.steps.index import search_index
from harvester.harvest.steps.plan import REDIRECT_COSTS, plan_source
from harvester.harvest.steps.run_scripts import parts_at_most, wish_of
from harvester.processes import working
from harvester.settings import ArchiveSettings, Settings
from harvester.store.content import renderings
from harvester.store.database import Database
from harvester.store.ledger import ledger, runs, sources
from harvester.store.ledger.sources import Watched
from harvester.store.read.missing import missing
from harvester.store.schema import Capture, Change, Service, Source, Version


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a backfill. `sample` None leaves it to each service's catalogue entry."""

    entries: Sequence[ServiceEntry]
    start: datetime | None = None
    end: datetime | None = None
    sample: Sample | None = None
    workers: int = 4
    budget: int | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ConfigurationError(
                f"the first day, {self.start:%Y-%m-%d}, is later than the last, {self.end:%Y-%m-%d}"
            )

    def span_for(self, entry: ServiceEntry, settings: Settings) -> HarvestSpan:
        """Return the span of one service, with its sampling from this order, its entry or the settings, in that
        order.
        """
        sample = self.sample or parse_sample(entry.sample or settings.sample)
        return HarvestSpan(self.start, self.end, sample)

    def parameters(self) -> dict[str, object]:
        """Return the order as it is stored with the run, so that it can be repeated."""
        return {
            "services": [entry.name for entry in self.entries],
            "from": iso(self.start),
            "to": iso(self.end),
            "sample": str(self.sample) if self.sample else None,
            "budget": self.budget,
        }


def backfill(
    database: Database,
    settings: Settings,
    given: ArchiveSettings | None,
    order: Order,
    *,
    clock: Clock,
    stop: threading.Event,
    progress: Progress,
) -> Summary:
    """Harvest the ordered services and return the final figures.

    `given` are the archives of the command line; None: each service is asked of those that it, or the settings, name.
    Never raises for what the archive does: an unavailable archive, a spent budget or a stop end the run early, with
    all that was committed kept, and are named in the summary.
    """
    begun = time.monotonic()
    summary = Summary(services=len(order.entries))
    with runs.recorded(database, "backfill", None, order.parameters(), clock) as result:
        with (
            working(order.workers) as work,
            opened(
                database,
                settings,
                all_asked(settings, order.entries, given),
                clock=clock,
                stop=stop,
                progress=progress,
                budget=order.budget,
                downloads_at_once=order.workers,
                threads=2 * order.workers,
                work=work,
            ) as harvest,
        ):
            _all_services(harvest, given, order, summary)
            summary.unreachable += [one for one in harvest.unreachable if one not in summary.unreachable]
        count(database, order.entries, summary)
        summary.requests.update(harvest.budget.spent)
        summary.add_requests(harvest.requests_by_archive)
        summary.seconds = time.monotonic() - begun
        result.update(summary.as_dict())
    return summary


@dataclass(frozen=True, slots=True)
class Estimate:
    """The requests that a backfill will need, known before it begins.

    `searches` were made to find this out, and are made again by the backfill. `downloads` is what it may not pass but
    for its retries; `least` is what it will make at least. They differ by the redirects of the day, which may lead to
    a page or not, and for `changes`, which learns as it goes. Of a service whose sources are still to be found only
    the home pages are counted. `seconds` is the time that the most takes at the
    configured limits of the archives, all captures of a service from the first that is asked for it. `archives` are
    those asked for each service. `to_render` stored pages need a browser. `of_pages` is the most that these, and those
    still to be fetched, may ask for themselves; it comes on top of `downloads`, and is far above what they need.
    """

    services: int
    known: int
    chosen: int
    searches: int
    least: int
    downloads: int
    seconds: float
    downloads_by_service: dict[str, int]
    archives: dict[str, tuple[str, ...]]
    to_render: int = 0
    of_pages: int = 0


def estimate(
    database: Database,
    settings: Settings,
    given: ArchiveSettings | None,
    order: Order,
    *,
    clock: Clock,
    stop: threading.Event,
) -> Estimate:
    """Search the index for the ordered services and count; fetch and plan nothing. `given` as for `backfill`."""
    known = chosen = least = to_render = of_pages = 0
    downloads: dict[str, int] = {}
    archives: dict[str, tuple[str, ...]] = {}
    archive = all_asked(settings, order.entries, given)
    with opened(database, settings, archive, clock=clock, stop=stop, budget=order.budget) as together:
        for entry in order.entries:
            asked = settings.archive_for(entry.archives, given)
            harvest, archives[entry.name] = together.only(asked), asked.names
            span = order.span_for(entry, settings)
            with database.writing() as session:
                watched = sources.enter(session, entry, clock())
                homes = () if watched.sources else (_home(session, watched),)
            for source in (*watched.sources, *homes):
                with suppress(EndlessIndex):  # what it gave is counted
                    for client in harvest.asking():
                        try:
                            search_index(database, client, source, span.start, span.end, clock)
                        except ArchiveUnavailable as error:
                            harvest.leave(client.archive.name, error)
            with database.writing() as session:
                now = clock()
                to_find = sum(home_page_requests(session, one, now) for one in homes)
                wanted = [plan_source(session, one, span.sample, span.start, span.end, now) for one in watched.sources]
                if (wish := wish_of(harvest, entry)) is not None:
                    needed = renderings.count_needed(session, watched.service.id, everything=wish.everything)
                    to_render += needed
                    pages = needed + to_find + sum(one.most for one in wanted)
                    pages += sum(max(0, one.chosen - one.most) for one in wanted)  # each has texts of its own time
                    of_pages += pages * parts_at_most(wish) * (1 + REDIRECT_COSTS)
                session.rollback()
            known += sum(one.known for one in wanted)
            chosen += sum(one.chosen for one in wanted)
            least += to_find + sum(one.least for one in wanted)
            downloads[entry.name] = to_find + sum(one.most + one.hops for one in wanted)
    total, seconds = sum(downloads.values()), 0.0
    for one in archive.each:
        first_of = sum(number for name, number in downloads.items() if archives[name][0] == one.name)
        seconds += Limits.of(one).seconds_for(together.budgets[one.name].spent["cdx"], first_of)
    return Estimate(
        len(order.entries),
        known,
        chosen,
        together.budget.spent["cdx"],
        min(least, total),
        total,
        seconds,
        downloads,
        archives,
        to_render,
        of_pages,
    )


def _home(session: Session, watched: Watched) -> Source:
    return sources.home(session, watched.service.id, f"http://{watched.service.domain}/")


def _all_services(harvest: Harvest, given: ArchiveSettings | None, order: Order, summary: Summary) -> None:
    """Harvest services side by side; the first that finds its archives unavailable keeps the others from starting that
    ask no other.
    """
    ended = threading.Event()
    away: set[str] = set()

    def asked_for(entry: ServiceEntry) -> ArchiveSettings:
        return harvest.settings.archive_for(entry.archives, given)

    def one(entry: ServiceEntry) -> None:
        asked = asked_for(entry)
        if ended.is_set() or away.issuperset(asked.names):
            return
        tally = Tally()
        try:
            run_locked(harvest.only(asked), entry, order.span_for(entry, harvest.settings), tally=tally)
        finally:
            summary.add(tally)

    with ThreadPoolExecutor(order.workers, thread_name_prefix="service") as services:
        futures = {services.submit(one, entry): entry for entry in order.entries}
        for future in as_completed(futures):
            error = future.exception()
            if isinstance(error, ArchiveUnavailable):
                # Each service says it in its own words; the first says enough.
                if not away.issuperset(names := asked_for(futures[future]).names):
                    summary.unreachable.append(str(error))
                away.update(names)
            elif isinstance(error, TransientFailure):
                # The index failed for one source: the other services continue, this one at the next run.
                summary.unreachable.append(str(error))
            elif isinstance(error, BudgetSpent | Stopped):
                ended.set()
                summary.stopped = str(error)
            elif error is not None:
                ended.set()
                harvest.stop.set()
                raise error


def count(database: Database, entries: Iterable[ServiceEntry], summary: Summary) -> None:
    """Add to a summary what the store now holds of these services."""
    with database.reading() as session:
        names = [entry.name for entry in entries]
        ids = session.scalars(select(Service.id).where(Service.name.in_(names))).all()
        for service_id in ids:
            summary.outcomes.update(ledger.counts(session, service_id))
        summary.known = sum(summary.outcomes.values())
        summary.versions = session.scalar(select(func.count(Version.id)).where(Version.service_id.in_(ids))) or 0
        summary.changes = session.scalar(select(func.count(Change.id)).where(Change.service_id.in_(ids))) or 0
        reasons = session.execute(
            select(Capture.outcome, Capture.reason, func.count())
            .where(Capture.service_id.in_(ids), Capture.reason.is_not(None))
            .group_by(Capture.outcome, Capture.reason)
        )
        for outcome, reason, number in reasons:
            summary.reasons[f"{outcome}: {reason}"] += number
        summary.missing = [f"{one.url or one.service}: {one.reason}" for one in missing(session, ids)]
