"""Celery workers as processes, on a real Redis and a real RabbitMQ, with PostgreSQL as store."""

from __future__ import annotations

import os
import queue
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from harvester.catalogue.entries import load_catalogue
from harvester.clock import utc_now
from harvester.errors import ConfigurationError, UnknownName
from harvester.harvest.backfill import Order
from harvester.harvest.limiter.shared import reachable
from harvester.replay.server import ReplayServer
from harvester.service.workers import dispatch
from harvester.service.workers import tasks as work
from harvester.service.workers.broker import broker_answers, url_and_options
from harvester.service.workers.tasks import HARVEST, HISTORY, RECLEAN, Tasks, application
from harvester.settings import INTERNET_ARCHIVE, Settings
from harvester.store.database import Database
from harvester.store.schema import Capture, Run
from tests.support.harvest.pictures import picture
from tests.support.paths import SAMPLE
from tests.support.service.brokers import RABBITMQ, REDIS, answers, forget
from tests.support.service.installations import Place, kill, until
from tests.support.store.aged import age


@dataclass(frozen=True)
class Broker:
    """A broker's URL, and a queue there that is this test's alone."""

    url: str
    queue: str

    def settings(self) -> Settings:
        """The settings of who works there."""
        return Settings(broker_url=SecretStr(self.url), broker_queue=self.queue)


@pytest.fixture(params=["redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """A broker that runs, with a queue that is gone after the test."""
    server = {"redis": REDIS, "rabbitmq": RABBITMQ}[request.param]
    if not answers(server):
        assert not os.environ.get("CI"), f"CI has {server}"
        pytest.skip(f"no broker answers at {server}")
    # Redis gives back what a killed worker held when the visibility timeout is over.
    url = f"{server}/9?visibility_timeout=8" if request.param == "redis" else f"{server}//"
    found = Broker(url, f"harvester-test-{uuid.uuid4().hex[:12]}")
    yield found
    forget(found.url, found.queue)


def watched_sample(place: Place, archive: ReplayServer, broker: Broker, rate: float = 10_000) -> None:
    """The sample's catalogue, an archive that is the same whatever its port, and a broker."""
    (place.config / "services.toml").write_text((SAMPLE / "services.toml").read_text())
    base = archive.base_url
    (place.config / "harvester.toml").write_text(
        f'archive = "sample"\nbroker_url = "{broker.url}"\n'
        f'broker_queue = "{broker.queue}"\n[fetch]\nretry_after = "1s"\ntimeout = 5\n'
        f'[archives.sample]\ncdx = "{base}/cdx/search/cdx"\nplayback = "{base}/web"\n'
        f'cdx_per_minute = 600000\ncaptures_per_second = {rate}\nsnapshots = "{INTERNET_ARCHIVE.snapshots}"\n'
    )


def settled(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Capture.id)).where(Capture.payload_id.is_not(None))) or 0


def under_way(database: Database) -> bool:
    with database.reading() as session:
        return session.scalar(select(Run.id).where(Run.kind == "task", Run.finished_at.is_(None)).limit(1)) is not None


@pytest.mark.timeout(300)
def test_two_workers_one_killed_in_the_middle_give_the_rows_of_one_process(
    place: Place, sample_archive: ReplayServer, broker: Broker, sample_store: Database
) -> None:
    expected = picture(sample_store)
    watched_sample(place, sample_archive, broker, rate=30)
    database = Database.open(place.database_url)

    workers = [place.start("worker", "--concurrency", "1") for _ in range(2)]
    ordering = place.start("backfill", "--distributed", "--json")
    until(lambda: settled(database) >= 5 and under_way(database), 90, lambda: place.log(ordering))
    kill(workers[0])
    assert ordering.poll() is None, "there was something left to do"
    until(lambda: ordering.poll() is not None, 150, lambda: place.log(workers[1]) + place.log(ordering))
    assert ordering.returncode in (0, 1), place.log(ordering)
    assert picture(database) == expected

    age(database)
    assert picture(database) != expected
    again = place.run("reclean", "--distributed")
    assert again.returncode == 0, again.stderr + place.log(workers[1])
    assert picture(database) == expected
    workers[1].terminate()
    assert workers[1].wait(60) == 0
    database.close()


def test_a_message_names_services_and_archives_of_the_configuration_only(place: Place) -> None:
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9", top='broker_url = "memory://"')
    settings = place.settings()
    span = {"from": None, "to": None, "sample": "all"}
    with closing(Tasks(settings, application(settings))) as tasks:
        with pytest.raises(ConfigurationError, match="names no archive"):
            tasks.harvest(uuid.uuid4().hex, "a", "a.example", "http://attacker.example", span)
        with pytest.raises(UnknownName, match="no service named"):
            tasks.harvest(uuid.uuid4().hex, "a", "elsewhere.example", None, span)
        with pytest.raises(ConfigurationError, match="'all of it' must be one of"):
            tasks.harvest(uuid.uuid4().hex, "a", "a.example", None, span, "all of it")  # type: ignore[arg-type]


