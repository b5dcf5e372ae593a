"""The parts that a harvest shares within a process, and its order.

`opened` is the one place that makes the client of an archive with its limiter and budget.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from harvester.archive.client import ArchiveClient
from harvester.archive.common_crawl import CommonCrawlClient
from harvester.archive.index.paging import CdxPage, Checkpoint
from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.playback.playback import PlayedCapture
from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.samples import Sample
from harvester.clock import Clock
from harvester.dates import iso
from harvester.errors import ArchiveError, ArchiveUnavailable
from harvester.harvest import notable
from harvester.harvest.limiter.shared import limiter_for
from harvester.harvest.report.progress import Progress, Silent
from harvester.processes import Work, here
from harvester.rendering.on_demand import BrowserOnDemand
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.schema import Source


@dataclass(frozen=True, slots=True)
class HarvestSpan:
    """The time to harvest, from when to when (both included; None: no limit), and the sampling."""

    start: datetime | None
    end: datetime | None
    sample: Sample

    def as_dict(self) -> dict[str, str | None]:
        """Return the span for the record of runs."""
        return {"from": iso(self.start), "to": iso(self.end), "sample": str(self.sample)}


@dataclass(slots=True)
class Tally:
    """The result of one harvest of one service.

    `known_until` is the newest capture known, once the harvest was complete and had no end date.
    """

    fetched: int = 0
    adopted: int = 0
    rendered: int = 0
    new_versions: int = 0
    new_changes: int = 0
    known_until: datetime | None = None

    def as_dict(self) -> dict[str, int | str | None]:
        """Return the figures for the record of runs."""
        return {
            "fetched": self.fetched,
            "adopted": self.adopted,
            "rendered": self.rendered,
            "new_versions": self.new_versions,
            "new_changes": self.new_changes,
            notable.KNOWN_UNTIL: iso(self.known_until),
        }


class Archive(Protocol):
    """An archive to harvest: one on the web (`archive.client`), or files on disk (`archive.local`). Thread-safe."""

    @property
    def archive(self) -> ArchiveSettings:
        """Its name, and where it shows captures."""
        ...

    def search(
        self,
        url: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Iterator[CdxPage]:
        """Search the index; see `ArchiveClient.search`."""
        ...

    def fetch(
        self, url: str, timestamp: datetime, *, window: timedelta | None = None, digest: str | None = None
    ) -> PlayedCapture:
        """Fetch a capture; see `ArchiveClient.fetch`."""
        ...


@dataclass(slots=True)
class Harvest:
    """The parts that a harvest works with; one for a process, shared by its threads.

    `pool` runs downloads, of which `downloads_at_once` ask the archive at once, and waits for `work`, which does what
    only computes: a pool of more threads downloads while pages are cleaned. `budget` counts the requests, `budgets`
    those to each archive. `others` are archives asked beside `client`; `down` says of those that do not answer why, for
    the rest of this run.
    `problems` are single searches of one of several archives that failed. `browser` renders what needs it.
    """

    database: Database
    client: Archive
    settings: Settings
    clock: Clock
    stop: threading.Event
    progress: Progress
    pool: Executor
    downloads_at_once: int = 4
    wait_for_retries: bool = True
    work: Work = here
    budget: Budget = field(default_factory=lambda: Budget(None))
    budgets: dict[str, Budget] = field(default_factory=dict)
    others: tuple[Archive, ...] = ()
    down: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    browser: BrowserOnDemand = field(default_factory=BrowserOnDemand)
    downloading: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.downloading = threading.Semaphore(self.downloads_at_once)

    @property
    def clients(self) -> tuple[Archive, ...]:
        """All archives that are asked."""
        return (self.client, *self.others)

    def only(self, asked: ArchiveSettings) -> Harvest:
        """Return this harvest with the archives that are asked for one service; all else is shared."""
        by_name = {one.archive.name: one for one in self.clients}
        part = copy.copy(self)
        part.client, *others = (by_name[name] for name in asked.names)
        part.others = tuple(others)
        return part

    def asking(self) -> list[Archive]:
        """Return the archives that are asked and not down; raises `ArchiveUnavailable` when all are."""
        up = [one for one in self.clients if one.archive.name not in self.down]
        if not up:
            raise ArchiveUnavailable("; ".join(self.down[one.archive.name] for one in self.clients))
        return up

    def leave(self, archive: str, error: ArchiveError) -> None:
        """Ask an archive nothing more in this run; raises the error when it was the last."""
        if len(self.clients) == 1:
            raise error
        self.down.setdefault(archive, f"{archive}: {error}")
        if all(one.archive.name in self.down for one in self.clients):
            raise error

    @property
    def requests_by_archive(self) -> dict[str, dict[str, int]]:
        """How many requests were made to each archive, by endpoint."""
        return {name: {str(one): made for one, made in of.spent.items()} for name, of in self.budgets.items()}

    @property
    def unreachable(self) -> list[str]:
        """What could not be asked of some of the archives, though others answered."""
        return [*self.down.values(), *self.problems]

    def exclude(self, source: Source, archives: Sequence[str], reason: str) -> None:
        """Leave a source alone for a month, with all of its captures that were still wanted.

        Of several archives each says it for itself only: what another has as well is asked of that.
        """
        alone = len(self.clients) == 1
        with self.database.writing() as session:
            due_at = self.clock() + self.settings.poll.excluded_expires
            sources.exclude(session, source, reason, due_at, None if alone else archives)


def client_of(
    archive: ArchiveSettings, settings: Settings, limiter: Limiter, clock: Clock
) -> ArchiveClient | CommonCrawlClient:
    """Return the client of an archive in its dialect."""
    if archive.dialect != "commoncrawl":
        return ArchiveClient(archive, settings.fetch, limiter, clock=clock)
    kept = settings.data / f"crawls-{limiter.key.replace(':', '-')}.json"
    return CommonCrawlClient(archive, settings.fetch, limiter, clock=clock, kept=kept)


def all_asked(
    settings: Settings, entries: Iterable[ServiceEntry], given: ArchiveSettings | None = None
) -> ArchiveSettings:
    """Return all archives that are asked for some documents, in one; `given` are those of the command line, if any."""
    if given is not None:
        return given
    asked = [one for entry in entries for one in settings.archive_for(entry.archives).each]
    first, *others = {one.name: one for one in asked or settings.archive_named().each}.values()
    return first.model_copy(update={"others": tuple(others)})


@contextmanager
def opened(
    database: Database,
    settings: Settings,
    archive: ArchiveSettings,
    *,
    clock: Clock,
    stop: threading.Event,
    progress: Progress | None = None,
    budget: int | None = None,
    downloads_at_once: int | None = None,
    threads: int | None = None,
    wait_for_retries: bool = True,
    work: Work = here,
) -> Iterator[Harvest]:
    """Open a harvest of an archive for the body of the ``with``: client, limiter, budget and threads.

    `budget` is the number of requests it may make (None: no limit), beside those of the archives. `downloads_at_once`
    is `fetch.threads` unless it is given, and the pool has as many threads unless `threads` says more.
    """
    at_once = downloads_at_once or settings.fetch.threads
    total = Budget(budget)
    budgets = {one.name: Budget(one.budget, total, one.name if archive.others else None) for one in archive.each}
    with ExitStack() as stack:
        clients = [
            stack.enter_context(
                closing(client_of(one, settings, limiter_for(database, one, settings, budgets[one.name], stop), clock))
            )
            for one in archive.each
        ]
        pool = stack.enter_context(ThreadPoolExecutor(threads or at_once, thread_name_prefix="fetch"))
        browser = stack.enter_context(closing(BrowserOnDemand(settings.browser, stop)))
        yield Harvest(
            database,
            clients[0],
            settings,
            clock,
            stop,
            progress or Silent(),
            pool,
            at_once,
            wait_for_retries,
            work,
            total,
            budgets,
            tuple(clients[1:]),
            browser=browser,
        )
