"""A document as others published it. A worker that reads one needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harvester.cleaner.document import Document
from harvester.memento import digest_of

CORPUS, OTA = AS_PUBLISHED = ("corpus", "ota")
"""The cleaner recorded for a text kept as published: no cleaner made it, and none makes it again."""

Key = tuple[str, str, datetime, str]
"""The identity of a publication: service, address, instant, digest of the body."""


@dataclass(frozen=True, slots=True)
class Published:
    """A document as it was published elsewhere.

    `url` is its address then; `archive` says where it was imported from (``corpus``, ``ota:NAME``), `cleaner` who makes
    the text; `body` is the page that came with it, else the published file itself, of `content_type`; `page_url` is
    where the publication can be looked up. Without a `document` the body is a page that our cleaner is still to read.
    """

    service: str
    url: str
    archive: str
    timestamp: datetime
    document: Document | None
    cleaner: str
    body: bytes
    content_type: str
    page_url: str
    origin: dict[str, Any]

    @property
    def digest(self) -> str:
        """As an archive's index would have it."""
        return digest_of(self.body)

    @property
    def key(self) -> Key:
        """Its identity."""
        return self.service, self.url, self.timestamp, self.digest
