"""Work for several machines: Celery tasks, each one a service (and a span of it), that may be done twice without harm.

A task is acknowledged when it is done. One whose worker was killed is delivered again, finds what was committed, and
continues.
A message says which service of the worker's own catalogue is meant, never an address: who can write to the broker can
make workers work, but not ask servers that the configuration does not name.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NoReturn, get_args

from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry, choose, load_catalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.catalogue.samples import parse_sample
from harvester.clock import utc_now
from harvester.dates import parse_iso
from harvester.errors import BrokerUnavailable, ConfigurationError, Stopped, StoreAway
from harvester.harvest.reclean.pieces import Piece, finish, reclean_piece
from harvester.harvest.report.summary import Summary
from harvester.harvest.run import run_locked
from harvester.harvest.session import HarvestSpan, Tally, opened
from harvester.service.observe.logs import about
from harvester.service.observe.outage import Outage, outlasting
from harvester.service.observe.presence import present
from harvester.service.observe.reporting import Logged
from harvester.service.workers.broker import explained, url_and_options
from harvester.settings import ArchiveSettings, RenderMode, Settings
from harvester.store.database import Database
from harvester.store.ledger import runs
from harvester.store.schema import Run

log = logging.getLogger(__name__)

HARVEST = "harvester.harvest"
RECLEAN = "harvester.reclean"
HISTORY = "harvester.history"
TASK = "task"
"""The kind of the run that each execution of a task is."""
SLICE_SECONDS = 120.0
"""Seconds after which a harvest continues as a new task, so that no broker considers its worker lost.

So long, too, a worker waits for a database that is away, before it gives its task back."""


def application(settings: Settings) -> Any:
    """Return the Celery application for the broker of the settings; JSON only, in and out."""
    if settings.broker_url is None:
        raise ConfigurationError("workers need a broker: set broker_url in harvester.toml (Redis or RabbitMQ)")
    try:
        from celery import Celery
    except ImportError as error:
        raise ConfigurationError(
            "broker_url is set, and the extra `workers` is not installed; pip install 'harvester[workers]'"
        ) from error
    url, options = url_and_options(settings.broker_url.get_secret_value())
    app = Celery("harvester", broker=url)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_soft_shutdown_timeout=8.0,
        worker_hijack_root_logger=False,
        worker_max_memory_per_child=1_000_000,  # KiB
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options=options,
        task_default_queue=settings.broker_queue,
        timezone="UTC",
    )
    tasks = Tasks(settings, app)
    # A shared task would be given to every other application of the process too.
    app.task(name=HARVEST, shared=False)(tasks.harvest)
    app.task(name=RECLEAN, shared=False)(tasks.reclean)
    app.task(name=HISTORY, shared=False)(tasks.history)
    return app


def work(settings: Settings, concurrency: int | None) -> None:
    """Run a worker until SIGTERM; what it cannot end within eight seconds goes back to the broker."""
    load_catalogue(settings.config / "services.toml", settings)
    app = application(settings)
    Database.open(settings.database).close()
    name = f"harvester-{os.getpid()}@{socket.gethostname()}"
    arguments = ["worker", "--hostname", name, "--loglevel", settings.log_level.upper(), "--without-gossip",
                 "--without-mingle", "--without-heartbeat"]  # fmt: skip
    from celery.signals import worker_ready

    database = Database(settings.database)
    with ExitStack() as kept:
        kept.callback(database.close)

        # Not before the pool has forked: its processes would inherit the thread's connection.
        @worker_ready.connect(weak=False)  # type: ignore[untyped-decorator]
        def begin(**_: Any) -> None:
            kept.enter_context(present(database, "worker", utc_now))

        app.worker_main(arguments + (["--concurrency", str(concurrency)] if concurrency else []))


class Tasks:
    """The tasks of one worker process; its connections are opened when the first task comes, after the fork."""

    def __init__(self, settings: Settings, app: Any, wait: Callable[[float], object] = time.sleep) -> None:
        self._present, self._app, self._wait = PresentSettings(settings), app, wait
        self._database: Database | None = None
        self._outage = Outage()

    def harvest(
        self,
        order: str,
        piece: str,
        service: str,
        archive: str | None,
        span: dict[str, str | None],
        render: RenderMode | None = None,
    ) -> None:
        """Harvest one service between two dates, for a few minutes at most; the rest is a new task.

        `render` is which of its pages are rendered, where the order says so.
        """

        done = Summary()  # over all tries of this task: what one did before the database went away is not done again

        def do(database: Database, summary: dict[str, Any]) -> None:
            entry = _rendering(self._entry(service), render)
            chosen = self._settings.archive_for(entry.archives, self._given(archive))
            stop = threading.Event()
            timer = threading.Timer(SLICE_SECONDS, stop.set)
            timer.daemon = True
            timer.start()
            try:
                _harvested(database, self._settings, chosen, entry, _span(span), stop, done)
            finally:
                timer.cancel()
                summary.update(done.of_harvest())

        try:
            self._outlasting(order, piece, service, do)
        except Stopped:
            try:
                with explained(self._settings):
                    self._app.send_task(HARVEST, args=[order, piece, service, archive, span, render])
            except BrokerUnavailable as error:
                self._give_back(error)

    def reclean(self, order: str, piece: str, service: str, first: int, last: int, force: bool) -> None:
        """Re-clean the payloads of a service from one number to another."""

        def do(database: Database, summary: dict[str, Any]) -> None:
            done = reclean_piece(
                database,
                self._settings,
                self._entry(service),
                Piece(service, first, last),
                force=force,
                clock=utc_now,
                stop=threading.Event(),
            )
            summary.update(done.as_dict())

        self._outlasting(order, piece, service, do)

    def history(self, order: str, piece: str, service: str) -> None:
        """Update the history of a service to its re-cleaned texts."""

        def do(database: Database, _summary: dict[str, Any]) -> None:
            finish(database, service, utc_now())

        self._outlasting(order, piece, service, do)

    def _outlasting(self, order: str, piece: str, service: str, do: Callable[[Database, dict[str, Any]], None]) -> None:
        """Do and record a task; while the database is away wait for it, then give the task back to the broker."""
        with about(service=service):
            try:
                outlasting(lambda: self._once(order, piece, service, do), self._outage, SLICE_SECONDS, self._wait)
            except StoreAway as error:
                self._give_back(error)

    def _once(self, order: str, piece: str, service: str, do: Callable[[Database, dict[str, Any]], None]) -> None:
        database = self._opened()
        if _is_done(database, order, piece, service):
            return
        with runs.recorded(database, TASK, service, {"order": order, "piece": piece}, utc_now) as summary:
            try:
                do(database, summary)
            except (Stopped, StoreAway) as error:
                # Not its end: who waits for the piece waits on.
                if isinstance(error, StoreAway):
                    summary.clear()  # the next try counts on
                summary["goes_on"] = True
                raise

    def _give_back(self, error: Exception) -> NoReturn:
        """Leave the message with the broker, for the next worker: a failed task would count as done there."""
        from celery.exceptions import Reject

        log.warning("the task goes back to the broker: %s", error)
        raise Reject(str(error), requeue=True) from error

    @property
    def _settings(self) -> Settings:
        """The settings, with the targets of notices that harvester.toml has now."""
        return self._present.now()

    def close(self) -> None:
        """Close the connections that tasks opened."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _opened(self) -> Database:
        if self._database is None:
            self._database = Database(self._settings.database)
        return self._database

    def _entry(self, service: str) -> ServiceEntry:
        return choose(load_catalogue(self._settings.config / "services.toml"), (service,))[0]

    def _given(self, names: str | None) -> ArchiveSettings | None:
        """Return the archives that an order names; None: those that this worker's own files name."""
        if names is None:
            return None
        for name in names.split(","):
            if not self._settings.knows_archive(name.strip()):
                raise ConfigurationError(
                    f"this worker's harvester.toml names no archive {name!r}; give all machines the same settings"
                )
        return self._settings.archive_named(names)


