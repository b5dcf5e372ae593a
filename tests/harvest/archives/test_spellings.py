"""One page has many spellings: it is harvested once, and found whichever of them is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import select

from harvester.archive.sampling import All
from harvester.catalogue import ServiceEntry, load_catalogue
from harvester.clock import utc_now
from harvester.harvest.backfill import Order, backfill
from harvester.harvest.keep import present_sources
from harvester.harvest.report.progress import Silent
from harvester.harvest.report.summary import Summary
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.archives.warc import WarcArchive
from harvester.store.database import Database
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.pywb_server import serving

PAGE = "http://shop.example/legal/privacy"
SPELLINGS = (
    "https://shop.example/legal/privacy",
    "http://www.shop.example/legal/privacy",
    "http://shop.example:80/legal/privacy",
    "https://shop.example:443/legal/privacy/",
    "http://SHOP.example/legal//privacy",
    "http://shop.example/legal/./privacy",
    "http://shop.example/%6Cegal/privacy?",
)


@pytest.mark.parametrize("other", SPELLINGS)
def test_two_spellings_of_a_page_are_one_source(sqlite: Database, harsh_archive: StartArchive, other: str) -> None:
    archive = MemoryArchive()
    for year in range(2010, 2013):
        archive.add(PAGE, f"{year}0601120000", policy(year))
    summary = harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", PAGE, other)])
    assert summary.outcomes == {"stored": 3}
    assert summary.requests == {"cdx": 1, "playback": 3}


def test_spellings_of_different_times_stay_sources_of_their_own(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    for year in range(2010, 2016):
        archive.add(PAGE, f"{year}0601120000", policy(year))
    sources = [{"url": PAGE, "to": "2012-12-31"}, {"url": SPELLINGS[0], "from": "2013-01-01"}]
    split = ServiceEntry.model_validate({"name": "shop.example", "sources": sources})
    summary = harvest(sqlite, harsh_archive(archive).base_url, [split])
    assert summary.outcomes == {"stored": 6}
    overlapping = [{"url": PAGE, "to": "2014-12-31"}, {"url": SPELLINGS[0], "from": "2013-01-01"}]
    both = ServiceEntry.model_validate({"name": "both.example", "sources": overlapping})
    summary = harvest(sqlite, harsh_archive(archive).base_url, [both])
    assert summary.outcomes == {"stored": 6}


def test_a_page_that_the_catalogue_spells_in_another_way_is_not_harvested_again(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(PAGE, "20100601120000", policy(1))
    base = harsh_archive(archive).base_url
    harvest(sqlite, base, [entry("shop.example", PAGE)])
    again = entry("shop.example", SPELLINGS[0])
    summary = harvest(sqlite, base, [again])
    assert summary.outcomes == {"stored": 1}
    assert summary.requests["playback"] == 0
    with sqlite.reading() as session:
        assert [one.url for one in present_sources(session, again, utc_now())] == [PAGE]


def test_the_reported_page_of_two_spellings_is_one(sqlite: Database, harsh_archive: StartArchive, shared: Path) -> None:
    folder = shared / "cases" / "one-page-two-spellings"
    server = harsh_archive(FolderArchive(folder))
    summary = harvest(sqlite, server.base_url, load_catalogue(folder / "services.toml"))
    assert summary.outcomes == {"stored": 1}
    assert summary.requests == {"cdx": 1, "playback": 1}


WRITTEN = (
    ("http://tilde.example/%7Ebob/p", "http://tilde.example/~bob/p"),
    ("http://dash.example/our%2Dprivacy", "http://dash.example/our-privacy"),
    ("http://xn--mller-kva.example/p", "http://müller.example/p"),
    ("http://xn--mller-kva.example/p", f"http://{quote('müller')}.example/p"),
    ("http://xn--mller-kva.example/p", "http://MÜLLER.example/p"),
    ("http://br.example/p%5B1%5D", "http://br.example/p[1]"),
    ("http://space.example/a%20b", "http://space.example/a b"),
    ("http://utf8.example/erkl%C3%A4rung", "http://utf8.example/erklärung"),
    ("http://latin.example/erkl%E4rung", "http://latin.example/erkl%e4rung"),
    ("http://case.example/Privacy.ASP", "http://CASE.example/privacy.asp"),
)


@pytest.mark.parametrize(
    ("archived", "asked"), [pair for one in WRITTEN for pair in (one, one[::-1]) if " " not in pair[1]]
)
@pytest.mark.parametrize("dialect", ["wayback", "pywb"])
def test_a_page_is_found_whichever_way_its_address_is_written(
    sqlite: Database, harsh_archive: StartArchive, archived: str, asked: str, dialect: str
) -> None:
    archive = MemoryArchive()
    archive.add(archived, "20100101000000", policy(1))
    base = harsh_archive(archive).base_url
    found = harvested(sqlite, f"pywb+{base}/pywb" if dialect == "pywb" else base, [entry("one.example", asked)])
    assert found.outcomes == {"stored": 1}, found.reasons


def harvested(database: Database, archive: str, entries: list[ServiceEntry]) -> Summary:
    chosen = settings()
    return backfill(
        database, chosen, chosen.archive_named(archive), Order(entries, sample=All()),
        clock=utc_now, stop=threading.Event(), progress=Silent(),
    )  # fmt: skip


def test_the_reported_escapes_are_found(sqlite: Database, harsh_archive: StartArchive, shared: Path) -> None:
    folder = shared / "cases" / "escaped-addresses"
    entries = list(load_catalogue(folder / "services.toml"))
    summary = harvest(sqlite, harsh_archive(FolderArchive(folder)).base_url, entries)
    assert summary.outcomes == {"stored": len(entries)}, summary.reasons


@pytest.fixture(scope="module")
def escapes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """pywb over the reported addresses."""
    with serving(shared / "cases" / "idn-and-escapes.warc.gz", tmp_path_factory.mktemp("pywb")) as base:
        yield base


@pytest.mark.parametrize(
    "url",
    [
        "http://xn--mller-kva.example/privacy",
        "http://müller.example/privacy",
        "http://tilde.example/%7Ebob/privacy",
        "http://tilde.example/~bob/privacy",
        "http://brackets.example/p%5B1%5D",
        "http://utf8.example/erkl%C3%A4rung",
        "http://utf8.example/erklärung",
        "http://latin1.example/erkl%E4rung",
        "http://space.example/a%20b",
        "http://emptyq.example/p",
        "http://slashes.example/p",
        "http://query.example/p?a=1&b=2",
        "http://case.example/privacy.asp",
    ],
)
def test_both_captures_of_each_reported_address_come_from_pywb(sqlite: Database, escapes: str, url: str) -> None:
    summary = harvested(sqlite, f"pywb+{escapes}", [entry("one.example", url)])
    assert summary.outcomes == {"stored": 2}, summary.reasons


def test_replay_lists_revisits_without_http_headers(
    sqlite: Database, harsh_archive: StartArchive, shared: Path
) -> None:
    server = harsh_archive(WarcArchive([shared / "cases" / "revisit-without-headers.warc.gz"]))
    for host in ("bare.example", "n304.example"):
        summary = harvest(sqlite, server.base_url, [entry(host, f"http://{host}/p")])
        assert summary.known == 3
        assert summary.versions == 2
        assert set(summary.outcomes) <= {"stored", "unchanged"}
    with sqlite.reading() as session:
        assert {one.mimetype for one in session.scalars(select(Capture).where(Capture.status.is_(None)))} == {
            "warc/revisit"
        }
