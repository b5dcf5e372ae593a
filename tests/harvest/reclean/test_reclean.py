"""Re-cleaning: the texts that the present cleaner makes, from stored bytes alone, resumable, and never as news."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from harvester.cleaner import CLEANER_VERSION
from harvester.clock import utc_now
from harvester.errors import Stopped
from harvester.harvest.reclean.pieces import finish, left_out, pieces, reclean_piece
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.settings import INTERNET_ARCHIVE, TargetSettings
from harvester.store.admin.copy import copy_to
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger.sources import HOME
from harvester.store.schema import Capture, Change, Notice, Source, Superseded
from tests.support.harvest.harvests import sample_services, settings
from tests.support.harvest.pictures import Picture, picture
from tests.support.store.aged import EARLIER, age, age_texts

FOUND = datetime(2020, 1, 1, tzinfo=UTC)


def recleaned(database: Database, processes: int = 1, *, force: bool = False) -> Recleaned:
    wanting = {"all": TargetSettings.model_validate({"url": "json://x", "min_words": 0})}
    return reclean(
        database,
        settings().model_copy(update={"notify": wanting}),
        sample_services(),
        force=force,
        processes=processes,
        clock=utc_now,
        stop=threading.Event(),
    )


@pytest.fixture(scope="module")
def aged_sample(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Open the sample as an earlier cleaner would have left it; it is only copied."""
    file = tmp_path_factory.mktemp("aged") / "harvester.db"
    shutil.copyfile(sample_data / "harvester.db", file)
    database = Database.open(f"sqlite:///{file}")
    age(database)
    with database.writing() as session:
        session.execute(update(Change).values(found_at=FOUND))
        # The stand-in shows its captures at the Internet Archive's addresses; here it is that archive.
        session.execute(update(Capture).values(archive=INTERNET_ARCHIVE.name))
    yield database
    database.close()


@pytest.fixture
def aged(aged_sample: Database, database: Database) -> Database:
    """Return a copy of the aged sample on each database in turn."""
    copy_to(aged_sample, database)
    return database


@pytest.fixture
def aged_sqlite(aged_sample: Database, sqlite: Database) -> Database:
    """Return a copy of the aged sample, for what is alike on both databases."""
    copy_to(aged_sample, sqlite)
    return sqlite


def test_recleaning_gives_what_the_present_cleaner_would_have_made_at_first(aged: Database, calm: Picture) -> None:
    before = picture(aged)
    assert before.versions != calm.versions
    done = recleaned(aged)
    after = picture(aged)
    assert after == calm
    assert done.texts > 0
    assert 0 < done.largest <= 1
    assert done.outcomes == {}
    with aged.reading() as session:
        kept = session.execute(select(Superseded.cleaner, func.count()).group_by(Superseded.cleaner)).all()
        documents = session.scalar(select(func.count(Capture.id)).where(Capture.document_id.is_not(None)))
        assert [tuple(row) for row in kept] == [(EARLIER, documents)]
        assert set(session.scalars(select(Change.found_at))) == {FOUND}, "no change was found again"
        assert session.scalars(select(Notice)).all() == [], "what the cleaner altered is not news"
    assert recleaned(aged).captures == 0, "nothing is left to do"
    forced = recleaned(aged, force=True)
    assert (forced.captures, forced.documents) == (done.captures, 0)
    assert picture(aged) == calm


def test_services_outside_of_the_catalogue_are_named(aged_sqlite: Database) -> None:
    services = sample_services()
    assert left_out(aged_sqlite, services) == []
    assert left_out(aged_sqlite, services[1:]) == [services[0].name]
    assert left_out(aged_sqlite, []) == sorted(one.name for one in services)


def test_recleaning_goes_on_where_it_was_stopped(aged_sqlite: Database, calm: Picture) -> None:
    entry = next(one for one in sample_services() if pieces(aged_sqlite, [one], force=False))
    piece = pieces(aged_sqlite, [entry], force=False)[0]
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        reclean_piece(
            aged_sqlite, settings(), entry, piece,
            force=False, clock=utc_now, stop=stop,
        )  # fmt: skip
    go_on = threading.Event()
    reclean_piece(
        aged_sqlite, settings(), entry, piece,
        force=False, clock=utc_now, stop=go_on,
    )  # fmt: skip
    finish(aged_sqlite, entry.name, utc_now())
    with aged_sqlite.reading() as session:
        left = session.scalar(select(func.count(Capture.id)).where(Capture.cleaner == EARLIER))
        done = session.scalar(select(func.count(Capture.id)).where(Capture.cleaner == CLEANER_VERSION))
        assert left
        assert done
    recleaned(aged_sqlite)
    assert picture(aged_sqlite) == calm


def test_documents_whose_texts_alone_are_made_otherwise_now_are_whole_afterwards(
    sample_data: Path, sqlite: Database, calm: Picture
) -> None:
    original = Database.open(f"sqlite:///{sample_data / 'harvester.db'}")
    copy_to(original, sqlite)
    original.close()
    with sqlite.writing() as session:
        session.execute(update(Capture).values(archive=INTERNET_ARCHIVE.name))
    age_texts(sqlite)
    done = recleaned(sqlite)
    assert (done.documents, done.texts > 0) == (0, True)
    assert picture(sqlite) == calm
    assert [str(one) for one in verify(sqlite, rebuilding(settings()))] == []


def test_several_processes_give_the_same(aged_sqlite: Database, calm: Picture) -> None:
    recleaned(aged_sqlite, processes=2)
    assert picture(aged_sqlite) == calm


@pytest.mark.parametrize(("processes", "started"), [(1, []), (2, [2])])
def test_one_process_works_here_and_several_are_started(
    processes: int, started: list[int], sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: list[int] = []

    def pool(number: int, **_: object) -> AbstractContextManager[None]:
        pools.append(number)
        return nullcontext()

    monkeypatch.setattr("harvester.harvest.reclean.reclean.ProcessPoolExecutor", pool)
    recleaned(sqlite, processes)
    assert pools == started


def test_home_pages_read_for_their_link_stay_no_policies(aged_sqlite: Database) -> None:
    with aged_sqlite.writing() as session:
        home = session.scalars(select(Capture.source_id).where(Capture.payload_id.is_not(None)).limit(1)).one()
        session.execute(update(Source).where(Source.id == home).values(origin=HOME))
        bare = {"outcome": "not-a-policy", "cleaner": None, "document_id": None, "text_id": None}
        session.execute(update(Capture).where(Capture.source_id == home).values(**bare))
    recleaned(aged_sqlite, force=True)
    with aged_sqlite.reading() as session:
        assert set(session.scalars(select(Capture.outcome).where(Capture.source_id == home))) == {"not-a-policy"}
