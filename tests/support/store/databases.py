"""The two databases that the store runs on, for tests: `database` is parametrised over both.

Its fixtures are there for every test (`tests.conftest`).
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError

from harvester.store.database import Database
from harvester.store.schema import Base, ReviewEvent

POSTGRESQL = os.environ.get("HARVESTER_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
"""A PostgreSQL server on which tests may make and drop databases."""


def _autocommitting(statement: str) -> None:
    engine = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def new_postgresql_database(like: str | None = None) -> str:
    """The URL of a new PostgreSQL database, empty or a copy of the one at the URL `like`, to which nobody may be
    connected; skips the test when there is no server (fails in CI).
    """
    name = f"harvester_test_{uuid.uuid4().hex[:12]}"
    template = "" if like is None else f' TEMPLATE "{like.rpartition("/")[2]}"'
    try:
        _autocommitting(f'CREATE DATABASE "{name}"{template}')
        # No test pulls the server's plug: a commit need not wait for the disk.
        _autocommitting(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    except OperationalError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL server answers at {POSTGRESQL}: {error.orig}")
    return POSTGRESQL.rpartition("/")[0] + f"/{name}"


def drop_postgresql_database(url: str) -> None:
    """Drops a database that `new_postgresql_database` made, whoever is still connected."""
    _autocommitting(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_like() -> Iterator[str]:
    """The URL of a database at the newest schema to copy new ones from, which nobody connects to."""
    url = new_postgresql_database()
    Database.open(url).close()
    yield url
    drop_postgresql_database(url)


@pytest.fixture(scope="session")
def _migrated_postgresql(postgresql_like: str) -> Iterator[str]:
    url = new_postgresql_database(postgresql_like)
    yield url
    drop_postgresql_database(url)


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "harvester.sqlite3"
    Database.open(f"sqlite:///{path}").close()
    return path


def emptied(database: Database) -> None:
    """Deletes every row; on tables with few rows this is far quicker than TRUNCATE, which makes new files."""
    with database.writing() as session:
        if session.scalar(select(ReviewEvent.id).limit(1)) is not None:
            session.execute(text("TRUNCATE review_events"))  # whose rows no DELETE takes
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


def emptied_of_rows(database: Database) -> None:
    """Delete every row, on either database."""
    if not database.is_sqlite:
        emptied(database)
        return
    with database.writing() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in Base.metadata.sorted_tables:
            session.execute(table.delete())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database at the newest schema without rows."""
    if request.param == "sqlite":
        path = tmp_path / "harvester.sqlite3"
        shutil.copyfile(request.getfixturevalue("_migrated_sqlite"), path)
        return f"sqlite:///{path}"
    url = str(request.getfixturevalue("_migrated_postgresql"))
    database = Database(url)
    emptied(database)
    database.close()
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database at the newest schema without rows."""
    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Database]:
    """An empty SQLite database at the newest schema, for what is alike on both databases."""
    path = tmp_path / "harvester.db"
    shutil.copyfile(_migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
