"""The numbers kept by triggers are those that counting gives, whatever was written and in whatever way."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from sqlalchemy import delete, func, select, text, update

from harvester.store.admin.copy import copy_to
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger import tallies
from harvester.store.ledger.ledger import IndexRow, Outcome, add, counts
from harvester.store.schema import Capture, Change, Service, Source, Version
from tests.support.store.filled import fill
from tests.support.store.rows import NOW


def counted(database: Database) -> dict[str, int]:
    with database.reading() as session:
        found = dict(Counter(session.scalars(select(Capture.outcome))))
        for name, table in (("versions", Version), ("changes", Change)):
            found[name] = session.scalar(select(func.count(table.id))) or 0
        return {name: number for name, number in found.items() if number}


def test_they_are_what_counting_gives_after_every_kind_of_write(database: Database) -> None:
    def same() -> None:
        with database.reading() as session:
            assert tallies.totals(session) == counted(database)
            assert tallies.problems(session) == []

    same()
    fill(database)
    same()
    with database.writing() as session:
        source = session.scalars(select(Source).order_by(Source.id)).first()
        assert source is not None
        rows = [IndexRow(NOW, source.url, None, 200, digest, None) for digest in ("A", "B", "A")]
        assert add(session, source, "test", rows) == 2
        assert add(session, source, "test", rows) == 0
    same()
    with database.writing() as session:
        session.execute(update(Capture).where(Capture.digest == "A").values(outcome=Outcome.GONE))
        session.execute(update(Capture).where(Capture.digest == "B").values(reason="its outcome stays"))
    same()
    with database.writing() as session:
        refresh(session, source.service_id, now=NOW)
        session.execute(delete(Change).where(Change.service_id == source.service_id))
    same()
    with database.writing() as session:
        session.execute(delete(Capture).where(Capture.digest == "A"))
    same()
    with database.reading() as session:
        assert counts(session) == {"left-out": 1, "stored": 10}
        assert counts(session, source.service_id) == {"left-out": 1, "stored": 5}
        of_each = dict.fromkeys(session.scalars(select(Service.id)), 5)
        assert tallies.captures_by_service(session) == {**of_each, source.service_id: 6}


def test_what_is_taken_back_was_never_counted(database: Database) -> None:
    fill(database, services=1)
    before = counted(database)
    with suppress(ZeroDivisionError), database.writing() as session:
        session.execute(update(Capture).values(outcome=Outcome.GONE))
        raise ZeroDivisionError
    with database.reading() as session:
        assert tallies.totals(session) == before


def test_a_fold_leaves_one_row_for_each_number(database: Database) -> None:
    fill(database)
    with database.writing() as session:
        for number in session.scalars(select(Service.id)).all():
            tallies.fold(session, number)
    with database.reading() as session:
        rows = session.execute(text("SELECT service_id, what FROM tallies")).all()
        assert len(rows) == len(set(rows)) == 6
        assert tallies.totals(session) == counted(database)


def test_a_copy_counts_for_itself(database: Database, tmp_path: object) -> None:
    fill(database)
    other = Database.open(f"sqlite:///{tmp_path}/copy.sqlite3")
    copy_to(database, other)
    with other.reading() as session:
        assert tallies.totals(session) == counted(database)
    other.close()


def test_verify_names_a_number_that_is_not_true(database: Database) -> None:
    fill(database, services=1)
    with database.writing() as session:
        session.execute(text("UPDATE tallies SET number = number + 3 WHERE what = 'stored'"))
    findings = [finding for finding in verify(database) if finding.table == "tallies"]
    assert [finding.problem for finding in findings] == ["stored is 8 and there are 5"]
