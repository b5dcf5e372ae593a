"""Which of several `harvester serve` leads, and who follows when it is gone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from harvester.catalogue.entries import WatchedCatalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.clock import utc_now
from harvester.errors import StoreUpgraded
from harvester.service.schedule import leadership, scheduler
from harvester.service.schedule.leadership import TERM_SECONDS
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.schema import Lease
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, kill, until
from tests.support.service.schedules import job, polls, serving

LOST = "elsewhere:1:x"
"""The holder of a lease on a machine of which nothing can be known."""


def test_of_two_schedulers_one_polls_and_the_other_follows_its_death(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example", "b.example")
    first, second = place.start("serve"), place.start("serve")
    until(lambda: len(polls(place)) == 2, why=lambda: place.log(first) + place.log(second))
    leader, follower = (first, second) if "leading" in place.log(first) else (second, first)
    assert "leading" not in place.log(follower)
    kill(leader)
    with place.open().writing() as session:  # its lease outlasts the test: the other sees its death
        later = datetime.now(UTC) + timedelta(hours=1)
        session.execute(update(Lease).where(Lease.name == "scheduler").values(expires_at=later))
    until(lambda: "leading" in place.log(follower), why=lambda: place.log(follower))
    soon = datetime.now(UTC) + timedelta(minutes=5)
    until(lambda: all((job(place, name).next_run or soon) > soon for name in ("a.example", "b.example")))
    assert len(polls(place)) == 2, "nothing was due, nothing was polled again"


def test_a_leader_lost_with_its_machine_is_followed_when_its_lease_runs_out(
    place: Place, harsh_archive: StartArchive
) -> None:
    serving(place, harsh_archive, "a.example")
    database = place.open()
    with database.writing() as session:
        later = datetime.now(UTC) + timedelta(hours=1)
        session.add(Lease(name="scheduler", holder=LOST, expires_at=later))
    process = place.start("serve")
    until(lambda: f"waiting: {LOST} leads" in place.log(process), why=lambda: place.log(process))
    end = datetime.now(UTC) + timedelta(seconds=4)
    with database.writing() as session:
        session.execute(update(Lease).where(Lease.name == "scheduler").values(expires_at=end))
    until(lambda: "leading" in place.log(process), why=lambda: place.log(process))
    assert datetime.now(UTC) >= end, "the lease was still held"
    with database.reading() as session:
        taken = session.scalars(select(Lease).where(Lease.name == "scheduler")).one()
    assert taken.holder != LOST
    assert taken.expires_at <= datetime.now(UTC) + timedelta(seconds=TERM_SECONDS)
    until(lambda: bool(polls(place)), why=lambda: place.log(process))


@pytest.mark.parametrize("when", ["while it waits", "while it leads"])
def test_a_scheduler_ends_when_a_newer_release_has_upgraded_the_store(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def upgraded(*_: object) -> None:
        with sqlite.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    monkeypatch.setattr(leadership, "RENEW_SECONDS", 0.05)
    if when == "while it waits":
        upgraded()
    else:
        monkeypatch.setattr(scheduler, "arrange", upgraded)
    (tmp_path / "services.toml").touch()
    settings = Settings()
    archive, catalogue = settings.archive_named("http://127.0.0.1:9"), WatchedCatalogue(tmp_path / "services.toml")
    here = scheduler.Installation(sqlite, PresentSettings(settings), archive, catalogue, utc_now, threading.Event())
    with pytest.raises(StoreUpgraded, match="start it again with the newer release"):
        scheduler.serve(here)


def test_a_lease_runs_out_within_half_of_the_promised_minute() -> None:
    assert TERM_SECONDS <= 30


def test_a_leader_that_lost_its_lease_stops_and_waits(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example")
    process = place.start("serve")
    until(lambda: bool(polls(place)), why=lambda: place.log(process))
    database = place.open()
    with database.writing() as session:
        later = datetime.now(UTC) + timedelta(hours=1)
        session.execute(update(Lease).where(Lease.name == "scheduler").values(holder=LOST, expires_at=later))
    until(lambda: "the leadership is lost" in place.log(process), why=lambda: place.log(process))
    until(lambda: f"waiting: {LOST} leads" in place.log(process), why=lambda: place.log(process))
    process.terminate()
    assert process.wait(60) == 0
    with database.reading() as session:
        assert session.scalar(select(Lease.holder).where(Lease.name == "scheduler")) == LOST
