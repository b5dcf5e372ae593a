"""One import of archive files: whose captures are wanted, where they are in the files, and into the store with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.archive.local.local_archive import LocalArchive
from harvester.catalogue.entries import ServiceEntry, choose
from harvester.clock import Clock
from harvester.errors import ConfigurationError, Stopped
from harvester.harvest.imports.entering import addresses, import_captures
from harvester.harvest.imports.policies import all_pages, name_services, policies
from harvester.harvest.report.progress import Progress
from harvester.harvest.session import Harvest, Tally
from harvester.memento import surt
from harvester.processes import working
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.ledger.imported import imported_addresses


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose captures are taken; without any of these the catalogue's and those of every page that reads as a policy.

    `services` are names of the catalogue, `urls` addresses of pages, `everything` takes every page of text.
    """

    services: Sequence[str] = ()
    urls: Sequence[str] = ()
    everything: bool = False

    def __post_init__(self) -> None:
        if sum(map(bool, (self.services, self.urls, self.everything))) > 1:
            raise ConfigurationError("import: give only one of --service, --url and --all")


@dataclass(slots=True)
class ImportedFiles:
    """The result of an import of files: `services` have captures in them, `found` are those not in the catalogue.

    `captures` counts what the files hold of these services; `nameless` are addresses without a registrable domain.
    """

    captures: int = 0
    services: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    stopped: bool = False


def import_files(
    database: Database,
    settings: Settings,
    files: Sequence[ArchiveFile],
    catalogue: Sequence[ServiceEntry],
    choice: Choice,
    *,
    clock: Clock,
    stop: threading.Event,
    progress: Progress,
    report: Callable[[Broken], None],
) -> ImportedFiles:
    """Take captures from archive files into the store; `report` is called for each broken place of a file.

    Run again, or killed and run again, it adds only what is missing. Raises `UnknownName` for a service that the
    catalogue does not have.
    """
    done = ImportedFiles()
    archive = LocalArchive(files, settings.fetch, report, stop)
    try:
        entries, found, done.nameless = _services(database, archive, catalogue, choice)
        archive.index(url for entry in (*entries, *found) for url in addresses(database, entry))
    except Stopped:
        done.stopped = True
        return done
    done.found = [entry.name for entry in found]
    threads = settings.fetch.threads
    with working(threads) as work, ThreadPoolExecutor(2 * threads, thread_name_prefix="import") as pool:
        harvest = Harvest(
            database, archive, settings, clock, stop, progress, pool, threads, wait_for_retries=False, work=work
        )
        for entry in (*entries, *found):
            held = sum(archive.captures(url) for url in addresses(database, entry))
            if not held:
                continue
            origin = sources.IMPORTED if entry.name in done.found else sources.CATALOGUE
            try:
                import_captures(harvest, entry, done.tally, origin)
            except Stopped:
                done.stopped = True
                break
            done.captures += held
            done.services.append(entry.name)
    return done


def _services(
    database: Database, archive: LocalArchive, catalogue: Sequence[ServiceEntry], choice: Choice
) -> tuple[list[ServiceEntry], list[ServiceEntry], list[str]]:
    """Return the services of the catalogue, those found beside it, and addresses that cannot have a name."""
    entries = list(choose(catalogue, choice.services)) if choice.services else list(catalogue)
    if choice.services:
        return entries, [], []
    known = {surt(url): entry for entry in entries for url in addresses(database, entry)}
    if choice.urls:
        wanted = [known[surt(url)] for url in choice.urls if surt(url) in known]
        entries = list({entry.name: entry for entry in wanted}.values())
        found = [url for url in choice.urls if surt(url) not in known]
    elif choice.everything:
        found = all_pages(archive, known.keys())
    else:
        found = policies(archive, known.keys())
    archive.index(found)
    captures = {url: archive.captures(url) for url in found}
    with database.reading() as session:
        before = imported_addresses(session)
    named, nameless = name_services(found, captures, {entry.name for entry in catalogue}, before)
    return entries, named, nameless
