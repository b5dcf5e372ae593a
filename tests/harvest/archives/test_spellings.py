"""One page has many spellings: it is harvested once, and found whichever of them is asked for."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.catalogue.samples import All
from harvester.clock import utc_now
from harvester.harvest.backfill import Order, backfill
from harvester.harvest.keep import present_sources
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.report.progress import Silent
from harvester.harvest.report.summary import Summary
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.archives.warc import WarcArchive
from harvester.store.admin.doubles import twice
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.schema import Capture, Source
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture
from tests.support.harvest.warcs import Warc
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


def test_two_spellings_of_a_page_are_one_source(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive, entries = MemoryArchive(), []
    for place, other in enumerate(SPELLINGS):
        page = PAGE.replace("shop", f"shop{place}")
        archive.add(page, "20100601120000", policy(place))
        entries.append(
            entry(
                f"shop{place}.example", page, other.replace("shop.", f"shop{place}.").replace("SHOP.", f"SHOP{place}.")
            )
        )
    summary = harvest(sqlite, harsh_archive(archive).base_url, entries)
    assert Counter(row[0] for row in picture(sqlite).captures) == {one.name: 1 for one in entries}
    assert summary.outcomes == {"stored": len(entries)}
    assert summary.requests == {"cdx": len(entries), "playback": len(entries)}


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


def test_a_page_that_is_split_into_spellings_and_made_one_again_keeps_each_capture_once(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    for year in range(2010, 2016):
        archive.add(PAGE, f"{year}0601120000", policy(year))
    base = harsh_archive(archive).base_url
    whole = entry("shop.example", PAGE)
    split = ServiceEntry.model_validate(
        {"name": "shop.example", "sources": [{"url": PAGE, "to": "2012"}, {"url": SPELLINGS[0], "from": "2013"}]}
    )
    other = entry("shop.example", SPELLINGS[0])
    first = harvest(sqlite, base, [whole])
    history = picture(sqlite).versions
    halves = [(PAGE, 3), (SPELLINGS[0], 3)]
    for catalogue, pages in ((split, halves), (whole, [(PAGE, 6)]), (split, halves), (other, [(SPELLINGS[0], 6)])):
        summary = harvest(sqlite, base, [catalogue])
        assert summary.outcomes == first.outcomes == {"stored": 6}
        assert summary.requests["playback"] == 0
        assert picture(sqlite).versions == history
        with sqlite.reading() as session:
            rows = session.execute(
                select(Source.url, func.count()).join(Capture, Capture.source_id == Source.id).group_by(Source.id)
            )
            assert sorted(map(tuple, rows)) == pages
            assert list(twice(session)) == []
    assert list(verify(sqlite, rebuilding(settings()))) == []


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
    ("http://xn--mller-kva.example/q", f"http://{quote('müller')}.example/q"),
    ("http://xn--mller-kva.example/r", "http://MÜLLER.example/r"),
    ("http://br.example/p%5B1%5D", "http://br.example/p[1]"),
    ("http://space.example/a%20b", "http://space.example/a b"),
    ("http://utf8.example/erkl%C3%A4rung", "http://utf8.example/erklärung"),
    ("http://latin.example/erkl%E4rung", "http://latin.example/erkl%e4rung"),
    ("http://case.example/Privacy.ASP", "http://CASE.example/privacy.asp"),
)


@pytest.mark.parametrize("pairs", [WRITTEN, [pair[::-1] for pair in WRITTEN]], ids=["escaped", "written-out"])
@pytest.mark.parametrize("dialect", ["wayback", "pywb"])
def test_a_page_is_found_whichever_way_its_address_is_written(
    sqlite: Database, harsh_archive: StartArchive, pairs: list[tuple[str, str]], dialect: str
) -> None:
    archive, entries = MemoryArchive(), []
    for place, (archived, asked) in enumerate(pairs):
        if " " not in asked:
            archive.add(archived, "20100101000000", policy(place))
            entries.append(entry(f"page-{place}.example", asked))
    base = harsh_archive(archive).base_url
    found = harvested(sqlite, f"pywb+{base}/pywb" if dialect == "pywb" else base, entries)
    assert {row[0] for row in picture(sqlite).versions} == {one.name for one in entries}
    assert found.outcomes == {"stored": len(entries)}, found.reasons


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


REPORTED = (
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
)


def test_both_captures_of_each_reported_address_come_from_pywb(sqlite: Database, shared: Path, tmp_path: Path) -> None:
    entries = [entry(f"page-{place}.example", url) for place, url in enumerate(REPORTED)]
    with serving(shared / "cases" / "idn-and-escapes.warc.gz", tmp_path) as base:
        summary = harvested(sqlite, f"pywb+{base}", entries)
    assert Counter((row[0], row[8]) for row in picture(sqlite).captures) == {
        (one.name, "stored"): 2 for one in entries
    }, summary.reasons


def test_replay_lists_revisits_without_http_headers(
    sqlite: Database, harsh_archive: StartArchive, shared: Path
) -> None:
    server = harsh_archive(WarcArchive([shared / "cases" / "revisit-without-headers.warc.gz"]))
    entries = [entry(host, f"http://{host}/p") for host in ("bare.example", "n304.example")]
    summary = harvest(sqlite, server.base_url, entries)
    assert set(summary.outcomes) <= {"stored", "unchanged"}
    found = picture(sqlite)
    assert Counter(row[0] for row in found.captures) == {one.name: 3 for one in entries}
    assert Counter(row[0] for row in found.versions) == {one.name: 2 for one in entries}
    with sqlite.reading() as session:
        assert {one.mimetype for one in session.scalars(select(Capture).where(Capture.status.is_(None)))} == {
            "warc/revisit"
        }


def test_replay_serves_resources_as_an_import_reads_them(
    sqlite: Database, harsh_archive: StartArchive, tmp_path: Path
) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(PAGE, "2010-01-01T00:00:00Z", policy(1), kind="resource", Content_Type="text/html")
        warc.response("urn:pageinfo:x", "2010-01-01T00:00:00Z", b"{}", kind="resource", Content_Type="text/json")
        warc.response(PAGE, "2012-01-01T00:00:00Z", policy(2))
    server = harsh_archive(WarcArchive([tmp_path / "a.warc.gz"]))
    summary = harvest(sqlite, server.base_url, [entry("shop.example", PAGE)])
    assert (summary.versions, summary.outcomes) == (2, {"stored": 2})
