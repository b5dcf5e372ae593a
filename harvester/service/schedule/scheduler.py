"""The scheduler: each service of the catalogue polled at its own pace, for years, by one process at a time.

Jobs live in APScheduler's own table of the store, so that a restart continues where the last run ended. What was missed
while nothing ran is caught up with once for each service, spread over the jitter, not all at once.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from harvester.catalogue.entries import ServiceEntry, WatchedCatalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.clock import Clock
from harvester.dates import iso
from harvester.errors import HarvesterError, Stopped, StoreAway, StoreError, StoreUpgraded, UnknownName
from harvester.harvest.poll import Polled, poll
from harvester.harvest.reclean.pieces import made_by_another_cleaner
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.session import all_asked
from harvester.service.notify.outbox import Postman
from harvester.service.observe.logs import about
from harvester.service.observe.outage import Outage
from harvester.service.observe.presence import present
from harvester.service.observe.reporting import Logged
from harvester.service.schedule.job_store import QuietScheduler, job_store
from harvester.service.schedule.jobs import cut_off, job_id
from harvester.service.schedule.keeping import Keeper
from harvester.service.schedule.leadership import leading
from harvester.service.schedule.pausing import is_paused
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database

log = logging.getLogger(__name__)

POLLS_AT_ONCE = 4
TICK_SECONDS = 1.0
"""Seconds until an edit of the catalogue or a `run` is noticed."""
CLOCK_BACK = timedelta(minutes=1)
"""By how much the clock must go back for the polls to be arranged again: they would wait until it is as late again."""
GRACE_SECONDS = 7.0
"""Seconds for running polls to end when the scheduler stops; everything important is committed by then."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts that the jobs of this process share; the job store keeps only the names of services.

    `given` are the archives of the command line, if any.
    """

    database: Database
    present: PresentSettings
    given: ArchiveSettings | None
    catalogue: WatchedCatalogue
    clock: Clock
    stop: threading.Event

    @property
    def settings(self) -> Settings:
        """The settings, with the watches and targets of notices that harvester.toml has now."""
        return self.present.now()


@dataclass(frozen=True, slots=True)
class _Leadership:
    installation: Installation
    ending: threading.Event
    outage: Outage


_leadership: _Leadership | None = None


def serve(installation: Installation) -> bool:
    """Poll until the installation's stop is set, while this process leads; otherwise wait to lead.

    After losing the leadership it waits for it again. Returns whether everything in progress ended in time: if not, a
    thread still waits for the archive, nothing that was committed is lost, and the process should be ended hard. Raises
    `StoreUpgraded` when a newer release has upgraded the store.
    """
    with present(installation.database, "scheduler", installation.clock):
        return _serve(installation)


def _serve(installation: Installation) -> bool:
    ended = True
    outage = Outage()
    while not installation.stop.is_set():
        try:
            with leading(installation.database, installation.clock, installation.stop, outage) as ending:
                ended = _lead(installation, ending, outage)
        except Stopped:
            return True
        except StoreUpgraded:
            raise
        except StoreError as error:
            outage.failed(error)
            installation.stop.wait(TICK_SECONDS)
    return ended


def arrange(scheduler: BackgroundScheduler, installation: Installation, at_once: Collection[str] = frozenset()) -> None:
    """Make the stored jobs agree with the catalogue: new ones soon, changed ones at their new interval, others removed.

    Services of `at_once` lost their last turn and get it again, as soon as new ones. A few new ones are polled now,
    since somebody waits for them; many are spread over the jitter.
    """
    stored = {job.id: job for job in scheduler.get_jobs()}
    wanted = {job_id(name): entry for name, entry in installation.catalogue.entries.items()}
    for gone in stored.keys() - wanted.keys():
        scheduler.remove_job(gone)
    new = wanted.keys() - stored.keys()
    for identity, entry in wanted.items():
        if identity in new and len(new) <= POLLS_AT_ONCE:
            _arrange_one(scheduler, installation, entry, None, spread=False)
            continue
        keeps = identity in stored and entry.name not in at_once
        planned = stored[identity].next_run_time if keeps else None
        _arrange_one(scheduler, installation, entry, planned)


def poll_service(name: str) -> None:
    """Run one job: poll a service. Failures are logged and retried at the next time of its schedule."""
    leadership = _leadership
    if leadership is None or leadership.ending.is_set():
        return
    installation = leadership.installation
    if (entry := installation.catalogue.entries.get(name)) is None:
        return
    with about(service=name):
        try:
            if is_paused(installation.database, name):
                log.info("%s is paused", name)
                return
            poll_once(installation, entry, leadership.ending)
        except Stopped:
            return
        except StoreAway as error:
            leadership.outage.failed(error)
        except HarvesterError as error:
            log.error("%s: %s", name, error)


def poll_once(installation: Installation, entry: ServiceEntry, stop: threading.Event) -> Polled:
    """Poll one service now, in this process, and log the result.

    Documents of another cleaner are cleaned again first: otherwise the first new capture would differ only by the
    cleaner, and be sent as a change.
    """
    if made_by_another_cleaner(installation.database, entry):
        log.info("%s: its documents are first made again by the present cleaner", entry.name)
        reclean(
            installation.database,
            installation.settings,
            (entry,),
            force=False,
            processes=1,
            clock=installation.clock,
            stop=stop,
        )
    polled = poll(
        installation.database,
        installation.settings,
        installation.given,
        entry,
        clock=installation.clock,
        stop=stop,
        progress=Logged(),
    )
    log.info(
        "%s: %d fetched, %d unchanged, %d new changes%s",
        entry.name,
        polled.tally.fetched,
        polled.tally.adopted,
        polled.tally.new_changes,
        f"; ended early: {polled.unavailable}" if polled.unavailable else "",
    )
    return polled


def hurry(database: Database, service: str, now: datetime) -> None:
    """Move the next run of a stored job forward to `now`; the leader sees it within a second or two.

    Through the job store alone: a scheduler, even a paused one, looks for due jobs again while it shuts down, and
    would take this one from the leader.
    """
    store = job_store(database)
    store.start(BackgroundScheduler(timezone="UTC"), "default")
    job = store.lookup_job(job_id(service))
    if job is None:
        raise UnknownName(
            f"the scheduler has no job for {service!r}; it picks up a new entry of services.toml within a second"
        )
    job.next_run_time = now
    store.update_job(job)


def _lead(installation: Installation, ending: threading.Event, outage: Outage) -> bool:
    """Schedule until `ending`; return whether all jobs ended within the grace period."""
    global _leadership
    with installation.database.explained():
        scheduler = _scheduler(installation.database, outage)
        scheduler.start(paused=True)
        _leadership = _Leadership(installation, ending, outage)
        try:
            arrange(scheduler, installation, cut_off(installation.database))
            scheduler.resume()
            entries = installation.catalogue.entries.values()
            asked = all_asked(installation.settings, entries, installation.given).names
            log.info("leading: %d services of %s are polled", len(entries), ", ".join(asked))
            with _errands_done(installation, ending, outage):
                _tick_until(ending, scheduler, installation)
        finally:
            ended = _end(scheduler, ending)
            _leadership = None
    return ended


def _tick_until(ending: threading.Event, scheduler: BackgroundScheduler, installation: Installation) -> None:
    latest = installation.clock()
    while not ending.wait(TICK_SECONDS):
        now = installation.clock()
        if now < latest - CLOCK_BACK:
            log.warning("the clock went back from %s to %s: the polls are arranged again", iso(latest), iso(now))
            arrange(scheduler, installation)
        latest = now
        if installation.catalogue.reread():
            arrange(scheduler, installation)
            log.info("the catalogue was edited: %d services are polled", len(installation.catalogue.entries))
        # Another process may have brought a job forward in the store (`run --now`): APScheduler does not know.
        scheduler.wakeup()
        if not _alive(scheduler):
            raise StoreError("the scheduler's thread has died; it is started again")


@contextmanager
def _errands_done(installation: Installation, ending: threading.Event, outage: Outage) -> Iterator[None]:
    postman = Postman(installation.database, installation.present, installation.clock, outage=outage)
    keeper = Keeper(
        installation.database,
        installation.settings,
        installation.given,
        lambda: installation.catalogue.entries.values(),
        installation.clock,
        outage,
    )
    threads = [
        threading.Thread(target=postman.deliver_until, args=(ending,), name="notices", daemon=True),
        threading.Thread(target=keeper.keep_until, args=(ending,), name="keep", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ending.set()
        for thread in threads:
            thread.join(GRACE_SECONDS)


def _end(scheduler: BackgroundScheduler, ending: threading.Event) -> bool:
    ending.set()
    waiting = threading.Thread(target=scheduler.shutdown, daemon=True)
    begun = time.monotonic()
    waiting.start()
    waiting.join(GRACE_SECONDS)
    if waiting.is_alive():
        log.warning("jobs still wait for the archive after %.0f s; they are abandoned", time.monotonic() - begun)
    return not waiting.is_alive()


def _alive(scheduler: BackgroundScheduler) -> bool:
    thread = scheduler._thread
    return bool(thread is not None and thread.is_alive())


def _scheduler(database: Database, outage: Outage | None = None) -> BackgroundScheduler:
    outage = outage or Outage()
    return QuietScheduler(
        database,
        outage,
        jobstores={"default": job_store(database, outage)},
        executors={"default": ThreadPoolExecutor(POLLS_AT_ONCE)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )


def _arrange_one(
    scheduler: BackgroundScheduler,
    installation: Installation,
    entry: ServiceEntry,
    planned: datetime | None,
    *,
    spread: bool = True,
) -> None:
    every = entry.every or installation.settings.poll.every
    jitter = min(installation.settings.poll.jitter, every / 2)
    # APScheduler's jitter is in whole seconds.
    trigger = IntervalTrigger(
        seconds=max(1, int(every.total_seconds())), jitter=int(jitter.total_seconds()) or None, timezone="UTC"
    )
    now = installation.clock()
    if planned is None or planned <= now:
        # A new service is looked at within the jitter; a missed one too, so that a long downtime causes no stampede.
        next_run = now + timedelta(seconds=random.uniform(0, jitter.total_seconds()) if spread else 0)
    else:
        next_run = min(planned, now + every)
    scheduler.add_job(
        poll_service, trigger, args=(entry.name,), id=job_id(entry.name), replace_existing=True, next_run_time=next_run
    )
