"""Backups, made while the store is in use: one SQLite file, whatever the store itself is kept in."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from harvester.errors import ConfigurationError, CorruptStore, StoreError
from harvester.folders import sqlite_url
from harvester.store.admin.copy import copy_to, refuse_unless_empty
from harvester.store.database import Database, sqlite_file
from harvester.store.migrations import upgrade

_PAGES_AT_ONCE = 2_000


def backup(database: Database, dest: Path) -> int:
    """Write the state of the store to the new file `dest` and return its size in bytes.

    Writers may continue meanwhile. The file gets its name only when it is whole and on disk. Raises
    `ConfigurationError` when `dest` exists, `StoreError` when it cannot be written, and `CorruptStore` when a page of
    the store is damaged, which SQLite copies without noticing.
    """
    if dest.exists():
        raise ConfigurationError(f"{dest} already exists; name a new file for the backup")
    part = dest.with_name(dest.name + ".part")
    with _file_trouble(f"the backup {dest} cannot be written"):
        dest.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            if database.is_sqlite:
                _copy_database(database, part)
            else:
                with closing(Database.open(sqlite_url(part))) as target:
                    copy_to(database, target)
            _in_one_file(part)
            if (problem := _problem_of(part)) is not None:
                raise CorruptStore(
                    f"no backup {dest} was written: the copy is damaged, and so is the store then: {problem}; keep the "
                    "backups that you have, see with `harvester verify` what is lost, and restore one of them"
                )
            part.replace(dest)
        finally:
            for left in (part, *(Path(f"{part}-{end}") for end in ("wal", "shm", "journal"))):
                left.unlink(missing_ok=True)
    return dest.stat().st_size


def restore(source: Path, database: Database) -> None:
    """Fill an empty store from a backup; a backup of an older release is migrated to the newest schema on the way.

    Raises `ConfigurationError` when `source` is not a backup or the store already has rows, and `StoreError` when the
    backup is damaged.
    """
    refuse_unless_backup(source)
    with database.reading() as session:
        refuse_unless_empty(session.connection(), database)
    with _file_trouble(f"the backup {source} cannot be restored"):
        if database.is_sqlite:
            database.close()
            _copy_file(source, _path_of(database))
            upgrade(database.engine)
            return
        with tempfile.TemporaryDirectory() as folder:
            copied = Path(folder, "backup.sqlite3")
            shutil.copyfile(source, copied)
            with closing(Database.open(sqlite_url(copied))) as older:
                copy_to(older, database)


def refuse_unless_backup(source: Path) -> None:
    """Raise `ConfigurationError` unless `source` is a SQLite file with a store in it, `StoreError` if it is damaged."""
    if not source.is_file():
        raise ConfigurationError(f"there is no backup at {source}; name a file that `harvester backup` wrote")
    try:
        with closing(_opened_as_it_is(source)) as connection:
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise ConfigurationError(f"{source} is not a backup of a store: {error}") from error
    if (problem := _problem_of(source)) is not None:
        raise StoreError(f"the backup {source} is damaged: {problem}; use another one")


def _opened_as_it_is(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _problem_of(file: Path) -> str | None:
    """Return what is damaged in a file that nobody writes, in one line; None where nothing is.

    The whole check takes 7 s a gigabyte, thrice the copy; a quick one takes a quarter of that, and overlooks a third of
    the pages that are another page than they should be, where this overlooks one in fourteen.
    """
    try:
        with closing(_opened_as_it_is(file)) as connection:
            (problem,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        problem = str(error)
    return None if problem == "ok" else " ".join(str(problem).split())


def _copy_file(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write, pages=_PAGES_AT_ONCE, sleep=0.001)


def _copy_database(database: Database, target: Path) -> None:
    """Copy a SQLite store through its own connection, which also reads what cannot be written."""
    connection = database.engine.raw_connection()
    try:
        read = connection.driver_connection
        assert isinstance(read, sqlite3.Connection)
        with closing(sqlite3.connect(target)) as write:
            read.backup(write, pages=_PAGES_AT_ONCE, sleep=0.001)
    finally:
        connection.close()


def _in_one_file(path: Path) -> None:
    """Fold the write-ahead log in, so that one file has everything, and wait for the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _path_of(database: Database) -> Path:
    file = sqlite_file(database.url.render_as_string(hide_password=False))
    if file is None:
        raise StoreError("a store in memory cannot be backed up or restored; open one in a file or on PostgreSQL")
    return file


@contextmanager
def _file_trouble(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"{what}: {why}; free space or name another place, and run the same command again") from error
