"""A stored capture as the corpus has it: its document, and its page under the comment that says where it is from."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from harvester.archive.playback.stored import naming_of_stored
from harvester.catalogue.document_types import PRIVACY_POLICY, TYPES, document_name, split_name
from harvester.cleaner.document import header_of, is_pdf
from harvester.cleaner.encoding.decode import decode
from harvester.errors import ConfigurationError
from harvester.lru import LruCache
from harvester.memento import timestamp_of
from harvester.settings import Settings
from harvester.store.content import documents, payloads
from harvester.store.content.stored_form import snapshot_prefix
from harvester.store.read.snapshots import Snapshot, first_playback

_K = TypeVar("_K")
_V = TypeVar("_V")
KEPT = 64
"""Templates and pages that stay in memory: captures of an unchanged page follow one another."""
_COMMENT = (
    "<!--The following is the downloaded HTML source of the {domain} {type} that was archived on {date}.\n"
    " Please check the original snapshot on the Wayback Machine ({url}) for the most accurate reproduction.-->\n\n"
)
"""As the corpus writes it (citp/privacy-policy-historical, any .html)."""


def corpus_path(document: str) -> str:
    """Return the path of a document in the corpus, without the ending: ``i/im/iml/imlive.com``, and
    ``i/im/iml/imlive.com/terms-of-service`` for other documents than the privacy policy.
    """
    service, type_ = split_name(document)
    # Also for git's import, which takes a path that begins with a quotation mark for a quoted one.
    is_name = service.isprintable() and service[:1] not in ("", ".", '"') and "\\" not in service
    if not is_name or document != document_name(service, type_) or type_ not in TYPES.values():
        raise ConfigurationError(f"export: the service name {document!r} cannot be the name of a file")
    return f"{service[:1]}/{service[:2]}/{service[:3]}/{document}"


def corpus_comment(domain: str, date: str, url: str, type_: str = PRIVACY_POLICY) -> str:
    """Return the comment before a page of the corpus, with the empty line after it."""
    return _COMMENT.format(domain=domain, type=type_, date=date, url=url)


class SnapshotReader:
    """Documents and pages of snapshots, from one session."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self.session = session
        self._settings = settings
        self._templates: LruCache[int, str] = LruCache(KEPT)
        self._bodies: LruCache[int, bytes] = LruCache(KEPT)
        self._types: LruCache[int, str | None] = LruCache(KEPT)
        self._pages: LruCache[tuple[int, str | None], bytes] = LruCache(KEPT)

    def url(self, snapshot: Snapshot) -> str:
        """Return the address of the capture for readers: the one its document was made with."""
        one = snapshot
        return naming_of_stored(
            self._settings, one.archive, one.timestamp, one.source_url, one.page_url, one.chain
        ).snapshot_url

    def document(self, snapshot: Snapshot) -> bytes:
        """Return the document of a snapshot that shows a policy, byte for byte as the corpus would have it."""
        assert snapshot.document_id is not None
        number = snapshot.document_id
        template = self._templates.get(number, lambda: documents.template(self.session, number))
        url = self.url(snapshot)
        header = header_of(snapshot.domain, timestamp_of(snapshot.timestamp), url, snapshot.type)
        body = template.replace("\x00", snapshot_prefix(url))
        return f"{header}\n\n{body}".encode("utf-8", "surrogatepass")

    def body(self, snapshot: Snapshot) -> bytes | None:
        """Return the raw bytes of a snapshot; None when none are stored."""
        number = snapshot.payload_id
        if number is None:
            return None
        return self._bodies.get(number, lambda: payloads.get(self.session, number))

    def content_type(self, snapshot: Snapshot) -> str | None:
        """Return the Content-Type that the site sent with this capture, else with another one of the same bytes."""
        if snapshot.headers or snapshot.payload_id is None:
            return snapshot.headers.get("content-type")
        number = snapshot.payload_id
        return self._types.get(number, lambda: self._first_type(number))

    def page(self, snapshot: Snapshot) -> tuple[str, bytes] | None:
        """Return the ending and the content of the file with a snapshot's page.

        HTML is in UTF-8 under its comment, as in the corpus; a PDF is as it came. None when no page is stored (an
        imported document without one).
        """
        body, content_type = self.body(snapshot), self.content_type(snapshot)
        if body is None or (content_type or "").startswith("text/markdown"):
            return None
        if is_pdf(body, content_type):
            return ".pdf", body
        assert snapshot.payload_id is not None
        page = self._pages.get(
            (snapshot.payload_id, content_type),
            lambda: decode(body, content_type).encode("utf-8", "surrogatepass"),
        )
        date = f"{snapshot.timestamp:%Y-%m-%d}"
        comment = corpus_comment(snapshot.domain, date, self.url(snapshot), snapshot.type)
        return ".html", comment.encode() + page

    def _first_type(self, payload_id: int) -> str | None:
        playback = first_playback(self.session, payload_id)
        return playback.headers.get("content-type") if playback else None
