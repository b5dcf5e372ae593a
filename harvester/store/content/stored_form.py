"""Documents and their comparable texts in their stored form. Pure: made in the process that cleans a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harvester.cleaner.document import Document
from harvester.errors import StoreError
from harvester.store.content.compression import sha256_of, squeezed
from harvester.store.search.indexing import Words, words_of

if TYPE_CHECKING:
    from harvester.cleaner.quality import Quality

BLANK = "\x00"
"""Stands in a stored document for the capture's own prefix."""
MEASURES = (
    "words", "language", "language_confidence", "policy_likelihood", "reading_grade", "page_kind", "simhash",
)  # fmt: skip
"""The columns of a text that its quality gives: those of an earlier judgement may be others."""
_PREFIX = re.compile(r"^.*?/[0-9]{14}id_(?=/)")
_SIGNED = 1 << 63


@dataclass(frozen=True, slots=True)
class TextContent:
    """The columns of a comparable text, and its words as they are indexed."""

    columns: dict[str, Any]
    words: Words

    @property
    def measures(self) -> dict[str, Any]:
        """The columns that say what was measured of it."""
        return {name: self.columns[name] for name in MEASURES}


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
            **measures_of(quality),
            "data": squeezed(encoded),
        },
        words=words_of(comparable, quality.language),
    )


def measures_of(quality: Quality) -> dict[str, Any]:
    """Return the columns of a text with this quality, by the names of `MEASURES`."""
    return {name: getattr(quality, name) for name in MEASURES} | {"simhash": signed(quality.simhash)}


def contents(document: Document, comparable: str, text: TextContent) -> Contents:
    """Return the stored form of a document, whose comparable text is given too. Pure."""
    sha256, data = _stored(content_of(document), comparable)
    return Contents(text, {"sha256": sha256, "title": printable(document.title), "data": data})


@lru_cache(maxsize=8)  # successive captures mostly show one document
def _stored(content: bytes, comparable: str) -> tuple[str, bytes]:
    return sha256_of(content), squeezed(content, comparable.encode("utf-8", "surrogatepass"))


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
    if BLANK in body:
        raise StoreError("a document with U+0000 in it cannot be stored; the cleaner must not emit it")
    if document.text != f"{document.header}\n\n{body}":
        raise StoreError("a document is not header, title and Markdown joined as the corpus joins them")
    return _bytes(body.replace(snapshot_prefix(document.snapshot_url), BLANK))


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
