"""One database of an installation: SQLite (WAL) or PostgreSQL, opened at the newest schema."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from harvester.errors import ConfigurationError, CorruptStore, StoreAway, StoreError, StoreUpgraded
from harvester.store.admin.trouble import BUSY_SECONDS, advice, code_of, is_damage, one_line, only_read
from harvester.store.migrations import HEAD, refuse_other_revisions, revision_of, upgrade


class Database:
    """A connection pool and the two ways to use it: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        self.url = _understood(url)
        self.read_only = _is_read_only(self.url)
        self.engine = _engine(self.url, self.read_only)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        # SQLite lets one write and has the others sleep and look again, ever longer; our own threads take turns.
        self._writers: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()

    @classmethod
    def open(cls, url: str) -> Database:
        """Open the database at `url`, migrated to the newest schema; a missing SQLite file and its folder are
        created.

        A SQLite file that cannot be written, or whose URL says ``mode=ro``, is opened for reading as it is.
        """
        database = cls(url)
        try:
            with database.explained():
                if database.read_only:
                    refuse_other_revisions(database.engine)
                    return database
                if (file := sqlite_file(url)) is not None:
                    file.parent.mkdir(parents=True, exist_ok=True)
                upgrade(database.engine)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def present(cls, url: str) -> bool:
        """Tell whether there is a store at `url`; makes none."""
        file = sqlite_file(url)
        if file is not None and not (file.is_file() and file.stat().st_size):
            return False
        database = cls(url)
        try:
            with database.explained(), database.engine.connect() as connection:
                return revision_of(connection) is not None
        finally:
            database.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; where the two databases need different SQL, this decides."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database and writes nothing."""
        with self.explained(), self._sessions() as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose writes are committed together at the end, or not at all.

        On SQLite it takes the write lock at once, so that what it reads cannot change before it writes. Raises
        `StoreUpgraded` when a newer release has upgraded the store since it was opened.
        """
        self.refuse_if_read_only()
        with self.explained(), self._writers, self._sessions() as session:
            if self.is_sqlite:
                session.connection(execution_options={"harvester_begin": "IMMEDIATE"})
            self._refuse_if_upgraded(session)
            yield session
            session.commit()

    def refuse_if_read_only(self) -> None:
        """Raise `StoreError` when this was opened for reading only, with what to do to write."""
        if self.read_only:
            file, is_named = sqlite_file(self.name), self.url.query.get("mode") == "ro"
            raise StoreError(only_read(file, is_named=is_named))

    def _refuse_if_upgraded(self, session: Session) -> None:
        found = str(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
        if found > HEAD:
            raise StoreUpgraded(
                f"the database {self.name} was upgraded to schema {found} by a newer harvester while this one, which "
                f"knows {HEAD}, ran: it writes nothing more; start it again with the newer release"
            )

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the database's errors into a `StoreError` that says what to do."""
        try:
            yield
        except OperationalError as error:
            kind = StoreAway if self._is_away(error) else StoreError
            raise kind(f"the database {self.name} refused: {advice(error)}") from error
        except DBAPIError as error:
            if self._is_away(error):
                raise StoreAway(f"the database {self.name} does not answer: {one_line(error)}") from error
            if is_damage(error):
                raise CorruptStore(
                    f"the file of the database {self.name} is damaged or cut off: {one_line(error)}; move it away and "
                    "restore a backup with `harvester restore`"
                ) from error
            if code_of(error) == sqlite3.SQLITE_NOTADB:
                raise ConfigurationError(
                    f"{sqlite_file(self.name)} is not a store: {one_line(error)}; name another with --data, or move "
                    "this one away and restore a backup with `harvester restore`"
                ) from error
            # Not the whole error: it would print the row, bodies and all.
            raise StoreError(f"the database {self.name} failed: {one_line(error)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"the database {self.name} failed: {error}") from error
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the database {self.name} cannot be used: {error}") from error

    def _is_away(self, error: DBAPIError) -> bool:
        """Tell whether the server cannot be reached, or ended the connection: nothing is wrong with the statement."""
        if self.is_sqlite:
            return False
        state = getattr(error.orig, "sqlstate", None)
        lost = error.connection_invalidated or state is None or state.startswith(("08", "57P"))
        return lost and isinstance(error, OperationalError | InterfaceError)

    @property
    def name(self) -> str:
        """The URL as its user writes it, without its password, for messages and logs."""
        return self.url.set(drivername=self.url.get_backend_name()).render_as_string(hide_password=True)

    def close(self) -> None:
        """Close all connections; on SQLite this also folds the write-ahead log into the file."""
        self.engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite store, None for any other; raise `ConfigurationError` when `url` does not name a
    store.
    """
    understood = _understood(url)
    if understood.get_backend_name() != "sqlite":
        return None
    return Path(str(understood.database))


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "the database URL cannot be read; write sqlite:////folder/file.db or postgresql://user@host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise ConfigurationError(f"the database URL names {backend!r}; the store must be sqlite or postgresql")
    if parsed.database in (None, "", ":memory:"):
        raise ConfigurationError(
            "the database URL names no file, and memory is no store; write sqlite:////folder/file.db"
        )
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise ConfigurationError(f"the database URL names the driver {parsed.drivername!r}; write sqlite:///PATH")
    name = parsed.database or ""
    if name.startswith("file:") and parsed.query.get("mode") == "ro":  # SQLite's own form of a file's address
        return parsed.set(database=unquote(name.removeprefix("file:"))).difference_update_query(["uri"])
    return parsed


def _is_read_only(url: URL) -> bool:
    if url.get_backend_name() != "sqlite":
        return False
    file = Path(str(url.database))
    return url.query.get("mode") == "ro" or (file.is_file() and not (_writable(file) and _writable(file.parent)))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _opened_for_reading(url: URL) -> sqlite3.Connection:
    """Open a file that SQLite must not write, on a read-only medium without the files beside it that SQLite makes."""
    file = Path(str(url.database))
    # Without a log there is no writer; SQLite would still want to make one in the folder.
    alone = not _writable(file.parent) and not Path(f"{file}-wal").exists()
    options = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(
        f"{file.resolve().as_uri()}?{options}", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
    )


def _engine(url: URL, read_only: bool) -> Engine:
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
        event.listen(engine, "connect", _without_jit)
        return engine
    if read_only:
        engine = create_engine(url.difference_update_query(["mode"]), creator=lambda: _opened_for_reading(url))
    else:
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: `writing` says when, and how.
        connection.isolation_level = None
        cursor = connection.cursor()
        if not read_only:
            _write_ahead(cursor)
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        how = connection.get_execution_options().get("harvester_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")

    return engine


def _without_jit(connection: Any, _record: object) -> None:
    """Keep PostgreSQL from compiling a query: that takes it a second, where a search takes a tenth of one."""
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Switch a new file to its write-ahead log.

    SQLite waits for writers, but not for another that switches at the same instant: then it says at once that the file
    is locked.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
