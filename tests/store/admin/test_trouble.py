"""Disk full, read-only, a database that goes away: a clear error, nothing lost, and the next run resumes."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, make_url, select, text
from sqlalchemy.exc import OperationalError

from harvester.errors import ConfigurationError, StoreAway, StoreError
from harvester.store.admin.backup import backup
from harvester.store.admin.verify import verify
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.schema import Payload
from tests.support.store.databases import POSTGRESQL
from tests.support.store.filled import fill
from tests.support.store.rows import a_service, a_source


def _bodies(count: int) -> list[bytes]:
    made = random.Random(1)
    return [made.randbytes(30_000) for _ in range(count)]


def test_a_full_disk_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/harvester.sqlite3"
    database = Database.open(url)
    with database.writing() as session:
        source_id = a_source(session).id
    database.close()

    full = Database(url)

    @event.listens_for(full.engine, "connect")
    def _limit(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=120")

    def put(bodies: list[bytes]) -> None:
        for body in bodies:
            with full.writing() as session:
                payloads.put(session, body, source_id=source_id)

    bodies = _bodies(40)
    with pytest.raises(StoreError, match=r"full.*free space and run the same command again"):
        put(bodies)
    full.close()

    again = Database.open(url)
    assert list(verify(again)) == []
    with again.writing() as session:
        assert 0 < (session.scalar(select(func.count(Payload.id))) or 0) < len(bodies)
        numbers = [payloads.put(session, body, source_id=source_id) for body in bodies]
        assert [payloads.get(session, number) for number in numbers] == bodies
    again.close()


def test_a_backup_that_does_not_fit_leaves_nothing_behind(database: Database, small_disk: Path) -> None:
    fill(database)
    with pytest.raises(StoreError, match="free space"):
        backup(database, small_disk / "backup.sqlite3")
    assert list(small_disk.iterdir()) == []
    assert list(verify(database)) == []


def test_a_store_on_a_full_disk_says_so(small_disk: Path) -> None:
    with pytest.raises(StoreError, match=r"full|disk I/O"):
        Database.open(f"sqlite:///{small_disk}/harvester.sqlite3")


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("database or disk is full", "free space and run the same command again"),
        ("could not extend file: No space left on device", "free space and run the same command again"),
        ("attempt to write a readonly database", "make it writable for this user"),
        ("cannot execute INSERT in a read-only transaction", "make it writable for this user"),
        ("deadlock detected", "Nothing of this step was kept; run the same command again"),
        ("database is locked", "Another process has been writing"),
        ("disk I/O error", "resume once the database answers"),
    ],
)
def test_each_trouble_is_told_with_its_remedy(sqlite: Database, said: str, remedy: str) -> None:
    with pytest.raises(StoreError, match=f"{said}.*{remedy}"), sqlite.explained():
        raise OperationalError("INSERT", None, sqlite3.OperationalError(said))


@pytest.mark.parametrize(
    ("there", "remedy"),
    [
        ("nobody@127.0.0.1:1/none", "What was committed is kept; run the same command again once the database answers"),
        ("nobody@host.invalid/none", "What was committed is kept; run the same command again once"),
        ("{user}@{host}/no_such_database", r"Create it \(`createdb`\), or correct database_url"),
        ("no_such_role@{host}/{database}", "Correct the user or the password of database_url"),
    ],
)
def test_a_server_that_was_never_reached_is_told_with_its_remedy_and_no_step_that_was_lost(
    there: str, remedy: str
) -> None:
    known = make_url(POSTGRESQL)
    place = there.format(user=known.username, host=f"{known.host}:{known.port or 5432}", database=known.database)
    with pytest.raises(StoreAway, match=remedy) as found:
        Database.open(f"postgresql://{place}?connect_timeout=5")
    assert "this step" not in str(found.value)
    assert f"postgresql://{place}" in str(found.value)


def test_a_read_only_store_is_readable_and_says_why_it_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "harvester.sqlite3"
    database = Database.open(f"sqlite:///{path}")
    fill(database, services=1)
    database.close()
    read_only = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="opened for reading only"), read_only.writing() as session:
        a_service(session, "new.example")
    read_only.close()


def test_a_connection_that_the_server_ends_fails_one_step_only() -> None:
    from tests.support.store.databases import drop_postgresql_database, new_postgresql_database

    url = new_postgresql_database()
    database = Database.open(url)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    others = f"{end} AND pid <> pg_backend_pid()"

    def interrupted() -> None:
        with database.writing() as session:
            a_service(session, "lost.example")
            other = Database(url)
            with other.writing() as ending:
                ending.execute(text(others))
            other.close()
            a_service(session, "lost-too.example")

    try:
        with pytest.raises(StoreError, match="refused"):
            interrupted()
        with database.writing() as session:
            assert session.scalar(text("SELECT count(*) FROM services")) == 0
            a_service(session, "kept.example")
    finally:
        database.close()
        drop_postgresql_database(url)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite+nothing:///x"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises((ConfigurationError, StoreError)):
        Database.open(url)


def test_a_store_in_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be used"):
        Database.open(f"sqlite:///{tmp_path}/data/harvester.sqlite3")


def test_no_server_is_a_clear_error() -> None:
    with pytest.raises(StoreError, match="refused"):
        Database.open("postgresql://postgres@127.0.0.1:1/none?connect_timeout=2")


def test_a_password_is_not_in_any_message() -> None:
    with pytest.raises(StoreError) as caught:
        Database.open("postgresql://postgres:secret@127.0.0.1:1/none?connect_timeout=2")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_compiles_no_query(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("SHOW jit")) == "off"


def test_a_reading_session_sees_one_state(database: Database) -> None:
    with database.reading() as reading:
        count = text("SELECT count(*) FROM services")
        assert reading.scalar(count) == 0
        with database.writing() as writing:
            a_service(writing)
        assert reading.scalar(count) == 0
