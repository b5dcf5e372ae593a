"""Issue 2's "Bad input": each page without a text is an outcome with its reason, and the rest continues."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from harvester.clock import utc_now
from harvester.errors import StoreError
from harvester.harvest.report.progress import Silent
from harvester.insight.absences import gaps
from harvester.replay.faults.file import Fault, FaultFile
from harvester.replay.server import ReplayServer
from harvester.settings import FetchSettings
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Malformed, Source
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import QUICK, Noted, entry, harvest, sample_services
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import Picture, differences, picture

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL)


KETTLE = [one for one in sample_services() if one.name == "kettle.example"]
"""The service of the sample with the most versions, where the others would show the same."""


@pytest.fixture(scope="module")
def calm_kettle(calm: Picture) -> Picture:
    """Return what an undisturbed backfill leaves of it."""
    its = {KETTLE[0].name, *(source.url for source in KETTLE[0].sources)}
    return Picture(*([row for row in rows if row[0] in its] for rows in calm))


def outcomes(database: Database, url: str = URL) -> dict[str, tuple[str, str | None]]:
    """Outcome and reason of each capture by its day."""
    with database.reading() as session:
        rows = session.scalars(select(Capture).join(Source).where(Source.url == url))
        return {f"{row.timestamp:%Y%m%d}": (row.outcome, row.reason) for row in rows}


def asked(server: ReplayServer, part: str = "", endpoint: str = "playback") -> int:
    return sum(one.endpoint == endpoint and part in one.path for one in server.log)


def test_each_page_without_text_has_its_reason_and_the_rest_goes_on(
    database: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add(URL, "20110101000000", b"")
    archive.add(URL, "20120101000000", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20)
    archive.add(URL, "20130101000000", b"<html><body><p>Hello.</p></body></html>")
    archive.add(URL, "20140101000000", b"%PDF-1.4 broken", mimetype="application/pdf")
    archive.add(URL, "20150101000000", b"image", mimetype="image/png")
    archive.add(URL, "20160101000000", gzip.compress(policy(3))[:-40], headers={"Content-Encoding": "gzip"})
    archive.add(URL, "20170101000000", policy(2))
    summary = harvest(database, harsh_archive(archive).base_url, [SHOP], name="the archive")
    found = outcomes(database)
    assert {day[:4]: outcome for day, (outcome, _) in found.items()} == {
        "2010": Outcome.STORED,
        "2011": Outcome.NO_TEXT,
        "2012": Outcome.NO_TEXT,
        "2013": Outcome.STORED,
        "2014": Outcome.NO_TEXT,
        "2015": Outcome.LEFT_OUT,
        "2016": Outcome.FAILED,
        "2017": Outcome.STORED,
    }
    assert all(reason for outcome, reason in found.values() if outcome != Outcome.STORED)
    assert summary.exit_code == 1
    again = harvest(database, harsh_archive(archive).base_url, [SHOP], name="the archive")
    assert again.requests["playback"] == 0


def test_a_body_over_the_limit_is_refused_while_it_streams(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add(URL, "20110101000000", b"<p>word</p>" * 100_000)
    server = harsh_archive(archive)
    limit = QUICK.model_copy(update={"max_body_bytes": 100_000})
    harvest(sqlite, server.base_url, [SHOP], fetch=limit)
    outcome, reason = outcomes(sqlite)["20110101"]
    assert outcome == Outcome.TOO_LARGE
    assert reason is not None
    assert "fetch.max_body_bytes" in reason
    assert outcomes(sqlite)["20100101"][0] == Outcome.STORED
    assert asked(server, "2011") == 1
    # A raised limit asks for it again; the same one does not.
    assert harvest(sqlite, server.base_url, [SHOP], fetch=limit).requests["playback"] == 0


def test_malformed_rows_are_kept_as_they_came(
    sqlite: Database, harsh_archive: StartArchive, calm_kettle: Picture
) -> None:
    server = harsh_archive(faults=FaultFile(fault=(Fault(kind="malformed", on="cdx"),)))
    harvest(sqlite, server.base_url, KETTLE)
    with sqlite.reading() as session:
        rows = session.execute(select(Malformed.line, Malformed.reason)).all()
    assert rows
    assert all(line and reason for line, reason in rows)
    found = picture(sqlite)
    assert found.malformed
    assert differences(found._replace(malformed=[]), calm_kettle) == []
    harvest(sqlite, server.base_url, KETTLE)
    assert picture(sqlite).malformed == found.malformed


@pytest.mark.parametrize("mode", ["owner", "robots", "row"])
def test_an_excluded_site_is_asked_again_after_a_month(
    sqlite: Database, harsh_archive: StartArchive, mode: str
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add("http://other.example/privacy", "20100101000000", policy(2))
    blocked = harsh_archive(archive, FaultFile(fault=(Fault(kind="excluded", match=r"shop\.example", mode=mode),)))
    both = [SHOP, entry("other.example", "http://other.example/privacy")]
    now, said = utc_now(), Noted()
    summary = harvest(sqlite, blocked.base_url, both, clock=lambda: now, progress=said)
    assert summary.exit_code == 0
    assert outcomes(sqlite) == {}
    assert [one.startswith(f"shop.example: {URL}: ") for one in said.notes] == [True]
    assert outcomes(sqlite, "http://other.example/privacy")["20100101"][0] == Outcome.STORED
    with sqlite.reading() as session:
        source = session.scalars(select(Source).where(Source.url == URL)).one()
        (line,) = [one for one in gaps.entries(session) if one.url == URL]
    assert isinstance(line, gaps.GapEntry)
    assert source.excluded_until == now + timedelta(days=30)
    assert source.note is not None
    assert (line.outcome, line.reason, line.start) == (Outcome.EXCLUDED, source.note, now)
    assert line.next_try == source.excluded_until
    before = asked(blocked, "shop", "cdx")
    harvest(sqlite, blocked.base_url, both, clock=lambda: now + timedelta(days=29))
    assert asked(blocked, "shop", "cdx") == before
    shown = harsh_archive(archive)
    harvest(sqlite, shown.base_url, both, clock=lambda: now + timedelta(days=30))
    assert outcomes(sqlite)["20100101"][0] == Outcome.STORED
    with sqlite.reading() as session:
        source = session.scalars(select(Source).where(Source.url == URL)).one()
        assert gaps.excluded(session) == []
    assert (source.excluded_until, source.note) == (None, None)


def test_a_site_excluded_at_playback_makes_its_captures_excluded_until_next_month(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    for year in range(2010, 2016):
        archive.add(URL, f"{year}0101000000", policy(year))
    fault = Fault(kind="excluded", on="playback")
    blocked = harsh_archive(archive, FaultFile(fault=(fault,)))
    now = utc_now()
    harvest(sqlite, blocked.base_url, [SHOP], clock=lambda: now)
    assert {outcome for outcome, _ in outcomes(sqlite).values()} == {Outcome.EXCLUDED}
    assert asked(blocked) <= 4, "the others are not asked for once the site is known to be excluded"
    assert harvest(sqlite, blocked.base_url, [SHOP], clock=lambda: now).requests["playback"] == 0
    harvest(sqlite, harsh_archive(archive).base_url, [SHOP], clock=lambda: now + timedelta(days=31))
    assert {outcome for outcome, _ in outcomes(sqlite).values()} == {Outcome.STORED}


def test_an_unplayable_capture_is_asked_for_again_when_that_expires(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add(URL, "20110101000000", policy(2))
    broken = harsh_archive(archive, FaultFile(fault=(Fault(kind="unplayable", match="^2011"),)))
    now = utc_now()
    harvest(sqlite, broken.base_url, [SHOP], clock=lambda: now)
    assert outcomes(sqlite)["20110101"][0] == Outcome.UNPLAYABLE
    harvest(sqlite, broken.base_url, [SHOP], clock=lambda: now + timedelta(days=89))
    assert asked(broken, "2011") == 1
    harvest(sqlite, harsh_archive(archive).base_url, [SHOP], clock=lambda: now + timedelta(days=91))
    assert outcomes(sqlite)["20110101"][0] == Outcome.STORED


def test_what_is_lost_for_good_costs_only_itself(sqlite: Database, harsh_archive: StartArchive) -> None:
    harvest(sqlite, harsh_archive(faults="losses").base_url)
    found = Counter(row[8] for row in picture(sqlite).captures)
    assert found[Outcome.UNPLAYABLE] == 1
    assert found[Outcome.REDIRECTED_AWAY] == 2
    assert found[Outcome.STORED] + found[Outcome.UNCHANGED] > 40
    assert not {"planned", "due-again"} & set(found)


def test_a_capture_that_always_fails_has_failed_after_its_tries_and_the_run_says_so(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add(URL, "20110101000000", policy(2))
    fault = Fault(kind="status", status=500, match="2011", on="playback")
    server = harsh_archive(archive, FaultFile(most=1_000, fault=(fault,)))
    summary = harvest(sqlite, server.base_url, [SHOP], fetch=QUICK.model_copy(update={"tries": 2}))
    assert outcomes(sqlite)["20110101"][0] == Outcome.FAILED
    assert summary.exit_code == 1
    assert outcomes(sqlite)["20100101"][0] == Outcome.STORED


def test_a_spent_budget_stops_cleanly_and_the_next_run_goes_on(
    sqlite: Database, sample_archive: ReplayServer, calm_kettle: Picture
) -> None:
    runs = 0
    while (summary := harvest(sqlite, sample_archive.base_url, KETTLE, budget=5)).stopped:
        assert sum(summary.requests.values()) == 5
        assert summary.exit_code == 0
        runs += 1
        assert runs < 10
    assert runs >= 2
    assert differences(picture(sqlite), calm_kettle) == []


def test_a_stop_loses_nothing_that_was_committed(
    sqlite: Database, sample_archive: ReplayServer, calm_kettle: Picture
) -> None:
    stop = threading.Event()

    class Stopping(Silent):
        def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
            """Stop the harvest at its first outcome."""
            stop.set()

    stopped = harvest(sqlite, sample_archive.base_url, KETTLE, stop=stop, workers=1, progress=Stopping())
    assert stopped.stopped is not None
    kept = [row for row in picture(sqlite).captures if row[12] is not None]
    assert 0 < len(kept) < len(calm_kettle.captures)
    harvest(sqlite, sample_archive.base_url, KETTLE)
    assert differences(picture(sqlite), calm_kettle) == []
    assert all(row in picture(sqlite).captures for row in kept)


def test_a_full_disk_is_said_and_the_next_run_goes_on(
    sqlite: Database, sample_archive: ReplayServer, calm_kettle: Picture
) -> None:
    with sqlite.reading() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    room = 10

    @event.listens_for(sqlite.engine, "checkout")
    def limit(connection: object, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + room}")  # type: ignore[attr-defined]

    with pytest.raises(StoreError, match="free space and run the same command again") as refused:
        harvest(sqlite, sample_archive.base_url, KETTLE)
    assert refused.value.exit_code == 3
    room = 1_000_000
    harvest(sqlite, sample_archive.base_url, KETTLE)
    assert differences(picture(sqlite), calm_kettle) == []


def test_a_clock_that_is_wrong_about_the_year_does_not_hide_captures(
    sqlite: Database, sample_archive: ReplayServer
) -> None:
    harvest(sqlite, sample_archive.base_url, KETTLE, clock=lambda: datetime(2012, 1, 1, tzinfo=utc_now().tzinfo))
    assert any(row[2].year == 2019 for row in picture(sqlite).captures)


def test_the_default_limit_of_a_body_is_twenty_megabytes() -> None:
    assert FetchSettings().max_body_bytes == 20_000_000
