"""Rows inserted unless they exist, on either database, and the turns that those who enter contents take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, func, select
from sqlalchemy.orm import Session

from harvester.store.schema import Base


def insert_ignoring(session: Session, table: type[Base], **values: Any) -> Insert:
    """Insert rows except those that exist, on either database, and return how many were new."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        statement: Any = sqlite_insert(table)
    else:
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        statement = postgresql_insert(table)
    # On PostgreSQL SQLAlchemy keeps the number of rows of an INSERT only on request.
    ignoring: Insert = statement.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return ignoring.values(**values) if values else ignoring


# Any fixed number will do that no other lock has (`store.migrations`).
_CONTENTS_LOCK = 7_305_801_266_392


def hold_contents(session: Session) -> bool:
    """Let one transaction at a time store new contents (payloads, texts, documents); held until it ends.

    Gives whether another may have entered some since this transaction last looked, while this one waited.

    Contents are unique by their hash, and whoever enters one waits for another who has entered the same and not yet
    committed. Two batches with the same contents in different orders would wait for each other for ever: PostgreSQL
    would end one as a deadlock. On SQLite a writer is alone anyway.
    """
    if session.get_bind().dialect.name != "postgresql":
        return False
    session.execute(select(func.pg_advisory_xact_lock(_CONTENTS_LOCK)))
    return True
