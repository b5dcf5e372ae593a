"""A backup is the whole store in one file; what it restores is the same store."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from harvester.clock import utc_now
from harvester.errors import ConfigurationError, StoreError
from harvester.store.admin.backup import backup, restore
from harvester.store.admin.copy import copy_to
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.schema import Base, Payload, Run, Search, Service
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.filled import fill
from tests.support.store.rows import NOW, a_service, a_source


def rows(database: Database) -> dict[str, list[Any]]:
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second, empty store."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/other.sqlite3"
    else:
        url = new_postgresql_database(request.getfixturevalue("postgresql_like"))
    database = Database.open(url)
    yield database
    database.close()
    if request.param == "postgresql":
        drop_postgresql_database(url)


def test_what_is_restored_is_the_same_store(database: Database, other: Database, tmp_path: Path) -> None:
    fill(database)
    dest = tmp_path / "backups" / "today.sqlite3"
    assert backup(database, dest) == dest.stat().st_size
    assert [path.name for path in dest.parent.iterdir()] == ["today.sqlite3"]
    restore(dest, other)
    assert rows(other) == rows(database)
    assert list(verify(other)) == []
    with other.writing() as session:
        # New rows get numbers of their own.
        last = session.scalar(select(func.max(Service.id))) or 0
        assert a_service(session, "new.example").id == last + 1


def test_a_copy_is_the_same_store(database: Database, other: Database) -> None:
    fill(database)
    copied = copy_to(database, other)
    assert copied["captures"] == 10
    assert rows(other) == rows(database)
    with pytest.raises(ConfigurationError, match="is not empty"):
        copy_to(database, other)
    assert rows(other) == rows(database)


def test_a_backup_made_while_others_write_is_of_one_state(database: Database, tmp_path: Path) -> None:
    fill(database)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.writing() as session:
                a_service(session, f"written-{number}-a")
                a_service(session, f"written-{number}-b")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(database, tmp_path / "backup.sqlite3")
    finally:
        stop.set()
        writer.join()
    kept = Database.open(f"sqlite:///{tmp_path}/backup.sqlite3")
    assert list(verify(kept)) == []
    written = [row[1] for row in rows(kept)["services"] if row[1].startswith("written-")]
    assert len(written) % 2 == 0
    kept.close()


def test_nothing_is_written_over(database: Database, tmp_path: Path) -> None:
    fill(database, services=1)
    dest = tmp_path / "backup.sqlite3"
    backup(database, dest)
    with pytest.raises(ConfigurationError, match="already exists"):
        backup(database, dest)
    with pytest.raises(ConfigurationError, match="is not empty"):
        restore(dest, database)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_backup_is_refused(database: Database, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "not-a-backup"
    with pytest.raises(ConfigurationError, match="no backup"):
        restore(source, database)
    source.write_bytes(content)
    with pytest.raises(ConfigurationError, match="not a backup"):
        restore(source, database)


def test_a_damaged_backup_is_refused(database: Database, tmp_path: Path) -> None:
    fill(database)
    source = tmp_path / "backup.sqlite3"
    backup(database, source)
    data = bytearray(source.read_bytes())
    for page in range(4096 * 3, len(data), 4096):
        data[page : page + 64] = b"\xff" * 64
    source.write_bytes(data)
    with pytest.raises((ConfigurationError, StoreError), match=r"damaged|not a backup"):
        restore(source, database)


def test_a_byte_flipped_in_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "harvester.sqlite3"
    database = Database.open(f"sqlite:///{path}")
    fill(database)
    with database.reading() as session:
        data = session.scalars(select(Payload.data).order_by(Payload.id)).first() or b""
    database.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[content.index(data[:200]) + 100] ^= 4
    path.write_bytes(content)
    assert any(finding.table == "payloads" for finding in verify(Database(f"sqlite:///{path}")))


def test_a_store_in_which_a_server_only_started_takes_a_backup(
    sqlite: Database, other: Database, tmp_path: Path
) -> None:
    fill(sqlite, services=1)
    backup(sqlite, tmp_path / "b.sqlite3")
    holder = leases.new_holder()
    with other.writing() as session:
        session.execute(text("CREATE TABLE scheduled_jobs (id VARCHAR PRIMARY KEY)"))
        source = a_source(session, a_service(session, "service0.example"), "http://service0.example/")
        session.add(Search(source_id=source.id, archive="a", started_at=NOW))
        session.add(Run(kind="poll", service="service0.example", parameters={}, started_at=NOW, summary={}))
        leases.acquire(session, "scheduler", holder, utc_now(), 60)
    with pytest.raises(StoreError, match="stop it first"):
        restore(tmp_path / "b.sqlite3", other)
    with other.writing() as session:
        leases.release(session, "scheduler", holder)
    restore(tmp_path / "b.sqlite3", other)
    assert rows(other) == rows(sqlite)
    assert list(verify(other)) == []
