"""`harvester serve` as a process: polls, takes over, is edited, paused, hurried and stopped."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from harvester.service.jobs import JobHealth, jobs
from harvester.service.leadership import TERM_SECONDS
from harvester.store.database import Database
from harvester.store.schema import Capture, Lease, Run
from tests.archive_server.captures import MemoryArchive
from tests.archive_server.fixtures import StartArchive
from tests.service.installations import Place, history_of, kill, until


def polls(place: Place, service: str | None = None) -> list[Run]:
    database = place.open()
    with database.reading() as session:
        rows = session.scalars(select(Run).where(Run.kind == "poll").order_by(Run.id)).all()
    database.close()
    return [row for row in rows if service in (None, row.service) and row.finished_at is not None]


def job(place: Place, service: str) -> JobHealth:
    database = place.open()
    found = {one.service: one for one in jobs(database)}[service]
    database.close()
    return found


def serving(place: Place, start: StartArchive, *services: str, every: str = "1h") -> MemoryArchive:
    archive = MemoryArchive()
    for service in services:
        history_of(archive, service)
    place.watches(*services, every=every)
    place.has_settings(start(archive).base_url)
    return archive


def test_each_service_is_polled_at_its_pace_and_its_health_is_kept(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "quick.example", "slow.example", every="2s")
    catalogue = place.config / "services.toml"
    slow = 'name = "slow.example"\nevery = '
    catalogue.write_text(catalogue.read_text().replace(f'{slow}"2s"', f'{slow}"7d"'))
    process = place.start("serve")

    def both() -> bool:
        return len(polls(place, "quick.example")) >= 2 and bool(polls(place, "slow.example"))

    until(both, 60, lambda: place.log(process))
    process.terminate()
    assert process.wait(10) == 0, place.log(process)
    found = job(place, "quick.example")
    assert found.failures == 0
    assert found.last_success is not None
    assert found.last_start is not None
    assert found.next_run is not None
    assert len(polls(place, "slow.example")) == 1
    assert job(place, "slow.example").next_run > datetime.now(UTC) + timedelta(days=6)  # type: ignore[operator]


def test_of_two_schedulers_one_polls_and_the_other_follows_its_death(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example", "b.example")
    first, second = place.start("serve"), place.start("serve")
    until(lambda: len(polls(place)) == 2, 60, lambda: place.log(first) + place.log(second))
    leader, follower = (first, second) if "leading" in place.log(first) else (second, first)
    assert "leading" not in place.log(follower)
    kill(leader)
    until(lambda: "leading" in place.log(follower), 20, lambda: place.log(follower))
    time.sleep(2)
    assert len(polls(place)) == 2, "nothing was due, nothing was polled again"


def test_a_leader_lost_with_its_machine_is_followed_within_a_minute(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example")
    database = place.open()
    now = datetime.now(UTC)
    with database.writing() as session:
        session.add(Lease(name="scheduler", holder="elsewhere:1:x", expires_at=now + timedelta(seconds=TERM_SECONDS)))
    process = place.start("serve")
    until(lambda: "waiting: elsewhere:1:x leads" in place.log(process), 30, lambda: place.log(process))
    assert not polls(place)
    until(lambda: bool(polls(place)), TERM_SECONDS + 15, lambda: place.log(process))
    assert datetime.now(UTC) - now < timedelta(minutes=1)
    database.close()


def test_a_leader_that_lost_its_lease_stops_and_waits(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example")
    process = place.start("serve")
    until(lambda: bool(polls(place)), 60, lambda: place.log(process))
    database = place.open()
    with database.writing() as session:
        later = datetime.now(UTC) + timedelta(hours=1)
        session.execute(update(Lease).where(Lease.name == "scheduler").values(holder="elsewhere:1:x", expires_at=later))
    until(lambda: "the leadership is lost" in place.log(process), 15, lambda: place.log(process))
    until(lambda: "waiting: elsewhere:1:x leads" in place.log(process), 10, lambda: place.log(process))
    process.terminate()
    assert process.wait(10) == 0
    with database.reading() as session:
        assert session.scalar(select(Lease.holder).where(Lease.name == "scheduler")) == "elsewhere:1:x"
    database.close()


def test_an_edited_catalogue_is_taken_up_and_a_broken_one_is_not(place: Place, harsh_archive: StartArchive) -> None:
    archive = serving(place, harsh_archive, "a.example")
    history_of(archive, "b.example")
    place.has_settings(harsh_archive(archive).base_url)
    process = place.start("serve")
    until(lambda: bool(polls(place, "a.example")), 60, lambda: place.log(process))
    (place.config / "services.toml").write_text("[[service]\n")
    until(lambda: "the edited catalogue is not used" in place.log(process), 10, lambda: place.log(process))
    place.watches("a.example", "b.example")
    until(lambda: bool(polls(place, "b.example")), 30, lambda: place.log(process))
    place.watches("b.example")
    until(lambda: "1 services are polled" in place.log(process), 10, lambda: place.log(process))
    assert job(place, "a.example").next_run is None


def test_a_paused_service_is_passed_over_and_run_now_hurries_the_scheduler(
    place: Place, harsh_archive: StartArchive
) -> None:
    serving(place, harsh_archive, "a.example")
    assert said(place.run("pause", "a.example")) == "a.example is paused"
    process = place.start("serve")
    until(lambda: "a.example is paused" in place.log(process), 60, lambda: place.log(process))
    assert not polls(place)
    assert place.run("run", "a.example", "--now").returncode == 2
    assert said(place.run("resume", "a.example")) == "a.example is polled again"
    assert "the running scheduler" in said(place.run("run", "a.example", "--now"))
    until(lambda: len(polls(place)) == 1, 30, lambda: place.log(process))
    assert said(place.run("resume", "a.example")) == "a.example was not paused"


def test_without_a_scheduler_run_now_polls_in_its_own_process(small_place: Place, harsh_archive: StartArchive) -> None:
    place = small_place
    serving(place, harsh_archive, "a.example")
    assert "3 fetched" in said(place.run("run", "a.example", "--now"))
    assert len(polls(place)) == 1
    nobody = place.run("run", "b.example", "--now")
    assert (nobody.returncode, "a.example" in nobody.stderr) == (2, True)


def test_a_stop_in_the_middle_of_a_poll_takes_seconds_and_loses_nothing(
    small_place: Place, harsh_archive: StartArchive
) -> None:
    place = small_place
    Database.open(place.database_url).close()
    archive = MemoryArchive()
    history_of(archive, "a.example", 120)
    place.watches("a.example")
    base = harsh_archive(archive).base_url
    address = f'cdx = "{base}/cdx/search/cdx"\nplayback = "{base}/web"\ncaptures_per_second = 4\n'
    place.has_settings("slow", f"[archives.slow]\n{address}")

    def stored() -> int:
        database = place.open()
        with database.reading() as session:
            found = len(session.scalars(select(Capture.id).where(Capture.outcome == "stored")).all())
        database.close()
        return found

    process = place.start("serve")
    until(lambda: stored() >= 3, 60, lambda: place.log(process))
    begun = time.monotonic()
    process.terminate()
    assert process.wait(10) == 0, place.log(process)
    assert time.monotonic() - begun < 10
    kept = stored()
    assert 3 <= kept < 120
    assert job(place, "a.example").failures == 0, "a poll that was stopped did not fail"
    again = place.run("run", "a.example", "--now", HARVESTER_ARCHIVES__SLOW__CAPTURES_PER_SECOND="10000")
    assert f"{120 - kept} fetched" in again.stdout, again.stderr


def test_polls_that_fail_are_counted_with_their_reason(small_place: Place) -> None:
    place = small_place
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9")  # nobody listens there
    for _ in range(2):
        assert place.run("run", "a.example", "--now").returncode == 3
    found = job(place, "a.example")
    assert (found.failures, found.last_success) == (2, None)
    assert "127.0.0.1:9" in str(found.last_problem)
    shown = json.loads(place.run("status", "--json").stdout)
    assert shown["service"]["jobs"][0]["consecutive_failures"] == 2
    assert shown["service"]["scheduler"] is None


def said(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()
