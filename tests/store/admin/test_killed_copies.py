"""Killed at any instant, a backup, a restore and a copy leave a whole store or none, and the source as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from harvester.store.admin.backup import backup, restore
from harvester.store.admin.copy import copy_to
from harvester.store.database import Database
from harvester.store.schema import Base, Service
from tests.support.exports.killing import KILLS, killed_and_begun_again, undisturbed
from tests.support.store.databases import drop_postgresql_database, emptied, new_postgresql_database


def rows(database: Database) -> dict[str, list[Any]]:
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


def rows_of(url: str) -> dict[str, list[Any]]:
    with closing(Database(url)) as database:
        return rows(database)


def is_empty(url: str) -> bool:
    """Whether there is no store, or one without a row."""
    if not Database.present(url):
        return True
    with closing(Database(url)) as database, database.reading() as session:
        return session.scalar(select(func.count(Service.id))) == 0


def back_up(source: str, dest: str) -> None:
    with closing(Database(source)) as database:
        backup(database, Path(dest.removeprefix("sqlite:///")))


def copy(source: str, dest: str) -> None:
    with closing(Database(source)) as database, closing(Database.open(dest)) as target:
        copy_to(database, target)


def bring_back(source: str, dest: str) -> None:
    with closing(Database.open(dest)) as database:
        restore(Path(source.removeprefix("sqlite:///")), database)


@pytest.fixture(params=["backup", "copy", "copy to postgresql", "restore"])
def how(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, list[str]]]:
    """What is killed, and where it writes: first undisturbed, then killed."""
    work = {"backup": back_up, "restore": bring_back}.get(request.param, copy)
    if "postgresql" not in request.param:
        yield work, [f"sqlite:///{tmp_path}/{name}.db" for name in ("calm", "killed")]
        return
    made = [new_postgresql_database() for _ in range(2)]
    yield work, made
    for url in made:
        drop_postgresql_database(url)


@pytest.mark.timeout(120 + 30 * KILLS)
def test_a_copy_that_is_killed_is_whole_or_absent(sample_copy: Path, how: tuple[Any, list[str]]) -> None:
    work, (calm, target) = how
    source = f"sqlite:///{sample_copy / 'harvester.db'}"
    longest = undisturbed(work, source, calm)
    wanted = rows_of(source)
    assert rows_of(calm) == wanted

    def afresh() -> None:
        if target.startswith("sqlite"):
            file = Path(target.removeprefix("sqlite:///"))
            for left in file.parent.glob(f"{file.name}*"):
                left.unlink()
        else:
            with closing(Database.open(target)) as database:
                emptied(database)

    def after_kill() -> None:
        assert is_empty(target) or rows_of(target) == wanted
        assert rows_of(source) == wanted
        if not is_empty(target):
            afresh()

    def when_done() -> None:
        assert rows_of(target) == wanted
        assert rows_of(source) == wanted

    killed_and_begun_again(
        work, source, target, longest=longest, afresh=afresh, after_kill=after_kill, when_done=when_done
    )
