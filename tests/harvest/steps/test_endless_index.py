"""A source whose index does not end has an outcome, and its other rows are harvested."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from harvester.archive.index import paging
from harvester.clock import utc_now
from harvester.exporting.tables import export_tables
from harvester.insight.absences import gaps
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.ledger.ledger import Outcome, Planned, set_intervals
from harvester.store.read.missing import without_versions
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.archive_server.servers import Asked, Reply, serving
from tests.support.harvest.harvests import QUICK, Noted, entry, harvest
from tests.support.harvest.pages import policy

PAGES = QUICK.model_copy(update={"page_rows": 2})
URL = "http://shop.example/privacy"
OTHER = "http://other.example/privacy"


def test_a_source_whose_index_does_not_end_is_listed_and_searched_again_after_a_month(
    sqlite: Database, harsh_archive: StartArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = MemoryArchive()
    for number in range(12):
        archive.add(URL, f"2010{number + 1:02d}01000000", policy(number))
    archive.add(OTHER, "20100101000000", policy(20))
    server = harsh_archive(archive)
    both = [entry("shop.example", URL), entry("other.example", OTHER)]
    monkeypatch.setattr(paging, "MOST_ROWS", 5)
    now = utc_now()
    said = Noted()
    summary = harvest(sqlite, server.base_url, both, fetch=PAGES, clock=lambda: now, progress=said)
    assert [one for one in said.notes if one.startswith("shop.example: ") and "does not end" in one]
    assert 4 <= summary.versions < 13, "what the index gave, and the other service, are harvested"
    with sqlite.reading() as session:
        line, *rest = [one for one in gaps.entries(session, "shop.example") if one.outcome == Outcome.INDEX_ENDLESS]
        assert [one for one in gaps.holes(session, "shop.example") if one.outcome == Outcome.NOT_ARCHIVED] == []
        assert {one.reason for one in rest} == {"the index was not read to its end: the archive may hold a capture"}
    assert isinstance(line, gaps.GapEntry)
    assert (line.url, line.start) == (URL, now)
    assert line.next_try == now + timedelta(days=30)
    assert "does not end" in str(line.reason)

    asked = sum(one.endpoint == "cdx" for one in server.log)
    harvest(sqlite, server.base_url, both[:1], fetch=PAGES, clock=lambda: now + timedelta(days=29))
    assert sum(one.endpoint == "cdx" for one in server.log) == asked
    monkeypatch.undo()
    harvest(sqlite, server.base_url, both[:1], fetch=PAGES, clock=lambda: now + timedelta(days=31))
    with sqlite.reading() as session:
        assert [one for one in gaps.entries(session) if one.outcome == Outcome.INDEX_ENDLESS] == []
        assert {one.outcome for one in gaps.holes(session, "shop.example")} == {Outcome.NOT_ARCHIVED}


def test_a_source_whose_index_does_not_end_and_gave_no_row_has_one_outcome_everywhere(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = count(1)

    def answer(asked: Asked) -> Reply:
        return Reply(200, [("Content-Type", "text/plain")], f"\nkey{next(keys)}\n".encode())

    monkeypatch.setattr(paging, "MOST_EMPTY_PAGES", 3)
    with serving(answer) as server:
        summary = harvest(database, server.base, [entry("shop.example", URL)], fetch=PAGES)
    assert summary.versions == 0
    assert [line for line in summary.missing if "does not end" in line]
    with database.reading() as session:
        (line,) = gaps.entries(session)
        assert line.outcome == Outcome.INDEX_ENDLESS
        export_tables(session, tmp_path / "out", "jsonl")
        (absent,) = without_versions(session)
        assert (absent.outcome, "does not end" in absent.reason) == (Outcome.INDEX_ENDLESS, True)
    rows = [json.loads(row) for row in (tmp_path / "out" / "ledger.jsonl").read_text().splitlines()]
    assert [(row["kind"], row["source"], row["outcome"]) for row in rows] == [("source", URL, Outcome.INDEX_ENDLESS)]


@pytest.mark.parametrize("urls", [(URL, OTHER), (OTHER, URL)])
@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Outcome.NOT_ARCHIVED, Outcome.INDEX_ENDLESS),
        (Outcome.INDEX_ENDLESS, Outcome.GONE),
        (Outcome.NOT_ARCHIVED, Outcome.GONE),
    ],
)
def test_of_two_sources_the_one_that_tells_more_says_why_a_half_year_is_missing(
    sqlite: Database, urls: tuple[str, str], less: Outcome, more: Outcome
) -> None:
    now = utc_now()
    with sqlite.writing() as session:
        watched = sources.enter(session, entry("shop.example", *urls), now)
        outcomes = dict(zip(urls, (less, more), strict=True))
        for source in watched.sources:
            set_intervals(session, source, "all", [Planned(now, now, outcomes[source.url])])
    with sqlite.reading() as session:
        (hole,) = gaps.holes(session, "shop.example")
    assert (hole.outcome, hole.url) == (more, urls[1])
