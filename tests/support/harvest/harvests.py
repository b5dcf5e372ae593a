"""Harvests as the commands make them, in this process, with waits short enough for tests."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from harvester.catalogue.entries import ServiceEntry, SourceEntry, load_catalogue
from harvester.catalogue.samples import parse_sample
from harvester.clock import Clock, utc_now
from harvester.harvest.backfill import Estimate, Order, backfill, estimate
from harvester.harvest.report.progress import Progress, Silent
from harvester.harvest.report.summary import Summary
from harvester.settings import INTERNET_ARCHIVE, ArchiveSettings, FetchSettings, Settings
from harvester.store.database import Database
from tests.support.paths import SAMPLE

QUICK = FetchSettings.model_validate({"timeout": 5, "max_seconds": 10, "retry_after": "0.1s"})
NO_LIMIT = (600_000.0, 10_000.0)
"""Index requests a minute, captures a second."""


class Noted(Silent):
    """Keeps what a harvest notes for the operator."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, service: str, message: str) -> None:
        """Keep it."""
        self.notes.append(f"{service}: {message}")


def settings(fetch: FetchSettings = QUICK) -> Settings:
    """The defaults, with little patience between two tries of a capture."""
    return Settings(fetch=fetch)


def archive_at(base: str, rates: tuple[float, float] = NO_LIMIT) -> ArchiveSettings:
    """The archive at a base URL with its limits; what documents show of it does not name its port."""
    chosen = settings().archive_named(base)
    changed = {"cdx_per_minute": rates[0], "captures_per_second": rates[1], "snapshots": INTERNET_ARCHIVE.snapshots}
    return chosen.model_copy(update=changed)


def sample_services() -> tuple[ServiceEntry, ...]:
    """The catalogue of the sample archive."""
    return load_catalogue(SAMPLE / "services.toml")


def entry(name: str, *urls: str, **more: object) -> ServiceEntry:
    """A catalogue entry of a service with these addresses."""
    return ServiceEntry.model_validate({"name": name, "sources": [SourceEntry(url=url) for url in urls], **more})


def order(
    entries: Sequence[ServiceEntry] | None = None,
    *,
    sample: str | None = None,
    workers: int = 4,
    budget: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Order:
    """An order for a backfill; by default of the sample's services."""
    chosen = sample_services() if entries is None else entries
    return Order(chosen, start, end, parse_sample(sample) if sample else None, workers, budget)


def harvest(
    database: Database,
    base: str,
    entries: Sequence[ServiceEntry] | None = None,
    *,
    sample: str | None = None,
    workers: int = 4,
    budget: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    rates: tuple[float, float] = NO_LIMIT,
    fetch: FetchSettings = QUICK,
    clock: Clock = utc_now,
    stop: threading.Event | None = None,
    progress: Progress | None = None,
    name: str | None = None,
) -> Summary:
    """Run one backfill from the archive at `base`; the store knows it as `name` (None: its address)."""
    archive = archive_at(base, rates)
    return backfill(
        database,
        settings(fetch),
        archive if name is None else archive.model_copy(update={"name": name}),
        order(entries, sample=sample, workers=workers, budget=budget, start=start, end=end),
        clock=clock,
        stop=stop or threading.Event(),
        progress=progress or Silent(),
    )


def planned(
    database: Database, base: str, entries: Sequence[ServiceEntry] | None = None, *, sample: str | None = None
) -> Estimate:
    """What `backfill --plan` finds."""
    return estimate(
        database,
        settings(),
        archive_at(base),
        order(entries, sample=sample),
        clock=utc_now,
        stop=threading.Event(),
    )