def test_without_archives_in_the_order_a_worker_asks_those_that_its_own_files_name(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.has_settings("http://127.0.0.1:9", top='broker_url = "memory://"')
    catalogue = place.config / "services.toml"
    catalogue.write_text('[[service]]\nname = "a.example"\narchives = ["arquivo.pt", "archive-it:5551"]\n')
    settings, span = place.settings(), {"from": None, "to": None, "sample": "all"}
    asked: list[list[str]] = []
    monkeypatch.setattr(work, "_harvested", lambda *rest: asked.append(list(rest[2].names)))
    with closing(Tasks(settings, application(settings))) as tasks:
        for order, archives in enumerate((None, "iceland,archive-it:7")):
            tasks.harvest(str(order), "a", "a.example", archives, span)
    assert asked == [["arquivo.pt", "archive-it:5551"], ["iceland", "archive-it:7"]]


def test_what_an_order_renders_its_workers_render(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9", top='broker_url = "memory://"')
    settings = place.settings()
    given: list[tuple[str, list[Any]]] = []

    def take(*sent: Any) -> list[Run]:
        given.extend(sent[3].values())
        return []

    monkeypatch.setattr(dispatch, "_done_by_workers", take)
    rendered: list[str] = []
    monkeypatch.setattr(work, "_harvested", lambda *rest: rendered.append(rest[3].render))
    entries = [one.model_copy(update={"render": "always"}) for one in load_catalogue(place.config / "services.toml")]
    order, database = Order(entries, None, None, None, 1, None), place.open()
    dispatch.backfill_by_workers(database, settings, None, order, clock=utc_now, stop=threading.Event())
    ((name, arguments),) = given
    assert name == HARVEST
    with closing(Tasks(settings, application(settings))) as tasks:
        tasks.harvest(*arguments)
    assert rendered == ["always"]


def test_two_applications_of_one_process_have_tasks_of_their_own() -> None:
    settings = Settings(broker_url=SecretStr("memory://"))
    first, second = application(settings), application(settings)
    for name in (HARVEST, RECLEAN, HISTORY):
        assert first.tasks[name].app is first
        assert second.tasks[name].app is second


def test_an_installation_takes_tasks_of_its_own_queue_only(broker: Broker) -> None:
    theirs = Broker(broker.url, f"{broker.queue}-theirs")
    with application(broker.settings()) as app, application(theirs.settings()) as other:
        app.send_task(HISTORY, args=["order", "piece", "a.example"])
        with other.connection_for_write() as connection:
            with connection.SimpleQueue(theirs.queue) as waiting, pytest.raises(queue.Empty):
                waiting.get(timeout=1)
            connection.default_channel.queue_delete(theirs.queue)
        with app.connection_for_write() as connection, connection.SimpleQueue(broker.queue) as waiting:
            assert waiting.get(timeout=60).headers["task"] == HISTORY


def test_tasks_are_json_acknowledged_when_done_and_given_back_when_a_worker_is_lost() -> None:
    conf = application(Settings(broker_url=SecretStr("memory://"))).conf
    assert (conf.task_serializer, conf.accept_content) == ("json", ["json"])
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1


def test_without_a_broker_workers_say_what_is_missing(place: Place) -> None:
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9")
    found = place.run("worker")
    assert (found.returncode, "broker_url" in found.stderr) == (2, True)


@pytest.mark.parametrize(
    ("module", "asks", "setting"),
    [
        ("kombu.connection", broker_answers, "broker_url"),
        ("celery", application, "broker_url"),
        ("redis", reachable, "redis_url"),
    ],
)
def test_without_the_extra_what_needs_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, module: str, asks: Callable[[Settings], object], setting: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError, match=rf"{setting} is set, and .* pip install 'harvester\[workers\]'"):
        asks(Settings(broker_url=SecretStr("redis://h/7"), redis_url=SecretStr("redis://h/7")))


def test_the_visibility_timeout_is_read_from_the_brokers_address() -> None:
    url, options = url_and_options("redis://h/1?visibility_timeout=20&ssl=x")
    assert (url, options["visibility_timeout"]) == ("redis://h/1?ssl=x", 20)
    assert url_and_options("redis://h/1")[1]["visibility_timeout"] == 300
    assert url_and_options("amqp://h//") == ("amqp://h//", {})
    with pytest.raises(ConfigurationError, match="visibility_timeout"):
        url_and_options("redis://h/1?visibility_timeout=soon")
