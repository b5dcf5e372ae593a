"""The metrics of an installation, for Prometheus. docs/metrics.md lists them.

Counts and states are read from the store on each request, so that every process shows the same and a restart loses
nothing. Durations are of the process that is asked: they are observed as they happen (`harvester.timing`).
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from harvester import timing
from harvester.archive.limiter.rules import LimiterState
from harvester.clock import Clock
from harvester.errors import StoreError
from harvester.harvest.limiter.shared import limiter_states
from harvester.service.notify.states import outbox
from harvester.service.observe.presence import Role, running
from harvester.service.observe.status import not_followed, refused_catalogue
from harvester.service.schedule.jobs import jobs
from harvester.service.schedule.leadership import leader
from harvester.settings import Settings
from harvester.store import saves
from harvester.store.database import Database
from harvester.store.ledger import ledger
from harvester.store.read import status
from harvester.store.schema import Notice

BREAKER = {"closed": 0, "half-open": 1, "open": 2}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

HTTP_REQUESTS = Counter(
    "harvester_http_requests", "Requests to the pages, feeds and API.", ["method", "route", "status"], registry=None
)
DURATIONS = {
    "http": Histogram(
        "harvester_http_request_seconds",
        "Seconds until the answer to a request was complete.",
        ["route"],
        buckets=_SECONDS,
        registry=None,
    ),
    "wait": Histogram(
        "harvester_request_wait_seconds",
        "Seconds that a request waited at the rate limiter.",
        ["endpoint"],
        buckets=_SECONDS,
        registry=None,
    ),
    "clean": Histogram(
        "harvester_clean_seconds", "Seconds that the cleaner took for a page.", buckets=_SECONDS, registry=None
    ),
    "diff": Histogram(
        "harvester_diff_seconds", "Seconds that the diff of a change took.", buckets=_SECONDS, registry=None
    ),
}


class StoreCollector(Collector):
    """Reads an installation's counts and states from its store at each scrape."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock

    def describe(self) -> list[Metric]:
        """Return nothing: nothing is read when the collector is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every metric of the store; only `harvester_up` 0 when the database does not answer."""
        up = GaugeMetricFamily("harvester_up", "1: the database answers.")
        try:
            families = [*self._captures(), *self._archives(), *self._jobs(), *self._notices()]
        except StoreError:
            families = []
        up.add_metric([], float(bool(families)))
        yield up
        yield from families

    def _captures(self) -> Iterator[Metric]:
        captures = GaugeMetricFamily("harvester_captures", "Captures in the ledger by outcome.", labels=["outcome"])
        waiting = GaugeMetricFamily("harvester_queue_captures", "Captures that wait to be fetched.")
        age = GaugeMetricFamily(
            "harvester_queue_age_seconds", "How long the most overdue capture has waited for its retry; 0: none waits."
        )
        now = self._clock()
        with self._database.reading() as session:
            counts = ledger.counts(session)
            overdue = status.oldest_due(session, now, counts)
            saved_by_state = saves.states(session)
        for outcome, number in counts.items():
            captures.add_metric([outcome], number)
        saved = GaugeMetricFamily(
            "harvester_saves", "Addresses by the state of the last request to save them.", labels=["state"]
        )
        for state, number in saved_by_state.items():
            saved.add_metric([state], number)
        waiting.add_metric([], sum(counts.get(outcome, 0) for outcome in ledger.WAITING))
        age.add_metric([], max(0.0, (now - overdue).total_seconds()) if overdue else 0.0)
        yield from (captures, waiting, age, saved)

    def _archives(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "harvester_requests", "Requests made to an archive so far.", labels=["archive", "endpoint"]
        )
        breaker = GaugeMetricFamily(
            "harvester_breaker", "Circuit breaker: 0 closed, 1 half-open, 2 open.", labels=["archive"]
        )
        paused = GaugeMetricFamily(
            "harvester_paused_seconds", "How much longer an archive is paused.", labels=["archive"]
        )
        now = self._clock().timestamp()
        for name, stored in limiter_states(self._database, self._settings).items():
            state = LimiterState.read(stored)
            requests.add_metric([name, "cdx"], state.cdx_requests)
            requests.add_metric([name, "playback"], state.playback_requests)
            requests.add_metric([name, "save"], state.save_requests)
            breaker.add_metric([name], BREAKER[state.breaker(now)])
            paused.add_metric([name], max(0.0, state.paused_until - now, state.blocked_until - now))
        yield from (requests, breaker, paused)

    def _jobs(self) -> Iterator[Metric]:
        success = GaugeMetricFamily(
            "harvester_last_success_timestamp_seconds",
            "When a poll of a service last succeeded, seconds since 1970.",
            labels=["service"],
        )
        failures = GaugeMetricFamily(
            "harvester_consecutive_failures", "Polls of a service in a row that failed.", labels=["service"]
        )
        leads = GaugeMetricFamily("harvester_scheduler_running", "1: some process leads the schedule.")
        known = jobs(self._database)
        for job in known:
            if job.last_success is not None:
                success.add_metric([job.service], job.last_success.timestamp())
            failures.add_metric([job.service], job.failures)
        now = self._clock()
        led = leader(self._database, self._clock) is not None
        leads.add_metric([], float(led))
        processes = GaugeMetricFamily("harvester_processes", "Processes that run now, by role.", labels=["role"])
        roles: tuple[Role, ...] = ("scheduler", "worker")
        for role in roles:
            processes.add_metric([role], len(running(self._database, role, now)))
        valid = GaugeMetricFamily(
            "harvester_catalogue_valid", "0: services.toml is refused, the last good one is used."
        )
        valid.add_metric([], float(refused_catalogue(self._settings, in_use=led) is None))
        services = GaugeMetricFamily("harvester_services", "Services of the store by state.", labels=["state"])
        followed = not_followed(self._database, self._settings)
        for state in ("removed", "without_versions", "no_policy_since"):
            services.add_metric([state], len(followed[state]))
        services.add_metric(["known"], len(known))
        yield from (success, failures, leads, processes, valid, services)

    def _notices(self) -> Iterator[Metric]:
        notices = GaugeMetricFamily("harvester_notices", "Notices by target and state.", labels=["target", "state"])
        oldest = GaugeMetricFamily(
            "harvester_notices_overdue_seconds", "How long the most overdue notice has been pending; 0: none is."
        )
        for target, states in outbox(self._database).items():
            for state, number in states.items():
                notices.add_metric([target, state], number)
        now = self._clock()
        with self._database.reading() as session:
            due = session.scalar(select(func.min(Notice.due_at)).where(Notice.sent_at.is_(None)))
        oldest.add_metric([], max(0.0, (now - due).total_seconds()) if due else 0.0)
        yield from (notices, oldest)


def registry(database: Database, settings: Settings, clock: Clock) -> CollectorRegistry:
    """Return all metrics of an installation, and the durations of this process from now on."""
    found = CollectorRegistry()
    found.register(StoreCollector(database, settings, clock))
    for histogram in DURATIONS.values():
        found.register(histogram)
    found.register(HTTP_REQUESTS)
    timing.listen(_observe)
    return found


def page(of: CollectorRegistry) -> bytes:
    """Return the body of ``/metrics``; its type is `prometheus_client.CONTENT_TYPE_LATEST`."""
    return generate_latest(of)


def _observe(what: str, seconds: float, label: str | None) -> None:
    histogram = DURATIONS.get(what)
    if histogram is not None:
        (histogram.labels(label) if label else histogram).observe(seconds)
