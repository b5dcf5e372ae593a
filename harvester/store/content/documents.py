"""The cleaner's output: comparable texts and documents, each once per content.

Two captures of one page give documents that differ in the header and in the capture's own prefix, which every link
that the page had relative carries. A document is therefore kept as a template: title and Markdown, with the prefix
replaced by U+0000, which the cleaner never emits. Filled in with a capture it is the document byte for byte.
"""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.cleaner.document import Document, header_of
from harvester.document_types import PRIVACY_POLICY
from harvester.errors import CorruptStore, StoreError
from harvester.store.content.compression import restored, verified
from harvester.store.schema import DocumentRow, TextRow

_BLANK = "\x00"
_PREFIX = re.compile(r"^.*?/[0-9]{14}id_(?=/)")
_SIGNED = 1 << 63
_REMEDY = "run `harvester verify` to see what else is, and restore a backup"


def text(session: Session, text_id: int) -> str:
    """Return a comparable text; raise `CorruptStore` when it is missing or not what was stored."""
    return _text_bytes(session, text_id).decode("utf-8", "surrogatepass")


def filled(
    session: Session,
    document_id: int,
    *,
    domain: str,
    timestamp: str,
    snapshot_url: str,
    type_: str = PRIVACY_POLICY,
) -> str:
    """Return a document as the cleaner made it when it was given the last four; `timestamp` has 14 digits."""
    body = template(session, document_id).replace(_BLANK, snapshot_prefix(snapshot_url))
    return f"{header_of(domain, timestamp, snapshot_url, type_)}\n\n{body}"


def template(session: Session, document_id: int) -> str:
    """Return title and Markdown as they are stored, with U+0000 for the capture's own prefix."""
    row = session.execute(
        select(DocumentRow.sha256, DocumentRow.text_id, DocumentRow.data).where(DocumentRow.id == document_id)
    ).first()
    if row is None:
        raise CorruptStore(f"document {document_id} is missing: {_REMEDY}")
    try:
        return verified(restored(row.data, _text_bytes(session, row.text_id)), row.sha256).decode(
            "utf-8", "surrogatepass"
        )
    except CorruptStore as error:
        raise CorruptStore(f"document {document_id} is not what was stored ({error}): {_REMEDY}") from error


def snapshot_prefix(snapshot_url: str) -> str:
    """Return the part of a snapshot's URL that the capture's relative links carry: up to and including
    ``<timestamp>id_``.

    A URL of another form is its own prefix: nothing then is lost, and little shared between captures.
    """
    found = _PREFIX.match(snapshot_url)
    return found.group() if found else snapshot_url


def content_of(document: Document) -> bytes:
    """Return the stored form of a document, uncompressed: the UTF-8 of its template, addressed by its sha256."""
    body = f"# {document.title}\n\n{document.markdown}"
    if _BLANK in body:
        raise StoreError("a document with U+0000 in it cannot be stored; the cleaner must not emit it")
    if document.text != f"{document.header}\n\n{body}":
        raise StoreError("a document is not header, title and Markdown joined as the corpus joins them")
    return _bytes(body.replace(snapshot_prefix(document.snapshot_url), _BLANK))


def _bytes(content: str) -> bytes:
    # A page can spell half of a surrogate pair, and the document must come back as it was.
    return content.encode("utf-8", "surrogatepass")


def printable(content: str) -> str:
    """Return what a text column can store: halves of surrogate pairs become question marks."""
    return content.encode("utf-8", "replace").decode("utf-8")


def signed(unsigned: int) -> int:
    """Return 64 bits as the signed integer that a database can store."""
    return unsigned - 2 * _SIGNED if unsigned >= _SIGNED else unsigned


def unsigned(kept: int) -> int:
    """Return the 64 bits that `signed` was given."""
    return kept + 2 * _SIGNED if kept < 0 else kept


def _text_bytes(session: Session, text_id: int) -> bytes:
    row = session.execute(select(TextRow.sha256, TextRow.data).where(TextRow.id == text_id)).first()
    if row is None:
        raise CorruptStore(f"text {text_id} is missing: {_REMEDY}")
    try:
        return verified(restored(row.data), row.sha256)
    except CorruptStore as error:
        raise CorruptStore(f"text {text_id} is not what was stored ({error}): {_REMEDY}") from error
