"""All rows of one store copied into another, empty one: SQLite to PostgreSQL, or back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text
from sqlalchemy.orm import Session

from harvester.clock import utc_now
from harvester.errors import ConfigurationError, StoreError
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.schema import Base
from harvester.store.search.fulltext import index_missing

_ROWS_AT_ONCE = 200


def copy_to(source: Database, target: Database) -> dict[str, int]:
    """Copy every table from one state of `source` into `target` and return the number of rows of each.

    Writers may continue in the source meanwhile; what they write later is not copied. The target is filled in one
    transaction: it holds everything or nothing. Raises `ConfigurationError` when it holds rows already.
    """
    copied: dict[str, int] = {}
    with source.reading() as reading, target.writing() as writing:
        read, write = reading.connection(), writing.connection()
        refuse_unless_empty(write, target)
        for table in reversed(Base.metadata.sorted_tables):
            write.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            copied[table.name] = 0
            for rows in _batches(read, table):
                write.execute(insert(table), rows)
                copied[table.name] += len(rows)
        if not target.is_sqlite:
            _set_sequences(write)
        index_missing(writing)
        for name, count in copied.items():
            present = write.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
            if present != count:
                raise StoreError(f"of {count} rows of {name} {present} arrived in {target.name}; nothing was kept")
    return copied


_OF_A_START = frozenset({"services", "sources", "searches", "intervals", "endpoints", "runs", "leases", "sign_ins"})
"""Tables that a server fills which found nothing yet: what was started once and stopped is still empty."""


def refuse_unless_empty(connection: Connection, target: Database) -> None:
    """Raise `ConfigurationError` when the store has anything that was harvested, `StoreError` when a process works on
    it.
    """
    running = leases.holders(Session(connection), "", utc_now())
    if running:
        raise StoreError(f"{', '.join(running)} works on {target.name}; nothing was written; stop it first")
    for table in Base.metadata.sorted_tables:
        if table.name in _OF_A_START:
            continue
        if connection.execute(select(table).limit(1)).first() is not None:
            raise ConfigurationError(
                f"{target.name} is not empty (it has {table.name}); nothing was written; name a new database"
            )


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yield rows by primary key, so that a row comes after those of its own table that it refers to."""
    ordered = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(ordered)
    for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


def _set_sequences(connection: Connection) -> None:
    """Set PostgreSQL's sequences, which know nothing of rows inserted with their numbers."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                f"(SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name}), false)"
            )
        )
