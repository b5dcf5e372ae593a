"""Rows inserted unless they exist, on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert
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
