"""The status of an installation: what it holds, what waits, how the archives have answered, how the service runs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from harvester.archive.limiter.rules import LimiterState
from harvester.archive.saving.saving_archive import keeping_problem
from harvester.catalogue.entries import catalogue_entries, catalogue_names, catalogue_problem, load_catalogue
from harvester.clock import Clock
from harvester.dates import iso
from harvester.errors import ConfigurationError, UnknownName
from harvester.harvest.limiter.shared import limiter_states
from harvester.service.notify.states import outbox
from harvester.service.observe.presence import running
from harvester.service.schedule.jobs import jobs
from harvester.service.schedule.leadership import leader
from harvester.settings import Settings
from harvester.store import saves
from harvester.store.content import renderings
from harvester.store.database import Database
from harvester.store.ledger import tallies
from harvester.store.read import services as read_services
from harvester.store.read.missing import no_policy_since, without_versions
from harvester.store.schema import Run, Service


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """One archive: requests made to it so far, and whether it is paused or left alone."""

    name: str
    state: LimiterState
    breaker: str

    @property
    def summary(self) -> str:
        """In one line."""
        saved = f", {self.state.save_requests} requests to save" if self.state.save_requests else ""
        made = (
            f"{self.state.cdx_requests} index requests, {self.state.playback_requests} capture requests{saved} so far"
        )
        if self.breaker == "closed":
            return f"{made}; answering"
        until = datetime.fromtimestamp(self.state.blocked_until, UTC)
        return f"{made}; {self.breaker} until {until:%Y-%m-%d %H:%M:%S} UTC: {self.state.reason}"


@dataclass(frozen=True, slots=True)
class RunRow:
    """The last run of a kind."""

    kind: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None


# Made once: to build them takes longer than to run them.
_SERVICES = select(func.count(Service.id))
_LAST_RUNS = (
    select(Run.kind, Run.started_at, Run.finished_at, Run.outcome)
    .where(Run.id.in_(select(func.max(Run.id)).group_by(Run.kind)))
    .order_by(Run.kind)
)


@dataclass(frozen=True, slots=True)
class InstallationStatus:
    """An installation at an instant."""

    services: int
    versions: int
    changes: int
    outcomes: dict[str, int]
    needs_a_browser: int
    archives: list[ArchiveStatus]
    last_runs: list[RunRow]

    def as_dict(self) -> dict[str, Any]:
        """Return the same for JSON."""
        return {
            "services": self.services,
            "captures": sum(self.outcomes.values()),
            "versions": self.versions,
            "changes": self.changes,
            "outcomes": self.outcomes,
            "needs_a_browser": self.needs_a_browser,
            "archives": {
                one.name: {
                    "breaker": one.breaker,
                    "reason": one.state.reason,
                    "paused_until": one.state.paused_until or None,
                    "blocked_until": one.state.blocked_until or None,
                    "index_requests": one.state.cdx_requests,
                    "capture_requests": one.state.playback_requests,
                    "save_requests": one.state.save_requests,
                }
                for one in self.archives
            },
            "last_runs": [
                {"kind": one.kind, "started_at": iso(one.started_at), "outcome": one.outcome} for one in self.last_runs
            ],
        }


def installation_status(database: Database, now: datetime, settings: Settings | None = None) -> InstallationStatus:
    """Return counts and states, without loading bodies. `settings` say where the limiter is kept; None: in the
    store.
    """
    archives = []
    for name, state in limiter_states(database, settings or Settings()).items():
        limiter = LimiterState.read(state)
        archives.append(ArchiveStatus(name, limiter, limiter.breaker(now.timestamp())))
    with database.reading() as session:
        runs = session.execute(_LAST_RUNS)
        counted = tallies.totals(session)
        return InstallationStatus(
            services=session.scalar(_SERVICES) or 0,
            versions=counted.pop(tallies.VERSIONS, 0),
            changes=counted.pop(tallies.CHANGES, 0),
            outcomes=counted,
            needs_a_browser=renderings.count_needed(session),
            archives=archives,
            last_runs=[RunRow(*run) for run in runs],
        )


def service_status(database: Database, clock: Clock, settings: Settings) -> dict[str, Any]:
    """Return what `status_without_jobs` does, and the job of every service."""
    return {**status_without_jobs(database, clock, settings), "jobs": [job.as_dict() for job in jobs(database)]}


def status_without_jobs(database: Database, clock: Clock, settings: Settings) -> dict[str, Any]:
    """Return the processes (``host:pid``) and the outbox by target.

    `scheduler` leads, those on `standby` wait to; services are `removed` from the catalogue, `without_versions`,
    or show `no_policy_since` a day;
    `catalogue_problem` is why the catalogue is refused, `keep_problem` why captures that it wants kept cannot be asked
    for, or None. `asked` are the archives of the settings, `asked_for` those of services that name their own. `saves`
    counts the last request of each address by state, `saves_failed` says which failed and why.
    """
    leads, now = leader(database, clock), clock()
    with database.reading() as session:
        saved = saves.states(session)
        failed = [{**one, "due_at": iso(one["due_at"])} for one in saves.troubles(session)]
    return {
        "scheduler": leads,
        "standby": [one for one in running(database, "scheduler", now) if one != leads],
        "workers": running(database, "worker", now),
        "catalogue_problem": refused_catalogue(settings, in_use=leads is not None),
        "keep_problem": refused_keep(settings),
        "asked": list(settings.archive_named().names),
        "asked_for": asked_for(settings),
        "saves": saved,
        "saves_failed": failed,
        **not_followed(database, settings),
        "notices": outbox(database),
    }


def refused_catalogue(settings: Settings, *, in_use: bool) -> str | None:
    """Return why the catalogue is refused, or None. A missing one is a problem only while it is `in_use`."""
    file = settings.config / "services.toml"
    return catalogue_problem(file, settings) if in_use or file.exists() else None


def refused_keep(settings: Settings) -> str | None:
    """Return why no captures are asked for although the catalogue wants them kept, or None."""
    try:
        return keeping_problem(settings, None, load_catalogue(settings.config / "services.toml"))
    except ConfigurationError:
        return None  # `refused_catalogue` says so


def asked_for(settings: Settings) -> dict[str, list[str]]:
    """Return the archives that are asked for each document for which the catalogue names its own."""
    found: dict[str, list[str]] = {}
    for name, entry in (catalogue_entries(settings.config / "services.toml") or {}).items():
        with suppress(ConfigurationError, UnknownName):  # `refused_catalogue` says so
            if entry.archives:
                found[name] = list(settings.archive_for(entry.archives).names)
    return found


def not_followed(database: Database, settings: Settings) -> dict[str, Any]:
    """Return the services that left the catalogue, those without a version, and those whose policy is no longer seen,
    with the reason.
    """
    names = catalogue_names(settings.config / "services.toml")
    with database.reading() as session:
        removed = [] if names is None else sorted(read_services.all_names(session) - names)
        absent = without_versions(session)
        unseen = no_policy_since(session)
    return {
        "removed": removed,
        "without_versions": [
            {"service": one.service, "outcome": str(one.outcome), "reason": one.reason} for one in absent
        ],
        "no_policy_since": [
            {
                "service": one.service,
                "since": iso(one.since),
                "looked_at": iso(one.looked_at),
                "outcome": str(one.outcome),
                "reason": one.reason,
                "words": one.words,
            }
            for one in unseen
        ],
    }
