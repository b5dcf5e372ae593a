"""A store of every earlier revision, with data in place, is brought to the newest and is the same store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import tallies
from harvester.store.migrations import HEAD, configuration, revision_of, upgrade
from harvester.store.read import services
from harvester.store.schema import Base, Service, TextRow
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.earlier import copy_at
from tests.support.store.filled import fill
from tests.support.store.rows import a_service

EARLIER = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
)


ON_POSTGRESQL = ("0001", "0011", "0019", EARLIER[-1])
"""From the first every step is taken; the others have rows in the tables that came until then."""


class Ladder:
    """A filled store, and a database without rows that is brought from one revision to the next."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._folder = folder if kind == "sqlite" else None
        self._made: list[str] = []
        self.filled = Database.open(self._new("filled"))
        fill(self.filled, services=1)
        with self.filled.writing() as session:
            session.scalars(select(Service)).one().tags = ["shop", "news"]
        self._steps = self._new("steps")

    def at(self, revision: str) -> str:
        """The URL of a database of its own at a revision; each is asked for after the ones before it."""
        database = Database(self._steps)
        upgrade(database.engine, revision)
        database.close()
        return self._new(revision, like=self._steps)

    def close(self) -> None:
        self.filled.close()
        for url in self._made:
            drop_postgresql_database(url)

    def _new(self, name: str, like: str | None = None) -> str:
        if self._folder is None:
            self._made.append(new_postgresql_database(like))
            return self._made[-1]
        file = self._folder / f"{name}.sqlite3"
        if like is not None:
            shutil.copyfile(like.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"


@contextmanager
def laddered(kind: str, factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    ladder = Ladder(kind, factory.mktemp("ladder"))
    yield ladder
    ladder.close()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    with laddered("sqlite", tmp_path_factory) as ladder:
        yield ladder


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    with laddered("postgresql", tmp_path_factory) as ladder:
        yield ladder


def test_every_revision_before_the_newest_is_tried(sqlite: Database) -> None:
    with sqlite.engine.connect() as connection:
        known = {one.revision for one in ScriptDirectory.from_config(configuration(connection)).walk_revisions()}
    assert known == {*EARLIER, HEAD}


@pytest.mark.parametrize("revision", EARLIER)
def test_a_store_of_an_earlier_revision_keeps_everything(on_sqlite: Ladder, revision: str) -> None:
    assert_it_keeps_everything(on_sqlite, revision)


@pytest.mark.parametrize("revision", ON_POSTGRESQL)
def test_a_store_of_an_earlier_revision_on_postgresql_keeps_everything(on_postgresql: Ladder, revision: str) -> None:
    assert_it_keeps_everything(on_postgresql, revision)


def assert_it_keeps_everything(ladder: Ladder, revision: str) -> None:
    url, database = ladder.at(revision), ladder.filled
    tables = copy_at(revision, database, url)
    upgraded = Database.open(url)
    with upgraded.engine.connect() as connection:
        assert revision_of(connection) == HEAD
    with database.reading() as before, upgraded.reading() as after:
        for table in Base.metadata.sorted_tables:
            # What an earlier store did not keep, the upgrade cannot know.
            if table.name not in tables.tables:
                continue
            kept = [table.c[one.name] for one in tables.tables[table.name].columns]
            ordered = select(*kept).order_by(*table.primary_key.columns)
            assert after.execute(ordered).all() == before.execute(ordered).all(), table.name
        assert tallies.totals(after) == tallies.totals(before)
        assert services.tags(after) == services.tags(before) == ["news", "shop"]
        indexed = "text_search_docsize" if upgraded.is_sqlite else "text_search"
        texts = after.scalar(select(func.count(TextRow.id)))
        assert after.scalar(text(f"SELECT count(*) FROM {indexed}")) == texts
    assert list(verify(upgraded)) == []
    with upgraded.writing() as session:
        a_service(session, "new.example")
        assert session.scalar(select(func.count(Service.id))) == 2
    upgraded.close()
