"""A page that embeds its text from another host may have the same bytes for years while the text changes."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import delete, select, update

from harvester.clock import utc_now
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.memento import timestamp_of
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.schema import Capture, Part
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, planned, settings
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture

URL, NOTICE = "http://shop.example/privacy", "https://www.iubenda.com/privacy-policy/1"
WORDS = "<p>We sell tea, and pots for it, to all who ask us.</p>"
SHELL = f"<!DOCTYPE html><title>Privacy</title><iframe src={NOTICE}></iframe>"
YEARS = range(2015, 2021)
EDITIONS = {2015: 1, 2016: 1, 2017: 2, 2018: 3, 2019: 1, 2020: 4}


def add(archive: MemoryArchive, year: int, page: str) -> None:
    """A year's captures of the page, which stays the same, and of the notice in it."""
    archive.add(URL, f"{year}0601120000", page.encode())
    archive.add(NOTICE, f"{year}0601120005", policy(EDITIONS[year]))


def texts(database: Database) -> list[object]:
    """The text of each capture, oldest first."""
    return [row[-1] for row in sorted(picture(database).captures, key=lambda row: row[2])]


def assert_each_shows_its_own(database: Database) -> None:
    found = dict(zip(YEARS, texts(database), strict=True))
    assert {year: found[year] == found[2015] for year in YEARS} == {year: EDITIONS[year] == 1 for year in YEARS}
    assert len(set(found.values())) == len(set(EDITIONS.values()))
    assert len(picture(database).versions) == 5
    assert [str(finding) for finding in verify(database, rebuilding(settings()))] == []


@pytest.mark.parametrize("sample", ["all", "changes"])
@pytest.mark.parametrize("page", [SHELL, SHELL + WORDS])
@pytest.mark.parametrize("polled", [False, True])
def test_each_capture_shows_the_text_of_its_own_time(
    sqlite: Database, harsh_archive: StartArchive, sample: str, page: str, polled: bool
) -> None:
    archive, shop = MemoryArchive(), entry("shop.example", URL, render="auto")
    server = harsh_archive(archive)
    for year in YEARS:
        add(archive, year, page)
        server.refresh()
        if polled or year == YEARS[-1]:
            harvest(sqlite, server.base_url, [shop], sample=sample)
    pages = sum(one.path.endswith(URL) for one in server.log)
    assert_each_shows_its_own(sqlite)
    assert pages == 1, "the bytes of the page are known by their digest"
    assert harvest(sqlite, server.base_url, [shop], sample=sample).requests["playback"] == 0


def test_a_plan_counts_what_each_of_them_may_ask_for(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive, shop = MemoryArchive(), [entry("shop.example", URL, render="auto")]
    for year in YEARS:
        add(archive, year, SHELL)
    base = harsh_archive(archive).base_url
    plan = planned(sqlite, base, shop)
    made = harvest(sqlite, base, shop).requests["playback"]
    assert plan.downloads < made <= plan.downloads + plan.of_pages


@pytest.mark.parametrize("page", [SHELL, SHELL + WORDS])
def test_a_store_in_which_all_have_the_first_ones_text_is_found_and_mended(
    database: Database, harsh_archive: StartArchive, page: str
) -> None:
    archive, shop = MemoryArchive(), [entry("shop.example", URL, render="auto")]
    for year in YEARS:
        add(archive, year, page)
    base = harsh_archive(archive).base_url
    harvest(database, base, shop)
    with database.writing() as session:
        first = session.scalars(select(Capture).order_by(Capture.timestamp)).first()
        assert first is not None
        session.execute(update(Capture).values(text_id=first.text_id, document_id=first.document_id))
        session.execute(delete(Part).where(Part.timestamp != timestamp_of(first.timestamp)))
    found = [finding for finding in verify(database, rebuilding(settings())) if finding.table == "captures"]
    assert len(found) == len(YEARS) - 1
    assert all("harvester reclean" in finding.problem for finding in found)
    reclean(database, settings(), shop, force=False, processes=1, clock=utc_now, stop=threading.Event())
    harvest(database, base, shop)
    assert_each_shows_its_own(database)


def test_a_notice_of_another_time_is_not_the_page_s_and_its_reason_says_so(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive, shop = MemoryArchive(), [entry("shop.example", URL, render="auto")]
    archive.add(NOTICE, "20150901120000", policy(1))
    archive.add(NOTICE, "20200901120000", policy(2))
    for day in ("20150620120000", "20171001120000", "20200601110000", "20200620120000"):
        archive.add(URL, day, SHELL.encode())
    base = harsh_archive(archive).base_url
    for _ in range(2):
        harvest(sqlite, base, shop)
        with sqlite.reading() as session:
            rows = session.scalars(select(Capture).order_by(Capture.timestamp)).all()
            has_text = [row.document_id is not None and row.recipe == "data" for row in rows]
            reasons = [row.reason or "" for row in rows]
        assert has_text == [True, False, False, True]
        assert reasons[1].endswith("the archive has its notice of another time, 2015-09-01")
        assert reasons[2].endswith("the archive has its notice of another time, 2020-09-01"), "92 days"
        assert [str(finding) for finding in verify(sqlite, rebuilding(settings()))] == []
        reclean(sqlite, settings(), shop, force=True, processes=1, clock=utc_now, stop=threading.Event())
