"""When the jobs are run: spread after downtime, at the catalogue's pace, and kept over restarts."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import text

from harvester.catalogue.entries import ServiceEntry, WatchedCatalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.errors import StoreAway
from harvester.service.schedule import scheduler as scheduling
from harvester.service.schedule.jobs import cut_off, job_id, jobs, next_run
from harvester.service.schedule.scheduler import POLLS_AT_ONCE, Installation, arrange
from harvester.settings import PollSettings, Settings
from harvester.store.database import Database
from harvester.store.schema import Run

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def installation(database: Database, folder: Path, now: datetime, *services: str) -> Installation:
    file = folder / "services.toml"
    file.write_text("".join(f"[[service]]\n{one}\n" for one in services))
    settings = Settings(poll=PollSettings(every=timedelta(days=7), jitter=HOUR))
    archive = settings.archive_named("http://127.0.0.1:9")
    return Installation(
        database, PresentSettings(settings), archive, WatchedCatalogue(file), lambda: now, threading.Event()
    )


@contextmanager
def started(database: Database) -> Iterator[BackgroundScheduler]:
    """A scheduler on the stored jobs that runs none of them."""
    made = scheduling._scheduler(database)
    made.start(paused=True)
    yield made
    made.shutdown()


def runs(scheduler: BackgroundScheduler) -> dict[str, datetime]:
    return {job.id: job.next_run_time for job in scheduler.get_jobs()}


NAMES = [f'name = "s{number}.example"' for number in range(60)]


def test_what_was_missed_is_caught_up_with_once_and_spread(database: Database, tmp_path: Path) -> None:
    with started(database) as scheduler:
        arrange(scheduler, installation(database, tmp_path, NOW, *NAMES))
        first = runs(scheduler)
        assert len(first) == 60
        assert all(NOW <= at <= NOW + HOUR for at in first.values())
    assert abs((next_run(database, "s0.example") or NOW) - first["poll:s0.example"]) < timedelta(seconds=1)
    later = NOW + timedelta(days=40)
    with started(database) as scheduler:
        arrange(scheduler, installation(database, tmp_path, later, *NAMES))
        found = sorted(runs(scheduler).values())
    assert len(found) == 60, "once each, however many turns were missed"
    assert later <= found[0]
    assert found[-1] <= later + HOUR
    assert found[-1] - found[0] > HOUR / 2
    for start in found:
        assert sum(start <= at < start + HOUR / 12 for at in found) < 20, "no stampede within five minutes"


def test_a_restart_alters_no_time_and_an_edit_only_what_it_concerns(database: Database, tmp_path: Path) -> None:
    with started(database) as scheduler:
        arrange(scheduler, installation(database, tmp_path, NOW, *NAMES[:3]))
        for job in scheduler.get_jobs():
            scheduler.modify_job(job.id, next_run_time=NOW + timedelta(days=5))
        before = runs(scheduler)
    with started(database) as scheduler:
        arrange(scheduler, installation(database, tmp_path, NOW + HOUR, *NAMES[:3]))
        assert runs(scheduler) == before
        arrange(
            scheduler,
            installation(
                database, tmp_path, NOW + HOUR, NAMES[0], NAMES[1] + '\nevery = "12h"', 'name = "new.example"'
            ),
        )
        after = runs(scheduler)
    assert after["poll:s0.example"] == before["poll:s0.example"]
    assert after["poll:s1.example"] == NOW + HOUR + timedelta(hours=12), "its new pace holds from now on"
    assert "poll:s2.example" not in after
    assert after["poll:new.example"] <= NOW + 2 * HOUR


def test_a_poll_that_was_killed_or_stopped_has_its_turn_again_within_the_jitter(
    database: Database, tmp_path: Path
) -> None:
    ends = {"s0.example": "killed", "s1.example": "stopped", "s2.example": "done", "s3.example": "failed"}
    with database.writing() as session:
        for name, end in {"s4.example": "killed", **ends, "again": "killed"}.items():
            run = Run(kind="poll", service=name, parameters={}, started_at=NOW, summary={})
            if end != "killed":
                run.finished_at, run.outcome = NOW, "done" if end == "done" else "failed"
                run.summary = {"stopped": "SIGTERM"} if end == "stopped" else {}
            session.add(run)
        session.flush()
        session.add(
            Run(
                kind="poll",
                service="s4.example",
                parameters={},
                started_at=NOW,
                finished_at=NOW,
                outcome="done",
                summary={},
            )
        )
    assert cut_off(database) == {"s0.example", "s1.example", "again"}
    place = installation(database, tmp_path, NOW + HOUR, *NAMES[:5])
    with started(database) as scheduler:
        arrange(scheduler, place)
        for job in scheduler.get_jobs():
            scheduler.modify_job(job.id, next_run_time=NOW + timedelta(days=6))
        arrange(scheduler, place, cut_off(database))
        found = runs(scheduler)
    soon = {name for name, at in found.items() if at <= NOW + 2 * HOUR}
    assert soon == {"poll:s0.example", "poll:s1.example"}, "what ended, well or badly, keeps its time"


def test_what_is_due_while_the_scheduler_ends_keeps_its_turn(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with started(database) as scheduler:
        arrange(scheduler, installation(database, tmp_path, datetime.now(UTC) - 2 * HOUR, NAMES[0]))
        due = runs(scheduler)
    with started(database) as scheduler:
        assert runs(scheduler) == due
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


class Ticks(threading.Event):
    """An event that is waited for so often without coming."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