def _harvested(
    database: Database, settings: Settings, archive: ArchiveSettings, entry: ServiceEntry, span: HarvestSpan,
    stop: threading.Event, done: Summary,
) -> None:  # fmt: skip
    """Harvest one service; count what was done into `done`, also when it raises."""
    tally = Tally()
    with opened(database, settings, archive, clock=utc_now, stop=stop, progress=Logged()) as harvest:
        try:
            run_locked(harvest, entry, span, tally=tally)
        finally:
            done.add(tally)
            done.requests.update(harvest.budget.spent)
            done.add_requests(harvest.requests_by_archive)


def _rendering(entry: ServiceEntry, render: RenderMode | None) -> ServiceEntry:
    """Return the entry of a service with the order's own choice; raises ConfigurationError if there is none such."""
    if render is None:
        return entry
    if render not in get_args(RenderMode):
        raise ConfigurationError(f"render: {render!r} must be one of {', '.join(get_args(RenderMode))}")
    return entry.model_copy(update={"render": render})


def _span(stored: dict[str, str | None]) -> HarvestSpan:
    start, end = (parse_iso(text) if (text := stored[name]) else None for name in ("from", "to"))
    return HarvestSpan(start, end, parse_sample(stored["sample"] or "all"))


def _is_done(database: Database, order: str, piece: str, service: str) -> bool:
    """Return whether a redelivered task was finished before its acknowledgement was lost."""
    with database.reading() as session:
        done = select(Run.id).where(
            Run.service == service,
            Run.kind == TASK,
            Run.outcome == "done",
            Run.parameters["order"].as_string() == order,
            Run.parameters["piece"].as_string() == piece,
        )
        return session.scalar(done.limit(1)) is not None
