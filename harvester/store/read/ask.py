"""Questions in SQL over views of the store, read only and bounded in time; docs/sql.md describes the views.

The views have the same columns and values on both databases: instants are text in ISO 8601, UTC.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any
from urllib.parse import quote

from harvester.errors import ConfigurationError
from harvester.store.database import Database

VIEWS: dict[str, dict[str, str]] = {
    "services": {
        "service": "s.name",
        "service_name": "s.service_name",
        "type": "s.type",
        "added_at": "{time:s.added_at}",
        "paused_at": "{time:s.paused_at}",
    },
    "service_tags": {"service": "s.name", "tag": "{tag}"},
    "versions": {
        "service": "s.name",
        "number": "row_number() OVER (PARTITION BY v.service_id ORDER BY v.first_seen)",
        "first_seen": "{time:v.first_seen}",
        "last_seen": "{time:v.last_seen}",
        "captures": "v.captures",
        "text_id": "v.text_id",
        "sha256": "t.sha256",
        "words": "t.words",
        "language": "t.language",
        "policy_likelihood": "CASE WHEN s.type = 'privacy policy' THEN t.policy_likelihood END",
        "reading_grade": "t.reading_grade",
    },
    "changes": {
        "service": "s.name",
        "after": "{time:c.after}",
        "before": "{time:c.before}",
        "kind": "c.kind",
        "words_added": "c.words_added",
        "words_removed": "c.words_removed",
        "words_moved": "c.words_moved",
        "share": "c.share",
        "old_text_id": "c.old_text_id",
        "new_text_id": "c.new_text_id",
        "found_at": "{time:c.found_at}",
    },
    "captures": {
        "service": "s.name",
        "source": "u.url",
        "archive": "k.archive",
        "timestamp": "{time:k.timestamp}",
        "url": "k.original",
        "status": "k.status",
        "mimetype": "k.mimetype",
        "digest": "k.digest",
        "outcome": "k.outcome",
        "reason": "k.reason",
        "text_id": "k.text_id",
    },
    "text_topics": {"text_id": "x.text_id", "topic": "x.topic", "blocks": "x.blocks", "words": "x.words"},
    "text_parties": {"text_id": "y.text_id", "party": "y.party", "written": "y.written", "blocks": "y.blocks"},
}
"""The columns of each view, as SQL; ``{time:...}`` is an instant as text."""

_FROM = {
    "services": "{services} s",
    "service_tags": "{services} s, {each}",
    "versions": "{versions} v JOIN {services} s ON s.id = v.service_id JOIN {texts} t ON t.id = v.text_id",
    "changes": "{changes} c JOIN {services} s ON s.id = c.service_id",
    "captures": "{captures} k JOIN {services} s ON s.id = k.service_id JOIN {sources} u ON u.id = k.source_id",
    "text_topics": "{text_topics} x",
    "text_parties": "{text_parties} y",
}
_TABLES = ("services", "versions", "texts", "changes", "captures", "sources", "text_topics", "text_parties")
_INSTRUCTIONS = 10_000
"""SQLite's virtual machine runs so many instructions between two looks at the clock."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


_Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class SqlAnswer:
    """The columns and rows of an answer; `more` says that there were more rows than wanted."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool


def ask(database: Database, sql: str, *, seconds: float, limit: int) -> SqlAnswer:
    """Return the answer to one SELECT over the views.

    Raises `ConfigurationError` when it cannot be read, would write, or takes longer than `seconds`.
    """
    question = sql.strip().rstrip(";").strip()
    if not question:
        raise ConfigurationError("--sql is empty; write a SELECT over the views of docs/sql.md")
    with database.explained():
        if database.is_sqlite:
            columns, rows = _sqlite(str(database.url.database), question, seconds, limit)
        else:
            columns, rows = _postgresql(database, question, seconds, limit)
    if not columns:
        raise _refused("it gives no columns")
    if twice := [name for name, times in Counter(columns).items() if times > 1]:
        raise ConfigurationError(f"--sql gives two columns named {twice[0]}; name one of them otherwise with AS")
    return SqlAnswer(columns, [tuple(map(_plain, row)) for row in rows[:limit]], len(rows) > limit)


def _plain(value: Any) -> Any:
    """Return a value as both databases and JSON have it: bytes in hexadecimal, fractions as floats."""
    if isinstance(value, Decimal):
        value = int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return value if value is None or isinstance(value, str | int) else str(value)


def _sqlite(file: str, question: str, seconds: float, limit: int) -> _Table:
    until = time.monotonic() + seconds
    with closing(sqlite3.connect(f"file:{quote(file)}?mode=ro", uri=True, timeout=seconds)) as connection:
        for statement in _definitions("main", sqlite=True):
            connection.execute(statement)
        connection.set_authorizer(_authorized)
        connection.set_progress_handler(lambda: time.monotonic() > until, _INSTRUCTIONS)
        try:
            cursor = connection.execute(question)
            rows = cursor.fetchmany(limit + 1)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise _too_slow(seconds) from error
            raise _refused(str(error)) from error
        except sqlite3.Error as error:
            raise _refused(str(error)) from error
        columns = tuple(one[0] for one in cursor.description or ())
    return columns, rows


def _authorized(action: int, table: str | None, column: str | None, schema: str | None, view: str | None) -> int:
    """Return whether SQLite may do something: read the views, and through them what they are of; nothing else."""
    if action == sqlite3.SQLITE_READ:
        # Rows that are only counted are read without a column, and outside of the view that has them.
        through_view = view in VIEWS or schema == "temp" or not schema or not column
        return sqlite3.SQLITE_OK if through_view and table != "sqlite_master" else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _postgresql(database: Database, question: str, seconds: float, limit: int) -> _Table:
    import psycopg

    with _own_session(database) as connection, connection.cursor() as cursor:
        schema = cursor.execute("SELECT current_schema()").fetchone()[0]
        for statement in _definitions(f'"{schema}"', sqlite=False):
            cursor.execute(statement)
        connection.commit()
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        cursor.execute(f"SET statement_timeout = {round(seconds * 1000)}")
        connection.commit()
        try:
            # Prepared, since a prepared statement is one: nothing can follow it. Inside a SELECT it cannot write.
            cursor.execute(f"SELECT * FROM ({question}\n) AS asked LIMIT {limit + 1}", prepare=True)
            rows = [tuple(row) for row in cursor.fetchall()]
        except psycopg.errors.QueryCanceled as error:
            raise _too_slow(seconds) from error
        except psycopg.Error as error:
            raise _refused(str(error).partition("\n")[0]) from error
        columns = tuple(one.name for one in cursor.description or ())
    return columns, rows


@contextmanager
def _own_session(database: Database) -> Iterator[Any]:
    """Yield the driver's connection; the session ends with it, since its views and settings must not come back."""
    with database.engine.connect() as connection:
        try:
            yield connection.connection.driver_connection
        finally:
            connection.invalidate()


def _definitions(schema: str, *, sqlite: bool) -> Iterator[str]:
    tables = {name: f"{schema}.{name}" for name in _TABLES}
    each = "json_each(s.tags) e" if sqlite else "json_array_elements_text(s.tags) e(value)"
    for view, columns in VIEWS.items():
        chosen = ", ".join(f"{_column(sql, sqlite)} AS {name}" for name, sql in columns.items())
        yield f"CREATE TEMP VIEW {view} AS SELECT {chosen} FROM {_FROM[view].format(**tables, each=each)}"


def _column(sql: str, sqlite: bool) -> str:
    if sql == "{tag}":
        return "e.value"
    if not sql.startswith("{time:"):
        return sql
    column = sql[len("{time:") : -1]
    if sqlite:
        return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column})"
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


def _too_slow(seconds: float) -> ConfigurationError:
    return ConfigurationError(f"--sql took longer than {seconds:g} s; ask for less, or give it more with --seconds")


def _refused(reason: str) -> ConfigurationError:
    return ConfigurationError(f"--sql was refused: {reason}; it must be one SELECT over the views of docs/sql.md")


def views() -> Sequence[tuple[str, tuple[str, ...]]]:
    """Return the views with their columns."""
    return [(name, tuple(columns)) for name, columns in VIEWS.items()]
