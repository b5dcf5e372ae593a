"""Polls on demand: `run --now` with and without a scheduler, pauses, stops in the middle, failures."""

from __future__ import annotations

import json
import subprocess

from sqlalchemy import select

from harvester.store.database import Database
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, history_of, until
from tests.support.service.schedules import job, polls, serving


def test_a_paused_service_is_passed_over_and_run_now_hurries_the_scheduler(
    place: Place, harsh_archive: StartArchive
) -> None:
    serving(place, harsh_archive, "a.example")
    assert said(place.run("pause", "a.example")) == "a.example is paused"
    process = place.start("serve")
    until(lambda: "a.example is paused" in place.log(process), why=lambda: place.log(process))
    assert not polls(place)
    assert place.run("run", "a.example", "--now").returncode == 2
    assert said(place.run("resume", "a.example")) == "a.example is polled again"
    assert "the running scheduler" in said(place.run("run", "a.example", "--now"))
    until(lambda: len(polls(place)) == 1, why=lambda: place.log(process))
    assert said(place.run("resume", "a.example")) == "a.example was not paused"


def test_the_status_names_what_is_paused_and_the_next_poll_of_what_is_not(
    small_place: Place, harsh_archive: StartArchive
) -> None:
    place = small_place
    serving(place, harsh_archive, "a.example", "b.example", every="7d")
    Database.open(place.database_url).close()  # a question makes no store, and a pause neither
    said(place.run("pause", "a.example"))
    assert "paused: a.example" in said(place.run("status")).splitlines()
    process = place.start("serve")
    until(lambda: len(polls(place, "b.example")) == 1, why=lambda: place.log(process))
    planned = job(place, "b.example").next_run
    shown = said(place.run("status"))
    assert f"next poll: {planned:%Y-%m-%d %H:%M} UTC, b.example" in shown.splitlines()
    assert "paused: a.example" in shown.splitlines()


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
    server = harsh_archive(archive)
    base = server.base_url
    address = f'cdx = "{base}/cdx/search/cdx"\nplayback = "{base}/web"\ncaptures_per_second = 4\n'
    place.has_settings("slow", f"[archives.slow]\n{address}")

    def stored() -> int:
        database = place.open()
        with database.reading() as session:
            found = len(session.scalars(select(Capture.id).where(Capture.outcome == "stored")).all())
        database.close()
        return found

    process = place.start("serve")
    until(lambda: stored() >= 3, why=lambda: place.log(process))
    asked = len(server.log)
    process.terminate()
    assert process.wait(60) == 0, place.log(process)
    assert len(server.log) - asked < 40, "within the time of so many downloads"
    kept = stored()
    assert 3 <= kept < 120
    assert job(place, "a.example").failures == 0, "a poll that was stopped did not fail"
    again = place.run("run", "a.example", "--now", HARVESTER_ARCHIVES__SLOW__CAPTURES_PER_SECOND="10000")
    assert f"{120 - kept} fetched" in again.stdout, again.stderr


def test_polls_that_fail_are_counted_with_their_reason(small_place: Place) -> None:
    place = small_place
    place.watches("a.example")
    # Nobody listens there; and it is treated as an archive elsewhere, for whose breaker a poll does not wait.
    place.has_settings("http://127.0.0.9:9")
    for _ in range(2):
        assert place.run("run", "a.example", "--now").returncode == 3
    found = job(place, "a.example")
    assert (found.failures, found.last_success) == (2, None)
    assert "127.0.0.9:9" in str(found.last_problem)
    shown = json.loads(place.run("status", "--json").stdout)
    assert shown["service"]["jobs"][0]["consecutive_failures"] == 2
    assert shown["service"]["scheduler"] is None


def said(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()