def test_when_the_clock_goes_back_polls_do_not_wait_until_it_is_as_late_again(
    sqlite: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = iter([NOW + 4000 * 24 * HOUR, NOW + 4000 * 24 * HOUR, *[NOW] * 9])
    place = installation(sqlite, tmp_path, NOW, *NAMES[:3])
    with started(sqlite) as scheduler:
        arrange(scheduler, replace(place, clock=lambda: NOW + 4000 * 24 * HOUR))
        scheduling._tick_until(Ticks(4), scheduler, replace(place, clock=lambda: next(clock)))
        assert all(at <= NOW + timedelta(days=7) for at in runs(scheduler).values())
    assert [record.getMessage().split(" from")[0] for record in caplog.records if record.levelname == "WARNING"] == [
        "the clock went back"
    ]


def test_a_database_that_is_away_is_asked_again_after_a_tick_and_not_at_once(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks, asked = Ticks(3), list[int]()

    def away(*_: object) -> None:
        asked.append(ticks.left)
        if ticks.left == 1 or len(asked) == 10:
            ticks.set()
        raise StoreAway("the database does not answer")

    monkeypatch.setattr(scheduling, "leading", away)
    scheduling.serve(replace(installation(sqlite, tmp_path, NOW), stop=ticks))
    assert asked == [3, 2, 1]


def test_ten_thousand_overdue_polls_are_spread_over_the_jitter() -> None:
    entries = {name: ServiceEntry(name=name) for name in (f"s{number}.example" for number in range(10_000))}
    added: list[datetime] = []
    scheduler = SimpleNamespace(
        get_jobs=lambda: [SimpleNamespace(id=job_id(name), next_run_time=NOW - 24 * HOUR) for name in entries],
        add_job=lambda *_, next_run_time, **__: added.append(next_run_time),
    )
    settings = Settings(poll=PollSettings(every=timedelta(days=7), jitter=HOUR))
    place = SimpleNamespace(catalogue=SimpleNamespace(entries=entries), settings=settings, clock=lambda: NOW)
    arrange(scheduler, place)  # type: ignore[arg-type]
    minutes = Counter(int((at - NOW) / timedelta(minutes=1)) for at in added)
    assert sum(minutes.values()) == 10_000
    assert set(minutes) <= set(range(61))
    assert max(minutes.values()) < 300, "of 10,000 in an hour some 170 fall into each minute"


@pytest.mark.parametrize("spoilt", ["UPDATE scheduled_jobs SET job_state = :rubbish WHERE id = 'poll:s0.example'"])
def test_a_job_that_cannot_be_read_is_made_again_and_said(
    sqlite: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    place = installation(sqlite, tmp_path, NOW, *NAMES[: POLLS_AT_ONCE + 1])
    with started(sqlite) as scheduler:
        arrange(scheduler, place)
        before = runs(scheduler)
    with sqlite.writing() as session:
        session.execute(text(spoilt), {"rubbish": b"\x80\x04rubbish"})
    with started(sqlite) as scheduler:
        arrange(scheduler, place)
        after = runs(scheduler)
    assert set(after) == set(before)
    assert after["poll:s1.example"] == before["poll:s1.example"]
    assert "poll:s0.example" in caplog.text


@pytest.mark.parametrize("spoilt", ["DROP TABLE {}", "ALTER TABLE {} RENAME COLUMN next_run_time TO gone"])
def test_a_table_of_jobs_that_is_lost_or_cannot_be_read_is_made_again(
    sqlite: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    place = installation(sqlite, tmp_path, NOW, *NAMES[:3])
    with started(sqlite) as scheduler:
        arrange(scheduler, place)
    with sqlite.writing() as session:
        session.execute(text(spoilt.format("scheduled_jobs")))
    with started(sqlite) as scheduler:
        arrange(scheduler, place)
        assert len(runs(scheduler)) == 3
    assert jobs(sqlite) == [], "no service has been polled yet"
    assert ("cannot be read" in caplog.text) == spoilt.startswith("ALTER")
