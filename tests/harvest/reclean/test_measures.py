"""What is measured of a text is what the present judgement gives, also of a text that an earlier one measured."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from harvester.catalogue.entries import ServiceEntry
from harvester.cleaner import CLEANER_VERSION
from harvester.cleaner.quality import assess
from harvester.clock import utc_now
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.service_lock import service_lock
from harvester.importing.importer import corpus_files, import_documents
from harvester.insight.search import search
from harvester.settings import INTERNET_ARCHIVE
from harvester.store.admin.verify import verify
from harvester.store.content import documents, payloads
from harvester.store.content.stored_form import MEASURES, measures_of
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.schema import Capture, Notice, Service, TextRow
from harvester.store.search import fulltext
from harvester.store.search.indexing import words_of
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture
from tests.support.store.aged import EARLIER
from tests.support.store.contents import put
from tests.support.store.filled import played, read
from tests.support.store.rows import NOW, a_capture, a_source

PAGE = "http://shop.example/privacy"
TWIN = "http://twin.example/privacy"
SHOP, OTHER = entry("shop.example", PAGE), entry("twin.example", TWIN)


def recleaned(database: Database, *entries: ServiceEntry, force: bool = True) -> Recleaned:
    stop = threading.Event()
    return reclean(database, settings(), entries, force=force, processes=1, clock=utc_now, stop=stop)


def measured(database: Database) -> dict[str, tuple[Any, ...]]:
    columns = [getattr(TextRow, name) for name in MEASURES]
    with database.reading() as session:
        return {row[0]: tuple(row[1:]) for row in session.execute(select(TextRow.sha256, *columns))}


def problems(database: Database) -> list[str]:
    return [str(one) for one in verify(database, rebuilding(settings()))]


@pytest.fixture
def harvested(database: Database, harsh_archive: StartArchive) -> Database:
    """Two services with the same texts, of three years."""
    archive = MemoryArchive()
    for url in (PAGE, TWIN):
        for year in (2010, 2012, 2014):
            archive.add(url, f"{year}0601120000", policy(year))
    harvest(database, harsh_archive(archive).base_url, [SHOP, OTHER], name=INTERNET_ARCHIVE.name)
    return database


OTHERWISE: dict[str, Any] = {
    "words": 1, "language": "de", "language_confidence": 0.125, "policy_likelihood": 0.0, "reading_grade": None,
    "page_kind": "parked", "simhash": 77,
}  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("force", [True, False])
def test_each_measure_is_brought_up_to_the_present_judgement(harvested: Database, measure: str, force: bool) -> None:
    before, drawn = measured(harvested), picture(harvested)
    assert problems(harvested) == []
    with harvested.writing() as session:
        session.execute(update(TextRow).values({measure: OTHERWISE[measure]}))
        if not force:
            session.execute(update(Capture).values(cleaner=EARLIER))
    if force:
        assert any(f"its {measure} is" in one and "harvester reclean --all" in one for one in problems(harvested))
    done = recleaned(harvested, SHOP, OTHER, force=force)
    assert (done.documents, done.texts, done.measures) == (0, 0, len(before))
    assert measured(harvested) == before
    assert picture(harvested) == drawn
    assert problems(harvested) == []
    assert recleaned(harvested, SHOP, OTHER).measures == 0, "nothing is measured otherwise any more"


def test_the_history_of_every_service_with_such_a_text_follows_and_is_no_news(harvested: Database) -> None:
    drawn = picture(harvested)
    with harvested.writing() as session:
        middle = select(Capture.text_id).order_by(Capture.timestamp).offset(2).limit(1).scalar_subquery()
        # What an earlier judgement took for a sign-in page between two policies makes no version.
        values = {"policy_likelihood": 0.0, "words": 5, "language": "de"}
        session.execute(update(TextRow).where(TextRow.id == middle).values(values))
        for number in session.scalars(select(Service.id)).all():
            history.refresh(session, number, now=utc_now())
    assert picture(harvested).versions != drawn.versions
    recleaned(harvested, SHOP)
    after = picture(harvested)
    assert (after.versions, after.changes) == (drawn.versions, drawn.changes)
    with harvested.reading() as session:
        assert session.scalars(select(Service.stale)).all() == [False, False]
        assert session.scalars(select(Notice)).all() == []


def test_a_stop_does_not_wait_for_who_harvests_another_service_with_such_a_text(harvested: Database) -> None:
    with harvested.writing() as session:
        session.execute(update(TextRow).values(words=5))
    stop = threading.Event()
    with service_lock(harvested, OTHER.name, utc_now, threading.Event()):
        reclean(
            harvested, settings(), [SHOP], force=True, processes=1, clock=utc_now, stop=stop,
            on_progress=lambda _done, _of: stop.set(),
        )  # fmt: skip
    with harvested.reading() as session:
        assert session.scalars(select(Service.name).where(Service.stale)).all() == [OTHER.name], "its next harvest does"


def test_a_text_taken_for_another_language_is_found_by_the_forms_of_its_own_again(harvested: Database) -> None:
    with harvested.writing() as session:
        for number in session.scalars(select(TextRow.id)).all():
            said = documents.text(session, number)
            fulltext.index_again(session, number, words_of(said, "en"), words_of(said, "de"))
        session.execute(update(TextRow).values(language="de"))
    with harvested.reading() as session:
        assert len(search(session, "sharing").hits) == 0
    recleaned(harvested, SHOP)
    with harvested.reading() as session:
        assert len(search(session, "sharing").hits) == 6
        assert fulltext.not_indexed(session) == []


def test_documents_of_one_text_that_are_measured_differently_are_right_either_way(sqlite: Database) -> None:
    """Apostrophes of two shapes are equal in the text, and not in what is measured of it."""
    with sqlite.writing() as session:
        source = a_source(session)
        for place, mark in enumerate("'\u2019"):
            body = policy(2010).replace(b"that we keep it", f"that we don{mark}t lose it, it{mark}s kept".encode())
            document, quality = read(body, PAGE, "20100601000000", "shop.example")
            capture = a_capture(session, source, NOW.replace(year=2010 + place), None)
            capture.document_id, capture.text_id = put(session, document, quality)
            capture.payload_id = payloads.put(session, body, source_id=source.id)
            capture.cleaner = CLEANER_VERSION
            session.add(played(capture, document))
    with sqlite.reading() as session:
        pairs = session.execute(select(Capture.document_id, Capture.text_id)).all()
        assert len({one.document_id for one in pairs}) == 2
        assert len({one.text_id for one in pairs}) == 1
        (either, other) = (
            measures_of(assess(*documents.title_and_markdown(session, one.document_id))) for one in pairs
        )
    assert either != other
    for one in (either, other):
        with sqlite.writing() as session:
            session.execute(update(TextRow).values(one))
        assert [found for found in problems(sqlite) if "reclean --all" in found] == []
        assert recleaned(sqlite, entry("example.com", PAGE)).measures == 0
    with sqlite.writing() as session:
        session.execute(update(TextRow).values(policy_likelihood=0.0))
    assert recleaned(sqlite, entry("example.com", PAGE)).measures == 1
    assert recleaned(sqlite, entry("example.com", PAGE)).measures == 0


def test_published_texts_are_measured_again_and_stay_as_published(sqlite: Database, shared: Path) -> None:
    folder = shared / "documents"
    import_documents(sqlite, corpus_files(folder), utc_now, threading.Event())
    before, drawn = measured(sqlite), picture(sqlite)
    with sqlite.writing() as session:
        session.execute(update(TextRow).values(OTHERWISE))
        names = session.scalars(select(Service.name)).all()
    assert len(problems(sqlite)) >= len(before)
    done = recleaned(sqlite, *(entry(name, f"http://{name}/") for name in names))
    assert (done.documents, done.texts, done.outcomes, done.measures) == (0, 0, {}, len(before))
    assert measured(sqlite) == before
    assert picture(sqlite) == drawn
    assert problems(sqlite) == []
    with sqlite.reading() as session:
        assert set(session.scalars(select(Capture.cleaner))) == {"corpus"}
