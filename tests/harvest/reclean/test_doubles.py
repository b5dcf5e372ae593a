"""A store that an earlier version filled twice, under two spellings of one address, is that of one spelling again."""

from __future__ import annotations

import threading

from sqlalchemy import func, select, update

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.harvest.reclean.mending import MERGED
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.settings import INTERNET_ARCHIVE
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.schema import Capture, Source
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import Picture, picture

PAGE, OTHER = "http://shop.example/privacy", "https://www.shop.example/privacy/"
YEARS = range(2010, 2013)


def recleaned(database: Database, shop: ServiceEntry) -> Recleaned:
    stop = threading.Event()
    return reclean(database, settings(), [shop], force=False, processes=1, clock=utc_now, stop=stop)


def harvested_twice(database: Database, start: StartArchive) -> tuple[str, Picture]:
    """Harvest a shop under two spellings; return the archive's address and the picture of one alone."""
    archive = MemoryArchive()
    for year in YEARS:
        archive.add(PAGE, f"{year}0601120000", policy(year // 2).replace(b"ask us", b"<a href='ask'>ask us</a>"))
    base = start(archive).base_url
    harvest(database, base, [entry("shop.example", PAGE)], name=INTERNET_ARCHIVE.name)
    whole = picture(database)
    with database.writing() as session:
        session.execute(update(Source).values(url="http://elsewhere.example/"))
    harvest(database, base, [entry("shop.example", OTHER)], name=INTERNET_ARCHIVE.name)
    with database.writing() as session:
        session.scalars(select(Source).order_by(Source.id)).first().url = PAGE  # type: ignore[union-attr]
    return base, whole


def test_a_store_with_all_captures_twice_is_that_of_one_spelling_again(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    base, whole = harvested_twice(sqlite, harsh_archive)
    shop = entry("shop.example", PAGE)
    with sqlite.writing() as session:
        first, other = session.scalars(select(Source).order_by(Source.id)).all()
        # One is known under the other spelling alone, with links that begin with it.
        gone = select(func.max(Capture.timestamp)).scalar_subquery()
        left = update(Capture).where(Capture.source_id == first.id, Capture.timestamp == gone)
        nothing = {"payload_id": None, "document_id": None, "text_id": None, "outcome": "planned"}
        session.execute(left.values(**nothing))
    found = [(one.table, one.id) for one in verify(sqlite, rebuilding(settings())) if one.table == "sources"]
    assert found == [("sources", other.id)]
    done = recleaned(sqlite, shop)
    assert done.outcomes == {MERGED: len(YEARS)}
    assert (done.captures, done.documents) == (1, 1)
    assert list(verify(sqlite, rebuilding(settings()))) == []
    mended = picture(sqlite)
    assert (mended.captures, mended.versions) == (whole.captures, whole.versions)
    assert mended.changes == whole.changes
    assert recleaned(sqlite, shop) == Recleaned()
    harvest(sqlite, base, [shop], name=INTERNET_ARCHIVE.name)
    assert picture(sqlite).captures == whole.captures, "nothing is there twice again"


def test_the_history_of_a_service_with_captures_twice_is_mended_whichever_service_is_recleaned(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    _, whole = harvested_twice(sqlite, harsh_archive)
    assert picture(sqlite).versions != whole.versions
    assert recleaned(sqlite, entry("other.example", "http://other.example/")).outcomes == {MERGED: len(YEARS)}
    assert picture(sqlite).versions == whole.versions
