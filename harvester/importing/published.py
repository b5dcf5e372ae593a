"""Published files as documents: the corpus's own form, and Open Terms Archive's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from harvester.archive.playback.naming import OPEN_TERMS_ARCHIVE
from harvester.cleaner import CLEANER_VERSION, clean
from harvester.cleaner.document import Document, header_of
from harvester.cleaner.quality import assess
from harvester.errors import CleaningError
from harvester.memento import parse_timestamp, timestamp_of
from harvester.store.content.publication import CORPUS, OTA, Published
from harvester.store.content.stored_form import Contents, contents, text_of

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
ODD_NAME = "its name is not in UTF-8 or cannot be printed"
_HEADER = re.compile(
    r"> \*The following text is extracted and transformed from the (?P<domain>.*) privacy policy that was archived on "
    r"(?P<date>\d{4}-\d\d-\d\d)\. Please check the \[original snapshot on the Wayback Machine\]\("
    r"(?P<snapshot>https?://\S+?/(?P<digits>\d{14})[a-z_]*/(?P<url>\S+))\) for the most accurate "
    r"reproduction\.\*\n\n# (?P<title>[^\n]*)\n\n"
)
_COMMENT = re.compile(rb"\s*<!--The following is the downloaded HTML source of .*?-->\n{0,2}", re.DOTALL)
_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
"""The form of a service's name (`config.ServiceEntry`)."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not imported, and why."""

    path: str
    reason: str


def corpus_document(path: str, content: bytes, page: bytes | None, origin: dict[str, str]) -> Published | Skipped:
    """Read a document of the corpus, with the page beside it if there is one.

    Its header says whose policy it is, where it was captured and when.
    """
    if not path.isprintable():
        return Skipped(path, ODD_NAME)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Skipped(path, "not in UTF-8")
    header = _HEADER.match(text)
    if header is None:
        return Skipped(path, "no header of the corpus")
    if not _NAME.fullmatch(header["domain"]):
        return Skipped(path, "its header names no domain")
    if "\x00" in text:
        return Skipped(path, "U+0000 in its text")
    try:
        timestamp = parse_timestamp(header["digits"])
    except ValueError as error:
        return Skipped(path, f"its header's timestamp: {error}")
    snapshot, domain, url = header["snapshot"], header["domain"], unquote(header["url"])
    header_text = header_of(domain, header["digits"], snapshot)
    document = Document(header_text, header["title"], text[header.end() :], domain, snapshot)
    body = content if page is None else _COMMENT.sub(b"", page, count=1) if _COMMENT.match(page) else page
    content_type = MARKDOWN if page is None else HTML
    return Published(domain, url, CORPUS, timestamp, document, CORPUS, body, content_type, url, dict(origin))


@dataclass(frozen=True, slots=True)
class OtaRepository:
    """A repository of Open Terms Archive: its name, and its address on the web if it was cloned from there."""

    name: str
    remote: str | None

    @property
    def archive(self) -> str:
        """Its name in the ledger."""
        return f"{OPEN_TERMS_ARCHIVE}:{self.name}"

    def url(self, path: str, commit: str = "HEAD") -> str:
        """Return the address of one of its files."""
        if self.remote is None:
            return f"{self.archive}/{quote(path)}" + ("" if commit == "HEAD" else f"?{commit}")
        return f"{self.remote}/blob/{commit}/{quote(path)}"


def ota_document(
    repository: OtaRepository, service: str, terms: str, path: str, commit: str, moment: datetime, content: bytes
) -> Published | Skipped:
    """Read a version (``.md``: the text as published) or a snapshot (``.html``, ``.pdf``: for our cleaner)."""
    if not path.isprintable():
        return Skipped(path, ODD_NAME)
    url = repository.url(path)
    moment = moment.astimezone(UTC)
    origin = {"x-imported-from": f"{repository.archive} {commit} {path}"}
    document: Document | None = None
    if path.endswith(".md"):
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return Skipped(path, "not in UTF-8")
        if not text.strip() or "\x00" in text:
            return Skipped(path, "empty" if not text.strip() else "U+0000 in its text")
        document = Document(header_of(service, timestamp_of(moment), url), terms, text, service, url)
        cleaner, content_type = OTA, MARKDOWN
    else:
        content_type = "application/pdf" if path.endswith(".pdf") else HTML
        cleaner = CLEANER_VERSION
    page_url = repository.url(path, commit)
    return Published(
        service, url, repository.archive, moment, document, cleaner, content, content_type, page_url, dict(origin)
    )


def read_all(many: Sequence[Published]) -> list[Contents | Skipped]:
    """Return what to store of publications, in their order (`read`)."""
    return [read(one) for one in many]


def read(one: Published) -> Contents | Skipped:
    """Return what to store of a publication: cleaned if it is a page, and measured. This is most of an import's
    work.
    """
    document = one.document
    if document is None:
        try:
            document = clean(
                one.body,
                url=one.url,
                timestamp=timestamp_of(one.timestamp),
                domain=one.service,
                content_type=one.content_type,
                snapshot_url=one.url,
            )
        except CleaningError as error:
            return Skipped(one.origin["x-imported-from"], f"no text ({error.reason})")
    quality = assess(document.title, document.markdown, body=one.body, status=200)
    comparable = document.comparable
    return contents(document, comparable, text_of(comparable, quality))


def slug(name: str) -> str:
    """Turn a name into a service name: ``Facebook Payments`` is ``facebook-payments``; empty when nothing is left."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("._-")
