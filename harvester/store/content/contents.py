"""Enters documents with their comparable texts, many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from harvester.store.content.stored_form import Contents
from harvester.store.ledger.inserting import hold_contents
from harvester.store.schema import DocumentRow, TextRow
from harvester.store.search import fulltext


def put(session: Session, many: Sequence[Contents]) -> list[tuple[int, int]]:
    """Store documents and texts, unless they are stored already; return (document id, text id) of each."""
    texts = {one.text.columns["sha256"]: one.text for one in many}
    text_ids = _numbers(session, TextRow, texts)
    if new := texts.keys() - text_ids.keys():
        if hold_contents(session):
            text_ids |= _numbers(session, TextRow, new)
        entered = _inserted(session, TextRow, [texts[one].columns for one in sorted(new - text_ids.keys())])
        fulltext.index_words(session, {number: texts[one].words for one, number in entered.items()})
        text_ids |= entered
    found = {one.document["sha256"]: one for one in many}
    document_ids = _numbers(session, DocumentRow, found)
    if new := found.keys() - document_ids.keys():
        if hold_contents(session):
            document_ids |= _numbers(session, DocumentRow, new)
        rows = [
            {**found[one].document, "text_id": text_ids[found[one].text.columns["sha256"]]}
            for one in sorted(new - document_ids.keys())
        ]
        document_ids |= _inserted(session, DocumentRow, rows)
    return [(document_ids[one.document["sha256"]], text_ids[one.text.columns["sha256"]]) for one in many]


# Made once: to build them takes longer than to run them.
_NUMBERS = {
    table: select(table.sha256, table.id).where(table.sha256.in_(bindparam("digests", expanding=True)))
    for table in (TextRow, DocumentRow)
}


# Of the tables and not of their classes: the rows that the session makes of a class take five times as long.
_TABLES = {table: cast(Table, table.__table__) for table in (TextRow, DocumentRow)}
_INSERTS = {name: insert(table).returning(table.c.sha256, table.c.id) for name, table in _TABLES.items()}


def _numbers(session: Session, table: type[TextRow | DocumentRow], digests: Collection[str]) -> dict[str, int]:
    rows = session.execute(_NUMBERS[table], {"digests": list(digests)})
    return {row.sha256: row.id for row in rows}


def _inserted(session: Session, table: type[TextRow | DocumentRow], rows: list[dict[str, Any]]) -> dict[str, int]:
    if not rows:
        return {}
    entered = session.execute(_INSERTS[table], rows)
    return {row.sha256: row.id for row in entered}
