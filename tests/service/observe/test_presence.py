"""Which processes run: in status, metrics and pages, until they end, are killed or are not heard of any more."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from harvester.clock import utc_now
from harvester.service.observe.metrics import page, registry
from harvester.service.observe.presence import TERM_SECONDS, present, running
from harvester.service.observe.status import service_status
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.schema import Lease
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.brokers import REDIS, answers, forget
from tests.support.service.installations import Place, until
from tests.support.service.schedules import serving


def test_a_process_is_named_while_it_is_there(database: Database) -> None:
    here = f"{socket.gethostname()}:{os.getpid()}"
    with present(database, "worker", utc_now):
        until(lambda: running(database, "worker", utc_now()) == [here], every=0.01)
        assert running(database, "scheduler", utc_now()) == []
        found = service_status(database, utc_now, Settings())
        assert (found["workers"], found["standby"], found["scheduler"]) == ([here], [], None)
        measured = page(registry(database, Settings(), utc_now)).decode()
        assert 'harvester_processes{role="worker"} 1.0' in measured
    assert running(database, "worker", utc_now()) == []


def test_who_is_not_heard_of_is_forgotten(database: Database) -> None:
    now = utc_now()
    with database.writing() as session:
        leases.acquire(session, "present:worker:far:1:x", "far:1:x", now - timedelta(seconds=TERM_SECONDS + 1), 90)
        leases.acquire(session, "present:worker:near:1:y", "near:1:y", now, 90)
    assert running(database, "worker", now) == ["near:1"]
    with database.writing() as session:
        leases.forget(session, "present:worker:", now)
    with database.reading() as session:
        assert session.scalars(select(Lease.holder)).all() == ["near:1:y"]


def test_the_second_scheduler_is_a_standby_and_a_worker_is_listed(place: Place, harsh_archive: StartArchive) -> None:
    if not answers(REDIS):
        assert not os.environ.get("CI"), f"CI has {REDIS}"
        pytest.skip(f"no Redis answers at {REDIS}")
    serving(place, harsh_archive, "a.example")
    queue = f"harvester-test-{uuid.uuid4().hex}"
    broker = {"HARVESTER_BROKER_URL": f"{REDIS}/9", "HARVESTER_BROKER_QUEUE": queue}
    processes = [place.start("serve"), place.start("serve"), place.start("worker", "--concurrency", "1", **broker)]
    database, settings = place.open(), place.settings()

    def roles() -> tuple[int, int, int]:
        found = service_status(database, utc_now, settings)
        return (int(found["scheduler"] is not None), len(found["standby"]), len(found["workers"]))

    until(lambda: roles() == (1, 1, 1), why=lambda: "".join(map(place.log, processes)))
    shown = place.run("status").stdout
    assert "standby: " in shown
    assert "workers: " in shown
    for one in processes:
        one.terminate()
    assert [one.wait(60) for one in processes] == [0, 0, 0]
    forget(f"{REDIS}/9", queue)
    assert roles() == (0, 0, 0)


def test_a_refused_catalogue_is_shown_and_a_service_can_still_be_paused(place: Place) -> None:
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9")
    database, settings = place.open(), place.settings()
    assert place.run("pause", "a.example").stdout == "a.example is paused\n"
    measured = registry(database, settings, utc_now)
    assert b"harvester_catalogue_valid 1.0" in page(measured)
    (place.config / "services.toml").write_text('[[service]]\nname = "a.example"\nsample = 7\n')
    problem = service_status(database, utc_now, settings)["catalogue_problem"]
    assert "services.toml:1: sample" in problem
    assert b"harvester_catalogue_valid 0.0" in page(measured)
    assert f"catalogue refused, the last good one is in use: {problem}" in place.run("status").stdout
    resumed = place.run("resume", "a.example")
    assert (resumed.returncode, resumed.stdout) == (0, "a.example is polled again\n")
    unknown = place.run("pause", "typo.example")
    assert (unknown.returncode, "services.toml:1" in unknown.stderr) == (2, True)


def test_a_missing_catalogue_is_refused_only_while_somebody_polls_by_it(place: Place) -> None:
    database, settings = place.open(), place.settings()
    assert service_status(database, utc_now, settings)["catalogue_problem"] is None
    with database.writing() as session:
        leases.acquire(session, "scheduler", leases.new_holder(), utc_now(), 60)
    assert "there is no catalogue" in service_status(database, utc_now, settings)["catalogue_problem"]
