"""A digest tells a body only where playing back met no redirect of the site: where one leads to, it cannot tell."""

from __future__ import annotations

import threading
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.clock import utc_now
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.replay.archives.folder import FolderArchive
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Playback
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, planned, settings
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture

URL, TARGET = "http://shop.example/privacy", "http://shop.example/legal"
YEARS = range(2010, 2017)
EDITIONS = {year: (year - 2010) // 2 for year in YEARS}


def moving(archive: MemoryArchive, form: str, host: str = "shop.example") -> MemoryArchive:
    """A policy that its address only sends on to, each year by the same bytes; `form` says how the index shows that."""
    url, target = (one.replace("shop.example", host) for one in (URL, TARGET))
    moved = f"<html><body>301 Moved Permanently ({form})</body></html>".encode()
    if form == "revisits-of-another-site":
        archive.add("http://other.example/", "20090101000000", moved, status=301, location="http://other.example/x")
    for year in YEARS:
        revisit = form != "redirects" and (year != YEARS[0] or form == "revisits-of-another-site")
        archive.add(url, f"{year}0601120000", moved, status=301, location=target, revisit=revisit)
        archive.add(target, f"{year}0601120005", policy(EDITIONS[year]))
    return archive


FORMS = ("redirects", "revisits", "revisits-of-another-site")


@pytest.mark.parametrize("sample", ["all", "changes"])
def test_each_capture_of_a_redirect_shows_what_its_target_showed_then(
    sqlite: Database, harsh_archive: StartArchive, sample: str
) -> None:
    archive = MemoryArchive()
    for form in FORMS:
        moving(archive, form, f"{form}.example")
    server = harsh_archive(archive)
    shops = [entry(f"{form}.example", f"http://{form}.example/privacy") for form in FORMS]
    plan = planned(sqlite, server.base_url, shops, sample=sample)
    summary = harvest(sqlite, server.base_url, shops, sample=sample)
    assert plan.least <= summary.requests["playback"] <= plan.downloads
    assert Counter(row[0] for row in picture(sqlite).versions) == {
        shop.name: len(set(EDITIONS.values())) for shop in shops
    }
    assert summary.outcomes == {"stored": len(FORMS) * len(YEARS)}
    assert [str(finding) for finding in verify(sqlite, rebuilding(settings()))] == []


def test_a_revisit_of_a_page_still_needs_no_download(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100601120000", policy(1))
    for year in YEARS[1:]:
        archive.add(URL, f"{year}0601120000", policy(1), revisit=True)
    summary = harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    assert summary.requests["playback"] == 1
    assert summary.outcomes == {"stored": 1, "unchanged": len(YEARS) - 1}


def test_a_page_whose_bytes_a_redirect_carried_too_is_told_by_its_own_status(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100601120000", policy(1))
    archive.add(URL, "20110601120000", policy(1), status=302, location=TARGET)
    archive.add(TARGET, "20110601120000", policy(2))
    archive.add(URL, "20120601120000", policy(1), revisit=True)
    archive.add(URL, "20130601120000", policy(1))
    summary = harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    assert summary.versions == 3
    assert summary.outcomes == {"stored": 3, "unchanged": 1}, "the revisit may be of either: it is fetched"


@pytest.mark.parametrize("hops", [3, 9])
def test_a_long_chain_of_redirects_of_the_site_is_followed(
    sqlite: Database, harsh_archive: StartArchive, hops: int
) -> None:
    archive = MemoryArchive()
    steps = [URL, *(f"http://shop.example/{step}" for step in range(1, hops)), TARGET]
    for year in YEARS:
        for second, (at, to) in enumerate(pairwise(steps)):
            archive.add(at, f"{year}06011200{second:02}", b"moved", status=301, location=to)
        archive.add(TARGET, f"{year}0601120030", policy(EDITIONS[year]))
    summary = harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    assert (summary.versions, summary.outcomes) == (len(set(EDITIONS.values())), {"stored": len(YEARS)})


def test_a_page_that_only_sends_on_is_followed_by_a_source_that_names_its_target(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100601120000", policy(1))
    archive.add(URL, "20120601120000", b"<html><meta http-equiv=refresh content='0; url=/legal'></html>")
    archive.add(TARGET, "20120601120005", policy(2))
    base = harsh_archive(archive).base_url
    alone = harvest(sqlite, base, [entry("shop.example", URL)], sample="all")
    assert (alone.versions, alone.outcomes) == (1, {"stored": 1, "redirected-away": 1})
    with sqlite.reading() as session:
        why = session.scalars(select(Capture.reason).where(Capture.outcome == Outcome.REDIRECTED_AWAY)).one()
    assert why == f"the page has no words of its own and sends on to {TARGET}"
    both = harvest(sqlite, base, [entry("shop.example", URL, TARGET)], sample="all")
    assert (both.versions, both.outcomes) == (2, {"stored": 2, "redirected-away": 1}), "what it led to is not lost"


CASES = [("redirects-of-one-digest", "changes", 3), ("revisit-of-a-redirect", "all", 2)]


@pytest.mark.parametrize(("case", "sample", "versions"), CASES)
def test_the_reported_cases(
    sqlite: Database, harsh_archive: StartArchive, shared: Path, case: str, sample: str, versions: int
) -> None:
    folder = shared / "cases" / case
    server = harsh_archive(FolderArchive(folder))
    summary = harvest(sqlite, server.base_url, load_catalogue(folder / "services.toml"), sample=sample)
    assert summary.versions == versions


def spoil(database: Database) -> list[int]:
    """Makes of a store what earlier versions did: all captures of one redirect have the first one's text."""
    with database.writing() as session:
        captures = session.scalars(select(Capture).order_by(Capture.timestamp)).all()
        first = captures[0]
        for one in captures[1:]:
            session.delete(session.get_one(Playback, one.id))
            one.outcome = Outcome.UNCHANGED
            one.payload_id, one.document_id, one.text_id = first.payload_id, first.document_id, first.text_id
        return [one.id for one in captures[1:]]


@pytest.mark.parametrize(
    ("database_url", "form"),
    [("sqlite", "revisits"), ("postgresql", "revisits-of-another-site")],
    indirect=["database_url"],
)
def test_a_store_that_earlier_versions_spoiled_is_found_and_mended(
    database: Database, harsh_archive: StartArchive, form: str
) -> None:
    shop = [entry("shop.example", URL)]
    server = harsh_archive(moving(MemoryArchive(), form))
    harvest(database, server.base_url, shop)
    whole = picture(database)
    spoiled = spoil(database)
    found = [(finding.table, finding.id) for finding in verify(database) if "digest" in finding.problem]
    assert found == [("captures", number) for number in spoiled]
    done = reclean(database, settings(), shop, force=False, processes=1, clock=utc_now, stop=threading.Event())
    assert done.outcomes == {"unchanged -> planned": len(spoiled)}
    assert list(verify(database)) == []
    with database.reading() as session:
        withdrawn = session.scalars(select(Capture).where(Capture.id.in_(spoiled))).all()
        assert {(one.outcome, one.text_id, one.document_id, one.payload_id) for one in withdrawn} == {
            (Outcome.PLANNED, None, None, None)
        }
    harvest(database, server.base_url, shop)
    mended = picture(database)
    assert (mended.versions, mended.changes) == (whole.versions, whole.changes)
    assert list(verify(database)) == []


def test_what_was_reused_rightly_is_not_suspected(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20100601120000", policy(1), digest="A" * 32)
    archive.add(URL, "20110601120000", policy(1), digest="A" * 32, revisit=True)
    harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    assert list(verify(sqlite)) == []


ENCODED = "A" * 32
"""A digest that an archive counted before it undid an encoding: no body here has it."""


def test_a_digest_that_no_body_here_has_still_shows_equal_bytes_in_two_archives(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    first, second = MemoryArchive(), MemoryArchive()
    first.add(URL, "20100601120000", policy(1), digest=ENCODED)
    second.add(URL, "20110601120000", policy(1), digest=ENCODED)
    shop = [entry("shop.example", URL)]
    harvest(sqlite, harsh_archive(first).base_url, shop, name="first")
    summary = harvest(sqlite, harsh_archive(second).base_url, shop, name="second")
    assert (summary.requests["playback"], summary.versions) == (0, 1)
    assert summary.outcomes == {"stored": 2}
    assert [str(finding) for finding in verify(sqlite, rebuilding(settings()))] == []


def test_a_digest_that_no_body_here_has_still_shows_equal_bytes_of_which_other_parts_are_taken(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    for year in YEARS:
        archive.add(URL, f"{year}0601120000", policy(1), digest=ENCODED)
    extract = [{"select": "#main h1", "to": "2012"}, {"select": "#main p", "from": "2013"}]
    shop = ServiceEntry.model_validate({"name": "shop.example", "sources": [{"url": URL, "extract": extract}]})
    summary = harvest(sqlite, harsh_archive(archive).base_url, [shop])
    assert (summary.requests["playback"], summary.outcomes["stored"]) == (1, 2)
    assert [str(finding) for finding in verify(sqlite, rebuilding(settings()))] == []
