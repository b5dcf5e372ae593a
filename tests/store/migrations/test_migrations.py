"""The migrations make what the schema says, on both databases, once, whoever starts first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from harvester.errors import StoreError, StoreUpgraded
from harvester.store.database import Database
from harvester.store.migrations import HEAD, configuration, revision_of, upgrade
from harvester.store.schema import Base
from tests.support.forked import forks
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.rows import NOW, a_capture, a_service, a_source


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'harvester.sqlite3'}"
        return
    url = new_postgresql_database()
    yield url
    drop_postgresql_database(url)


def is_of_the_schema(name: str | None, kind: str, _parents: object) -> bool:
    """The index of words, the tallies and the tags are no tables of the schema: each database has a form of its own.

    Nor are the indexes that only PostgreSQL needs.
    """
    if kind == "index" and name in ("ix_services_name_bytes", "ix_services_in_order"):
        return False
    return kind != "table" or name is None or not name.startswith(("text_search", "tallies", "service_tags"))


def test_the_migrations_make_exactly_the_tables_of_the_schema(empty_url: str) -> None:
    database = Database.open(empty_url)
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": is_of_the_schema}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_head_is_the_newest_revision(database: Database) -> None:
    with database.engine.connect() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_current_head() == HEAD
        assert revision_of(connection) == HEAD


def test_an_upgrade_of_a_current_database_changes_nothing(database: Database) -> None:
    upgrade(database.engine)
    with database.engine.connect() as connection:
        assert revision_of(connection) == HEAD


def test_a_history_of_several_archives_is_made_again_after_the_upgrade(database: Database) -> None:
    with database.writing() as session:
        for name, archives in (("one.example", ("a", "a")), ("two.example", ("a", "b"))):
            source = a_source(session, a_service(session, name), f"http://{name}/p")
            for day, archive in enumerate(archives):
                a_capture(session, source, NOW + timedelta(days=day), None).archive = archive
        session.execute(text("UPDATE services SET stale = false"))
        session.execute(text("UPDATE alembic_version SET version_num = '0029'"))
    upgrade(database.engine)
    with database.reading() as session:
        stale = session.execute(text("SELECT name, stale FROM services ORDER BY name")).all()
    assert [(name, bool(is_stale)) for name, is_stale in stale] == [("one.example", False), ("two.example", True)]


def test_a_database_of_a_newer_release_is_refused(empty_url: str) -> None:
    database = Database.open(empty_url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer harvester"):
        upgrade(database.engine)
    database.close()


def test_a_process_writes_nothing_to_a_store_that_a_newer_release_has_upgraded(database_url: str) -> None:
    older, newer = Database.open(database_url), Database.open(database_url)
    with older.writing() as session:
        a_service(session, "before.example")
    with newer.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for _ in range(2):
            with pytest.raises(StoreUpgraded, match=r"to schema 9999 by a newer .* start it again"), older.writing():
                pytest.fail("it is let in")
        with older.reading() as session:
            assert session.scalars(text("SELECT name FROM services")).all() == ["before.example"]
    finally:
        with newer.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
        older.close()
        newer.close()


def migrated(url: str) -> None:
    """Run the migrations, which `Database.open` does not in tests (`tests.support.store.new_files`)."""
    database = Database(url)
    upgrade(database.engine)
    database.close()


def test_processes_that_start_at_once_on_a_new_database_all_succeed(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    running = [forks.Process(target=migrated, args=(empty_url,)) for _ in range(5)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * 5
    database = Database.open(empty_url)
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    database.close()
