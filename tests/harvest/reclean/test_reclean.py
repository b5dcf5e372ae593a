"""Re-cleaning: the texts that the present cleaner makes, from stored bytes alone, resumable, and never as news."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from harvester.cleaner import CLEANER_VERSION
from harvester.clock import utc_now
from harvester.errors import Stopped
from harvester.harvest.reclean.groups import Recleaned
from harvester.harvest.reclean.pieces import finish, pieces, reclean_piece
from harvester.harvest.reclean.reclean import reclean
from harvester.replay.server import ReplayServer
from harvester.settings import INTERNET_ARCHIVE, TargetSettings
from harvester.store.database import Database
from harvester.store.ledger.sources import HOME
from harvester.store.schema import Capture, Change, Notice, Source, Superseded
from tests.support.harvest.harvests import harvest, sample_services, settings
from tests.support.harvest.pictures import Picture, picture
from tests.support.store.aged import EARLIER, age

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


@pytest.fixture
def aged(database: Database, sample_archive: ReplayServer) -> Database:
    """The sample, harvested, as an earlier cleaner would have left it."""
    harvest(database, sample_archive.base_url)
    age(database)
    with database.writing() as session:
        session.execute(update(Change).values(found_at=FOUND))
        # The stand-in shows its captures at the Internet Archive's addresses; here it is that archive.
        session.execute(update(Capture).values(archive=INTERNET_ARCHIVE.name))
    return database


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


def test_recleaning_goes_on_where_it_was_stopped(aged: Database, calm: Picture) -> None:
    entry = next(one for one in sample_services() if pieces(aged, [one.name], force=False))
    piece = pieces(aged, [entry.name], force=False)[0]
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        reclean_piece(
            aged, settings(), entry, piece,
            force=False, clock=utc_now, stop=stop,
        )  # fmt: skip
    go_on = threading.Event()
    reclean_piece(
        aged, settings(), entry, piece,
        force=False, clock=utc_now, stop=go_on,
    )  # fmt: skip
    finish(aged, entry.name, utc_now())
    with aged.reading() as session:
        left = session.scalar(select(func.count(Capture.id)).where(Capture.cleaner == EARLIER))
        done = session.scalar(select(func.count(Capture.id)).where(Capture.cleaner == CLEANER_VERSION))
        assert left
        assert done
    recleaned(aged)
    assert picture(aged) == calm


def test_several_processes_give_the_same(aged: Database, calm: Picture) -> None:
    recleaned(aged, processes=2)
    assert picture(aged) == calm


def test_home_pages_read_for_their_link_stay_no_policies(aged: Database) -> None:
    with aged.writing() as session:
        home = session.scalars(select(Capture.source_id).where(Capture.payload_id.is_not(None)).limit(1)).one()
        session.execute(update(Source).where(Source.id == home).values(origin=HOME))
        bare = {"outcome": "not-a-policy", "cleaner": None, "document_id": None, "text_id": None}
        session.execute(update(Capture).where(Capture.source_id == home).values(**bare))
    recleaned(aged, force=True)
    with aged.reading() as session:
        assert set(session.scalars(select(Capture.outcome).where(Capture.source_id == home))) == {"not-a-policy"}
