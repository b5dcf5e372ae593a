"""Downloads side by side, batches that fail, harvests that end early, and spans: what is kept, counted and said."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from harvester.catalogue.samples import parse_sample
from harvester.clock import utc_now
from harvester.errors import Stopped, StoreError, TransientFailure
from harvester.harvest.report.progress import Silent
from harvester.harvest.run import run_locked
from harvester.harvest.session import Harvest, HarvestSpan, Tally, opened
from harvester.harvest.steps import fetch
from harvester.harvest.steps.clean import acceptance_of
from harvester.harvest.steps.plan import plan_source
from harvester.memento import EMPTY_BODY_DIGEST, digest_of
from harvester.replay.faults.file import Fault, FaultFile
from harvester.store.database import Database
from harvester.store.ledger import ledger, sources
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Playback, Run, Source, Version
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import archive_at, entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.times import at

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL)


def yearly(first: int, last: int, month: str = "01") -> MemoryArchive:
    archive = MemoryArchive()
    for year in range(first, last + 1):
        archive.add(URL, f"{year}{month}01000000", policy(year))
    return archive


@dataclass
class Crowd:
    """An archive that notes whether more than so many asked at once; every capture fails for the moment."""

    archive: Any
    too_many: threading.Barrier

    def fetch(self, *_: object, **__: object) -> None:
        with suppress(threading.BrokenBarrierError):
            self.too_many.wait(0.3)
        raise TransientFailure("not now")


def test_no_more_downloads_ask_the_archive_at_once_than_the_harvest_says(sqlite: Database) -> None:
    crowd = Crowd(archive_at("http://127.0.0.1:1"), threading.Barrier(3))
    with sqlite.writing() as session:
        watched = sources.enter(session, SHOP, utc_now())
        rows = [ledger.IndexRow(at(f"20{year}0101000000"), URL, "text/html", 200, "", 1) for year in (10, 11, 12)]
        ledger.add(session, watched.sources[0], "x", rows)
        captures = ledger.captures_of(session, watched.sources[0].id, None, None)
    with ThreadPoolExecutor(6) as pool:
        work = Harvest(sqlite, crowd, settings(), utc_now, threading.Event(), Silent(), pool, 2)  # type: ignore[arg-type]
        accept = acceptance_of(SHOP, settings().accept)
        under_way: list[Future[Any]] = [
            pool.submit(fetch._download, work, watched, one, accept, threading.Event()) for one in captures
        ]
    assert len(under_way) == 3
    assert all(isinstance(one.exception(), TransientFailure) for one in under_way)
    assert crowd.too_many.broken, "three were let in at once"


def test_a_batch_that_could_not_be_kept_is_not_counted_as_fetched(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(yearly(2010, 2012))

    recorded: list[str] = []

    @event.listens_for(sqlite.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        recorded.extend(["a playback"] if statement.startswith("INSERT INTO playbacks") else [])

    @event.listens_for(sqlite.engine, "commit")
    def refuse(connection: object) -> None:
        if recorded:
            recorded.clear()
            raise StoreError("the disk is full")

    tally = Tally()
    span = HarvestSpan(None, None, parse_sample("all"))
    archive = archive_at(server.base_url)
    with (
        opened(sqlite, settings(), archive, clock=utc_now, stop=threading.Event()) as work,
        pytest.raises(StoreError),
    ):
        run_locked(work, SHOP, span, tally=tally)
    with sqlite.reading() as session:
        assert session.scalars(select(Capture).where(Capture.outcome == Outcome.STORED)).all() == []
    assert tally.fetched == 0


def test_what_came_before_an_early_end_is_in_the_history(sqlite: Database, harsh_archive: StartArchive) -> None:
    server = harsh_archive(yearly(2010, 2015))
    summary = harvest(sqlite, server.base_url, [SHOP], workers=1, budget=4)
    assert summary.stopped is not None
    with sqlite.reading() as session:
        stored = session.scalars(select(Capture).where(Capture.outcome == Outcome.STORED)).all()
        versions = session.scalars(select(Version)).all()
    assert len(stored) == len(versions) == summary.new_versions == 3


def test_a_capture_that_cannot_be_had_is_not_counted_as_fetched(sqlite: Database, harsh_archive: StartArchive) -> None:
    lost = Fault(kind="unplayable", on="playback", match="201[02]0101")
    server = harsh_archive(yearly(2010, 2015), FaultFile(fault=(lost,)))
    summary = harvest(sqlite, server.base_url, [SHOP], workers=1)
    assert (summary.fetched, summary.new_versions) == (4, 4)


def test_a_stop_ends_the_wait_for_another_try(sqlite: Database) -> None:
    stop = threading.Event()
    stop.set()
    with sqlite.writing() as session:
        watched = sources.enter(session, SHOP, utc_now())
        ledger.add(
            session, watched.sources[0], "x", [ledger.IndexRow(at("20100101000000"), URL, "text/html", 200, "", 1)]
        )
        (capture,) = ledger.captures_of(session, watched.sources[0].id)
        capture.outcome, capture.due_at = Outcome.DUE_AGAIN, utc_now() + timedelta(days=1)
    with (
        opened(sqlite, settings(), archive_at("http://127.0.0.1:1"), clock=utc_now, stop=stop) as work,
        pytest.raises(Stopped, match="another try"),
    ):
        fetch.fetch_due(work, watched, acceptance_of(SHOP, settings().accept), Tally())


def test_a_source_is_searched_and_planned_within_its_own_span_only(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(yearly(2010, 2016))
    spanned = [{"url": URL, "from": "2012-06-01", "to": "2014-06-01"}]
    bounded = entry("shop.example").model_validate({"name": "shop.example", "sources": spanned})
    harvest(sqlite, server.base_url, [bounded])
    with sqlite.reading() as session:
        known = [f"{one.timestamp:%Y}" for one in session.scalars(select(Capture).order_by(Capture.timestamp))]
    assert known == ["2013", "2014"]


@pytest.mark.parametrize("bound", ["since", "until"])
def test_captures_outside_a_span_that_was_set_later_are_not_planned(sqlite: Database, bound: str) -> None:
    with sqlite.writing() as session:
        source = sources.enter(session, SHOP, utc_now()).sources[0]
        rows = [
            ledger.IndexRow(at(f"20{year}0101000000"), URL, "text/html", 200, str(year) * 16, 1) for year in (10, 11)
        ]
        ledger.add(session, source, "x", rows)
        setattr(source, bound, at("20100701000000"))
        plan_source(session, source, parse_sample("all"), None, None, utc_now())
        planned = session.scalars(select(Capture.timestamp).where(Capture.outcome == Outcome.PLANNED)).all()
    assert [f"{one:%Y}" for one in planned] == (["2011"] if bound == "since" else ["2010"])


def test_a_poll_leaves_the_half_year_of_which_it_sees_only_the_end(sqlite: Database) -> None:
    now, june = at("20200901000000"), at("20200615000000")
    with sqlite.writing() as session:
        source = sources.enter(session, SHOP, now).sources[0]
        rows = [
            ledger.IndexRow(at(f"2020{month}"), URL, "text/html", 200, digest * 32, 1)
            for month, digest in (("0201000000", "A"), ("0620000000", "B"))
        ]
        ledger.add(session, source, "x", rows)
        every = parse_sample("all")
        plan_source(session, source, every, None, None, now)

        def first_half() -> Interval:
            return session.scalars(select(Interval).where(Interval.start == at("20200101000000"))).one()

        whole = first_half().capture_id
        plan_source(session, source, every, june, None, now)
        assert first_half().capture_id == whole
        seen = session.get_one(Capture, whole).timestamp
    assert seen == at("20200201000000")


@pytest.mark.parametrize(("end", "says_so"), [(None, True), (at("20120601000000"), False)])
def test_only_a_harvest_without_an_end_knows_all(
    sqlite: Database, harsh_archive: StartArchive, end: datetime | None, says_so: bool
) -> None:
    harvest(sqlite, harsh_archive(yearly(2010, 2014)).base_url, [SHOP], end=end)
    with sqlite.reading() as session:
        run = session.scalars(select(Run).where(Run.service == SHOP.name)).one()
    assert ((run.summary or {})["known_until"] is not None) is says_so


def test_the_record_of_a_backfill_has_its_closing_figures(sqlite: Database, harsh_archive: StartArchive) -> None:
    summary = harvest(sqlite, harsh_archive(yearly(2010, 2014)).base_url, [SHOP])
    with sqlite.reading() as session:
        run = session.scalars(select(Run).where(Run.kind == "backfill")).one()
    assert run.summary == summary.as_dict()
    assert run.summary["fetched"] == 5


def test_an_exclusion_takes_only_what_was_still_wanted(sqlite: Database) -> None:
    now = utc_now()
    settled = [Outcome.STORED, Outcome.UNCHANGED, Outcome.NO_TEXT, Outcome.GONE, Outcome.LEFT_OUT]
    wanted = [Outcome.PLANNED, Outcome.DUE_AGAIN]
    with sqlite.writing() as session:
        source = sources.enter(session, SHOP, now).sources[0]
        other = sources.enter(session, entry("other.example", "http://other.example/privacy"), now).sources[0]
        for one in (source, other):
            rows = [
                ledger.IndexRow(at("20100101000000") + timedelta(days=day), one.url, "text/html", 200, "", 1)
                for day in range(len(settled) + len(wanted))
            ]
            ledger.add(session, one, "x", rows)
            for capture, outcome in zip(ledger.captures_of(session, one.id, None, None), settled + wanted, strict=True):
                capture.outcome = outcome
        session.flush()
        sources.exclude(session, source, "blocked", now + timedelta(days=30))
        session.expire_all()
        left = {
            one.id: [capture.outcome for capture in ledger.captures_of(session, one.id, None, None)]
            for one in (source, other)
        }
        assert left[source.id] == settled + [Outcome.EXCLUDED] * 2
        assert left[other.id] == settled + wanted
        assert session.get_one(Source, other.id).excluded_until is None


def test_a_capture_is_kept_with_whether_its_bytes_are_those_that_the_index_lists(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20120115120000", policy(0))
    archive.add(URL, "20130115120000", policy(1), digest=digest_of(b"other bytes"))
    archive.add(URL, "20140115120000", policy(2), digest=EMPTY_BODY_DIGEST)
    harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    with sqlite.reading() as session:
        found = session.scalars(select(Playback.verdict).join(Capture).order_by(Capture.timestamp)).all()
    assert found == ["match", "mismatch", "unknown"]
