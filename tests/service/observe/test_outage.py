"""A database that is away: waited for and logged once; a task or a backfill of the workers does not end by it."""

from __future__ import annotations

import math
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery.exceptions import Reject
from pydantic import SecretStr

from harvester.catalogue.entries import load_catalogue
from harvester.clock import utc_now
from harvester.errors import BrokerUnavailable, ConfigurationError, Stopped, StoreAway, StoreError
from harvester.harvest.backfill import Order
from harvester.harvest.report.summary import Summary
from harvester.harvest.session import Tally
from harvester.service.observe.outage import Outage, outlasting
from harvester.service.observe.readiness import ready
from harvester.service.workers.dispatch import _done_by_workers, backfill_by_workers
from harvester.service.workers.tasks import HISTORY, SLICE_SECONDS, TASK, Tasks, application
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import runs
from harvester.store.schema import Run
from tests.support.service.brokers import REDIS, answers, forget
from tests.support.service.installations import Place
from tests.support.service.proxy import Proxy, proxy_of

AWAY = StoreAway("the database does not answer")


def test_an_outage_is_logged_when_it_begins_lasts_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    outage = Outage(lambda: now)
    for second in range(600):
        now = float(second)
        outage.failed(AWAY)
    outage.over()
    outage.over()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the database does not answer; waiting for it",
        "still waiting after 60 s: the database does not answer",
        "still waiting after 180 s: the database does not answer",
        "still waiting after 420 s: the database does not answer",
        "the database answers again after 599 s",
    ]


def away_for(times: int) -> Callable[[], str]:
    failures = iter(range(times))

    def do() -> str:
        if next(failures, None) is not None:
            raise AWAY
        return "done"

    return do


def test_what_the_outage_interrupts_is_done_again_ever_later() -> None:
    waited: list[float] = []
    assert outlasting(away_for(8), Outage(), math.inf, waited.append) == "done"
    assert waited == [1, 2, 4, 8, 16, 30, 30, 30]
    waited.clear()
    with pytest.raises(StoreAway):
        outlasting(away_for(99), Outage(), 20, waited.append)
    assert sum(waited) == 20


def test_other_failures_are_not_waited_for() -> None:
    def do() -> None:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="full"):
        outlasting(do, Outage(), math.inf, lambda _: pytest.fail("waited"))


@pytest.fixture
def proxy(place: Place) -> Iterator[Proxy]:
    """Stands between the workers and the database."""
    place.watches("a.example")
    made = proxy_of(place.database_url)
    yield made
    made.close()


def settings_through(proxy: Proxy, place: Place) -> Settings:
    return Settings(config=place.config, database_url=SecretStr(proxy.url), broker_url=SecretStr("memory://"))


def test_a_database_that_refuses_connections_is_away_and_one_that_refuses_a_statement_is_not(proxy: Proxy) -> None:
    database = Database(proxy.url)
    with pytest.raises(StoreError) as error, database.reading() as session:
        session.connection().exec_driver_sql("SELECT 1/0")
    assert not isinstance(error.value, StoreAway)
    with database.reading() as session:
        session.connection()
        proxy.cut()
        with pytest.raises(StoreAway), database.explained():
            session.connection().exec_driver_sql("SELECT 1")
    with pytest.raises(StoreAway), database.reading():
        pass
    database.close()


def test_a_task_waits_for_the_database_and_is_done(place: Place, proxy: Proxy) -> None:
    settings = settings_through(proxy, place)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            proxy.mend()

    tasks = Tasks(settings, application(settings), wait)
    order = uuid.uuid4().hex

    def fail(_database: Database, _summary: object) -> None:
        raise KeyError("a task that fails is recorded")

    with pytest.raises(KeyError):
        tasks._outlasting(order, "first", "a.example", fail)
    proxy.cut()
    tasks._outlasting(order, "a", "a.example", lambda *_: None)
    tasks.close()
    assert waited == [1, 2, 4]
    with place.open().reading() as session:
        found = {run.parameters["piece"]: run.outcome for run in session.query(Run).where(Run.kind == TASK)}
    assert found == {"first": "failed", "a": "done"}


def test_a_task_whose_database_stays_away_goes_back_to_the_broker(place: Place, proxy: Proxy) -> None:
    settings = settings_through(proxy, place)
    waited: list[float] = []
    tasks = Tasks(settings, application(settings), waited.append)
    proxy.cut()
    with pytest.raises(Reject) as rejected:
        tasks.history(uuid.uuid4().hex, "a", "a.example")
    assert rejected.value.requeue
    assert sum(waited) == SLICE_SECONDS
    tasks.close()


def test_an_interrupted_task_is_not_the_end_of_its_piece(place: Place, proxy: Proxy) -> None:
    settings = settings_through(proxy, place)
    order = uuid.uuid4().hex
    failures = iter([AWAY])

    def do(_database: Database, _summary: object) -> None:
        for error in failures:
            raise error

    tasks = Tasks(settings, application(settings), lambda _: None)
    tasks._outlasting(order, "a", "a.example", do)
    tasks.close()
    with place.open().reading() as session:
        found = [(run.outcome, run.summary.get("goes_on")) for run in session.query(Run).where(Run.kind == TASK)]
    assert found == [("failed", True), ("done", None)]


