"""Statements are compiled once for all databases of a process: SQLAlchemy does it again for each that is opened.

Tests open thousands, and to compile its statements takes longer than most tests let a database work. What is compiled
depends on the kind of database only, since all are opened by `harvester.store.database`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import URL, Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from harvester.store import database

_DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)


def compiled_once() -> None:
    """Let every database that is opened from now on have the statements that others of its kind have compiled."""
    compiled: LRUCache[object, object] = LRUCache(5_000)
    opened: Callable[[URL, bool], Engine] = vars(database)["_engine"]

    def engine(url: URL, read_only: bool) -> Engine:
        made = opened(url, read_only)
        vars(made)["_compiled_cache"] = compiled
        return made

    vars(database)["_engine"] = engine
    for one in _DIALECTS:
        # What is compiled is kept by dialect, of which each engine has one of its own: those of a kind count as equal.
        one.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
        one.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
