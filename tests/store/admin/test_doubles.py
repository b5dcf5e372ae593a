"""A capture that is there twice, under two spellings of its address, is found and becomes one; nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from harvester.clock import utc_now
from harvester.store.admin import doubles
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.desk.reviews import Deeds, State, act, of_change
from harvester.store.history.history import refresh, refresh_keeping_dates
from harvester.store.ledger import witnesses
from harvester.store.ledger.ledger import Outcome, Planned, set_intervals
from harvester.store.read.versions import ChangeRow, change
from harvester.store.schema import (
    Base,
    Capture,
    Change,
    Interval,
    Malformed,
    Playback,
    Rendering,
    Save,
    Search,
    Source,
    Superseded,
    Version,
)
from tests.support.harvest.pictures import picture
from tests.support.store.filled import fill
from tests.support.store.rows import NOW

OTHER = "https://www.service0.example:443/privacy/"


def copied(session: Session, table: type[Base], condition: object, **altered: object) -> None:
    """Enters rows again with some columns altered."""
    for row in session.execute(select(table.__table__).where(condition)).mappings().all():  # type: ignore[arg-type]
        values = {name: value for name, value in row.items() if name != "id" or "capture_id" in row}
        session.execute(insert(table).values({**values, **altered}))


def doubled(database: Database) -> tuple[int, int]:
    """Makes of a store what earlier versions did: each capture of its source once more, of another one."""
    with database.writing() as session:
        source = session.scalars(select(Source)).one()
        other = Source(service_id=source.service_id, url=OTHER)
        session.add(other)
        session.flush()
        copied(session, Capture, Capture.source_id == source.id, source_id=other.id)
        for capture in session.scalars(select(Capture).where(Capture.source_id == other.id)):
            same = select(Capture.id).where(Capture.source_id == source.id, Capture.timestamp == capture.timestamp)
            copied(session, Playback, Playback.capture_id == same.scalar_subquery(), capture_id=capture.id)
        copied(session, Rendering, Rendering.source_id == source.id, source_id=other.id)
        refresh(session, source.service_id, now=NOW)
        return source.id, other.id


def its_change(session: Session) -> ChangeRow:
    return change(session, "service0.example", session.scalars(select(Change.before)).one())


def merged(database: Database, addresses: frozenset[str] = frozenset()) -> int:
    with database.writing() as session:
        service_id = session.scalars(select(Source.service_id).limit(1)).one()
        number = doubles.merge(session, service_id, addresses, NOW)
        refresh_keeping_dates(session, service_id, now=utc_now())
    return number


def test_captures_that_are_there_twice_are_found_and_become_one(database: Database) -> None:
    fill(database, services=1, captures=4)
    whole = picture(database)
    first, other = doubled(database)
    assert [row[3] for row in picture(database).versions] == [4, 4], "each is counted twice"
    found = [str(one) for one in verify(database)]
    assert found == [
        f"sources {other}: {OTHER} and http://service0.example/privacy (source {first}) are one page, and 4 captures "
        "are there twice; run `harvester reclean` (service0.example)"
    ]
    assert merged(database) == 4
    assert picture(database) == whole
    assert list(verify(database)) == []
    assert merged(database) == 0
    assert picture(database) == whole


def test_nothing_that_only_one_of_the_two_has_is_lost(database: Database) -> None:
    fill(database, services=1, captures=4)
    first, other = doubled(database)
    with database.writing() as session:
        mine = session.scalars(select(Capture).where(Capture.source_id == first).order_by(Capture.timestamp)).all()
        theirs = session.scalars(select(Capture).where(Capture.source_id == other).order_by(Capture.timestamp)).all()
        # The first was fetched for the other source only, the second is its own alone, the last was not wanted here.
        for one in (mine[0], theirs[2], mine[3]):
            session.execute(delete(Playback).where(Playback.capture_id == one.id))
        theirs[1].timestamp += timedelta(days=1)
        for name in ("document_id", "text_id", "payload_id"):
            setattr(mine[3], name, None)
        mine[3].outcome = Outcome.LEFT_OUT
        session.execute(update(Rendering).where(Rendering.source_id == first).values(dom_id=None, problem="no answer"))
        theirs[2].archive = "elsewhere"
        witnesses.note(session, "a third", [theirs[2].id])
        made = {"capture_id": theirs[2].id, "cleaner": "0", "document_id": mine[0].document_id, "replaced_at": NOW}
        session.add(Superseded(**made))
        both = session.scalars(select(Source).order_by(Source.id)).all()
        for place, source in enumerate(both):
            set_intervals(session, source, "all", [Planned(NOW, NOW, Outcome.NOT_ARCHIVED)])
            session.add(Malformed(source_id=source.id, archive="a", sha256="0", line="?", reason="?", seen_at=NOW))
            session.add(Search(source_id=source.id, archive=f"archive{place}", started_at=NOW, finished_at=NOW))
        early = NOW - timedelta(300)
        set_intervals(session, both[1], "all", [Planned(early, NOW, Outcome.PLANNED, capture_id=theirs[0].id)])
        asked = {"source_id": other, "archive": "a", "asked_at": NOW, "state": "saved", "tries": 1, "answer": {}}
        session.add(Save(**asked))
        refresh(session, both[0].service_id, now=NOW)
    with database.writing() as session:
        act(session, its_change(session), ["words"], "ada", NOW, Deeds(State.READ, "seen"), None)
    assert merged(database, frozenset({OTHER})) == 3
    assert list(verify(database)) == []
    with database.reading() as session:
        source = session.scalars(select(Source)).one()
        assert source.url == OTHER, "the catalogue names it"
        captures = session.scalars(select(Capture).order_by(Capture.timestamp)).all()
        assert len(captures) == 5
        assert all(one.document_id and one.text_id and one.payload_id for one in captures)
        assert session.scalar(select(func.count(Playback.capture_id))) == 5
        of = {one.timestamp: one for one in captures}
        twice = of[theirs[2].timestamp]
        archives = {twice.archive, *witnesses.of_captures(session, [twice.id])[twice.id]}
        assert archives == {mine[2].archive, "elsewhere", "a third"}
        assert session.scalars(select(Superseded.capture_id)).all() == [twice.id]
        assert session.scalars(select(Rendering.dom_id)).one() is not None
        assert [one.capture_id for one in session.scalars(select(Interval).order_by(Interval.start))] == [
            captures[0].id,
            None,
        ]
        assert session.scalar(select(func.count(Malformed.id))) == 1
        assert session.scalars(select(Search.source_id)).all() == [source.id] * 2
        assert session.scalars(select(Save.source_id)).all() == [source.id]
        assert session.scalar(select(func.sum(Version.captures))) == 5
        kept = of_change(session, its_change(session).id)
        assert kept is not None
        assert kept.state == State.READ


@pytest.mark.parametrize("same", [True, False])
def test_two_spellings_of_different_times_stay_two_sources(sqlite: Database, same: bool) -> None:
    fill(sqlite, services=1, captures=4)
    first, other = doubled(sqlite)
    with sqlite.writing() as session:
        middle = NOW - timedelta(days=900)
        session.execute(update(Source).where(Source.id == first).values(until=middle))
        session.execute(
            update(Source).where(Source.id == other).values(since=middle if same else middle + timedelta(1))
        )
    assert merged(sqlite) == 4
    assert list(verify(sqlite)) == []
    with sqlite.reading() as session:
        assert session.scalar(select(func.count(Source.id))) == (1 if same else 2)
        found = session.scalars(select(Capture.source_id).order_by(Capture.timestamp)).all()
        assert found == [first] * 4 if same else [first, first, other, other]