def test_what_a_task_did_before_an_outage_or_in_an_earlier_slice_is_counted_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9", top='broker_url = "memory://"')
    settings, order, database = place.settings(), uuid.uuid4().hex, place.open()
    ends: Iterator[Exception | None] = iter([AWAY, Stopped("the slice is over"), AWAY, AWAY, None])

    def harvested(*rest: Any) -> None:
        summary: Summary = rest[-1]
        summary.add(Tally(fetched=10, new_versions=3))
        summary.requests.update(cdx=1, playback=11)
        if (error := next(ends)) is not None:
            raise error

    app = application(settings)
    sent: list[list[Any]] = [[order, "a", "a.example", None, {"from": None, "to": None, "sample": "all"}, None]]
    monkeypatch.setattr(app, "send_task", lambda _name, args: sent.append(args))
    monkeypatch.setattr("harvester.service.workers.tasks._harvested", harvested)
    tasks = Tasks(settings, app, lambda _: None)
    while sent:
        tasks.harvest(*sent.pop())
    tasks.close()
    monkeypatch.setattr("harvester.service.workers.dispatch.application", lambda _: app)
    monkeypatch.setattr("harvester.service.workers.dispatch.uuid.uuid4", lambda: uuid.UUID(order))
    monkeypatch.setattr(app, "close", lambda: None)
    entries = load_catalogue(place.config / "services.toml")
    ordered = Order(entries, None, None, None, 1, None)
    summary = backfill_by_workers(database, settings, None, ordered, clock=utc_now, stop=threading.Event())
    assert (summary.fetched, summary.new_versions) == (50, 15)
    assert summary.requests == {"cdx": 5, "playback": 55}


class Waiting(threading.Event):
    """A stop that is waited for without time passing; each wait may do something."""

    def __init__(self, *acts: Callable[[], None]) -> None:
        super().__init__()
        self.acts = list(acts)

    def wait(self, timeout: float | None = None) -> bool:
        """Do the next act."""
        self.acts.pop(0)()
        return False


def test_who_waits_for_the_workers_waits_for_the_database_too(
    place: Place, proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    if not answers(REDIS):
        assert not os.environ.get("CI"), f"CI has {REDIS}"
        pytest.skip(f"no Redis answers at {REDIS}")
    order = uuid.uuid4().hex
    broker = {"broker_url": SecretStr(f"{REDIS}/9"), "broker_queue": f"harvester-test-{order}"}
    settings = settings_through(proxy, place).model_copy(update=broker)
    direct = place.open()

    def end(piece: str) -> None:
        with runs.recorded(direct, TASK, "a.example", {"order": order, "piece": piece}, utc_now):
            pass

    stop = Waiting(lambda: end("a"), proxy.cut, lambda: None, lambda: end("b"), proxy.mend, lambda: None)
    seen: list[tuple[int, int]] = []
    database = Database(proxy.url)
    tasks = {piece: (HISTORY, [order, piece, "a.example"]) for piece in ("a", "b")}
    found = _done_by_workers(database, settings, order, tasks, stop, lambda done, of: seen.append((done, of)))
    database.close()
    forget(f"{REDIS}/9", settings.broker_queue)
    assert [run.outcome for run in found] == ["done", "done"]
    assert seen == [(1, 2), (2, 2)]
    assert [record.levelname for record in caplog.records if "database" in record.getMessage()] == ["WARNING"] * 2


@pytest.mark.parametrize("url", ["redis://:secret@127.0.0.1:1/0", "amqp://guest:secret@127.0.0.1:1//"])
def test_a_dead_broker_is_one_line_and_no_installation_is_ready_with_it(place: Place, url: str) -> None:
    settings = Settings(broker_url=SecretStr(url), database_url=SecretStr(place.database_url))
    database = place.open()
    with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:1 .*does not answer") as error:
        _done_by_workers(database, settings, "o", {"a": (HISTORY, ["o", "a", "a"])}, threading.Event())
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)
    assert error.value.exit_code == 3
    (problem,) = ready(database, settings, broker=True)
    assert problem == str(error.value)
    assert ready(database, settings) == [], "the pages do not need it"


def test_no_broker_or_one_that_answers_is_ready(place: Place) -> None:
    assert ready(place.open(), Settings(), broker=True) == []
    with_broker = Settings(broker_url=SecretStr("memory://"))
    assert ready(place.open(), with_broker, broker=True) == []


def test_a_task_that_names_what_the_worker_does_not_know_has_an_end(place: Place) -> None:
    place.watches("a.example")
    settings = Settings(
        config=place.config, database_url=SecretStr(place.database_url), broker_url=SecretStr("memory://")
    )
    tasks = Tasks(settings, application(settings))
    span: dict[str, str | None] = {"from": None, "to": None, "sample": "all"}
    with pytest.raises(ConfigurationError, match="names no archive"):
        tasks.harvest("order", "a", "a.example", "elsewhere", span)
    tasks.close()
    with place.open().reading() as session:
        (run,) = session.query(Run).where(Run.kind == TASK)
        assert "names no archive" in run.summary["error"]
