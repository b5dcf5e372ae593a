"""The cleaner's output: comparable texts and documents, each once per content.

Two captures of one page give documents that differ in the header and in the capture's own prefix, which every link
that the page had relative carries. A document is therefore kept as a template: title and Markdown, with the prefix
replaced by U+0000, which the cleaner never emits. Filled in with a capture it is the document byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.cleaner.document import header_of
from harvester.errors import CorruptStore
from harvester.store.content.compression import restored, verified
from harvester.store.content.stored_form import BLANK, snapshot_prefix
from harvester.store.schema import DocumentRow, TextRow

_REMEDY = "run `harvester verify` to see what else is, and restore a backup"

# Made once: to build them takes longer than to run them. Of columns of the table, which take half as long as those of
# its class.
_TEXTS = cast(Table, TextRow.__table__).c
_TEXT = select(_TEXTS.sha256, _TEXTS.data).where(_TEXTS.id == bindparam("number"))
_DOCUMENT = select(DocumentRow.sha256, DocumentRow.text_id, DocumentRow.data).where(
    DocumentRow.id == bindparam("number")
)


def text(session: Session, text_id: int) -> str:
    """Return a comparable text; raise `CorruptStore` when it is missing or not what was stored."""
    return _text_bytes(session, text_id).decode("utf-8", "surrogatepass")


def texts(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """Return some comparable texts in one statement; raise `CorruptStore` as `text` does."""
    rows = session.execute(select(TextRow.id, TextRow.sha256, TextRow.data).where(TextRow.id.in_(numbers)))
    found = {row.id: _checked(row.id, row.sha256, row.data).decode("utf-8", "surrogatepass") for row in rows}
    for number in set(numbers) - found.keys():
        raise CorruptStore(f"text {number} is missing: {_REMEDY}")
    return found


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
    body = template(session, document_id).replace(BLANK, snapshot_prefix(snapshot_url))
    return f"{header_of(domain, timestamp, snapshot_url, type_)}\n\n{body}"


def template(session: Session, document_id: int) -> str:
    """Return title and Markdown as they are stored, with U+0000 for the capture's own prefix."""
    row = session.execute(_DOCUMENT, {"number": document_id}).first()
    if row is None:
        raise CorruptStore(f"document {document_id} is missing: {_REMEDY}")
    try:
        return verified(restored(row.data, _text_bytes(session, row.text_id)), row.sha256).decode(
            "utf-8", "surrogatepass"
        )
    except CorruptStore as error:
        raise CorruptStore(f"document {document_id} is not what was stored ({error}): {_REMEDY}") from error


def title_and_markdown(session: Session, document_id: int) -> tuple[str, str]:
    """Return the title of a document, and its Markdown with U+0000 for the capture's own prefix."""
    title, _, markdown = template(session, document_id).partition("\n\n")
    return title.removeprefix("# "), markdown


def _text_bytes(session: Session, text_id: int) -> bytes:
    row = session.execute(_TEXT, {"number": text_id}).first()
    if row is None:
        raise CorruptStore(f"text {text_id} is missing: {_REMEDY}")
    return _checked(text_id, row.sha256, row.data)


def _checked(text_id: int, sha256: str, data: bytes) -> bytes:
    try:
        return verified(restored(data), sha256)
    except CorruptStore as error:
        raise CorruptStore(f"text {text_id} is not what was stored ({error}): {_REMEDY}") from error
