"""Documents with their comparable texts, many at once: made before the transaction that enters them, in any process."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from harvester.cleaner.document import Document
from harvester.cleaner.quality import Quality
from harvester.store.content import documents
from harvester.store.content.compression import sha256_of, squeezed
from harvester.store.ledger.ledger import hold_contents
from harvester.store.schema import DocumentRow, TextRow
from harvester.store.search import fulltext


@dataclass(frozen=True, slots=True)
class TextContent:
    """The columns of a comparable text, and its words as they are indexed."""

    columns: dict[str, Any]
    words: fulltext.Words


@dataclass(frozen=True, slots=True)
class Contents:
    """A comparable text, and the columns of the document that it is of."""

    text: TextContent
    document: dict[str, Any]


def text_of(comparable: str, quality: Quality) -> TextContent:
    """Return the stored form of a comparable text. Pure, and most of the cost of storing a document."""
    encoded = comparable.encode("utf-8", "surrogatepass")
    return TextContent(
        columns={
            "sha256": sha256_of(encoded),
            "size": len(encoded),
            "words": quality.words,
            "language": quality.language,
            "language_confidence": quality.language_confidence,
            "policy_likelihood": quality.policy_likelihood,
            "reading_grade": quality.reading_grade,
            "page_kind": quality.page_kind,
            "simhash": documents.signed(quality.simhash),
            "data": squeezed(encoded),
        },
        words=fulltext.words_of(comparable, quality.language),
    )


def contents(document: Document, comparable: str, text: TextContent) -> Contents:
    """Return the stored form of a document, whose comparable text is given too. Pure."""
    content = documents.content_of(document)
    return Contents(
        text,
        {
            "sha256": sha256_of(content),
            "title": documents.printable(document.title),
            "data": squeezed(content, comparable.encode("utf-8", "surrogatepass")),
        },
    )


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


def _numbers(session: Session, table: type[TextRow | DocumentRow], digests: Collection[str]) -> dict[str, int]:
    rows = session.execute(_NUMBERS[table], {"digests": list(digests)})
    return {row.sha256: row.id for row in rows}


def _inserted(session: Session, table: type[TextRow | DocumentRow], rows: list[dict[str, Any]]) -> dict[str, int]:
    if not rows:
        return {}
    entered = session.execute(insert(table).returning(table.sha256, table.id), rows)
    return {row.sha256: row.id for row in entered}
