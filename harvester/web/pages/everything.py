"""Everything of a service as one ZIP file, made while it is sent: it is never whole in memory, nor on a disk."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from harvester.catalogue.document_types import slug
from harvester.csv_lines import csv_writer
from harvester.dates import iso
from harvester.errors import UnknownName
from harvester.insight import reading
from harvester.insight.reading import Shown, snapshot_of_listed
from harvester.insight.redline import diff_of, redline
from harvester.memento import shown_address
from harvester.store.read import captures, history, services
from harvester.store.read.services import NamedService
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import ServiceName, stamp
from harvester.web.http.ratelimit import count_search
from harvester.web.http.streams import Slots, Stream
from harvester.web.site import Site, TheSite
from harvester.web.view.citations import citations
from harvester.web.view.downloads import FileForm, compared_change, redline_file, version_file

router = APIRouter(include_in_schema=False)

AT_ONCE = 4
"""Files that are sent at a time: each costs the reading of a whole history."""
SECONDS = 1800
_ROWS = 500
_VERSIONS = 50
_CAPTURE_COLUMNS = (
    "timestamp", "url", "archive", "status", "mimetype", "digest", "outcome", "reason", "snapshot",
)  # fmt: skip

README = """\
Everything that harvester has of {service}.

DOCUMENT/versions/TIME.md        the text of each version, named by the instant (UTC) at which it was first seen
DOCUMENT/redlines/TIME.html      the change that brought that version
DOCUMENT/captures.csv            every capture that the archives' indexes list, and what came of it
DOCUMENT/provenance.json         for each version: its snapshot in the archive, digest, cleaner, dates
DOCUMENT/CITATION.bib            how to cite each version

The texts are the service's own. They are extracted from captures of web archives: the snapshot is what counts.
"""


@router.get("/services/{service:document}/everything.zip", dependencies=[Depends(count_search)])
def everything(request: Request, site: TheSite, service: ServiceName) -> Response:
    """Return all documents of a service, or one of them, with all that belongs to them."""
    with site.database.reading() as session:
        documents = services.documents(session, service) or [services.one(session, service)]
    slots: Slots = request.app.state.files_at_once
    name = service.replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"}
    return Stream(_pieces(site, service, documents), slots, SECONDS, "application/zip", headers)


class _Out:
    """Takes what the ZIP file is made of, until it is sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes, /) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: what was written is in memory."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


@dataclass(slots=True)
class _About:
    """What is gathered of the versions while they are written: a few lines of each."""

    provenance: list[dict[str, Any]] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)


def _pieces(site: Site, service: str, documents: list[NamedService]) -> Iterator[bytes]:
    out = _Out()
    # The folder's name is never one that a system keeps for itself, as "con" is.
    root = f"harvester-{service.replace('/', '-')}"
    with zipfile.ZipFile(cast(IO[bytes], out), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(_entry(f"{root}/README.txt", None), README.format(service=service))
        for document in documents:
            for _ in _document(site, file, document, f"{root}/{slug(document.type)}"):
                yield out.taken()
    yield out.taken()


def _document(site: Site, file: zipfile.ZipFile, document: NamedService, folder: str) -> Iterator[None]:
    """Write the files of a document, with a pause after each piece; no connection is held while it is sent."""
    about = _About()
    for row in _versions(site, document):
        _version(site, file, document, folder, row, about)
        yield
    with file.open(_entry(f"{folder}/captures.csv", None), "w") as entry:
        writer = csv_writer(lambda line: entry.write(line.encode("utf-8", "replace")))
        writer.writerow(_CAPTURE_COLUMNS)
        for rows in _captures(site, document):
            writer.writerows(rows)
            yield
    listed = json.dumps(about.provenance, ensure_ascii=False, indent=1)
    file.writestr(_entry(f"{folder}/provenance.json", None), listed.encode("utf-8", "replace"))
    cited = "\n\n".join([*about.citations, ""])
    file.writestr(_entry(f"{folder}/CITATION.bib", None), cited.encode("utf-8", "replace"))
    yield


def _versions(site: Site, document: NamedService) -> Iterator[VersionRow]:
    older_than: datetime | None = None
    while True:
        with site.database.reading() as session:
            rows = history.versions_before(session, document.id, older_than, _VERSIONS)
        yield from rows
        if len(rows) < _VERSIONS:
            return
        older_than = rows[-1].first_seen


def _version(
    site: Site, file: zipfile.ZipFile, document: NamedService, folder: str, row: VersionRow, about: _About
) -> None:
    """Write a version and the change that brought it; one that a harvest takes away meanwhile is left out."""
    digits = stamp(row.first_seen)
    with site.database.reading() as session:
        try:
            shown = reading.document_of(session, site.settings, document.name, row)
            found = redline(session, site.settings, document.name, row.first_seen) if row.kind else None
            diff = diff_of(session, found.change) if found else None
        except UnknownName:
            return
    _gather(about, document.name, shown, digits)
    text = version_file(document.name, shown, "", FileForm.MARKDOWN)
    file.writestr(_entry(f"{folder}/versions/{digits}.md", row.first_seen), text)
    if found is not None and diff is not None:
        page = redline_file(compared_change(document.name, found, diff), FileForm.HTML)
        file.writestr(_entry(f"{folder}/redlines/{digits}.html", row.first_seen), page)


def _gather(about: _About, document: str, shown: Shown, digits: str) -> None:
    row = shown.version
    facts = {"version": row.number, "first_seen": iso(row.first_seen), "last_seen": iso(row.last_seen)}
    about.provenance.append({"file": f"versions/{digits}.md", **facts, "title": shown.title.strip()} | shown.provenance)
    note = f"Version {row.number}, as archived by {shown.provenance['archive']}"
    snapshot = shown_address(shown.provenance["snapshot"])
    about.citations += [one.text for one in citations(document, row.first_seen, snapshot, note) if one.key == "bibtex"]


def _captures(site: Site, document: NamedService) -> Iterator[list[tuple[Any, ...]]]:
    behind: tuple[datetime, int] | None = None
    while True:
        with site.database.reading() as session:
            rows = captures.ledger_of(session, document.id, newer_than=behind, limit=_ROWS)
        yield [
            (iso(one.timestamp), one.url, one.archive, one.status, one.mimetype, one.digest, one.outcome, one.reason,
             snapshot_of_listed(site.settings, one.archive, one.timestamp, one.url))
            for one in rows
        ]  # fmt: skip
        if len(rows) < _ROWS:
            return
        behind = (rows[-1].timestamp, rows[-1].id)


def _entry(name: str, moment: datetime | None) -> zipfile.ZipInfo:
    """Return the entry of a file: with the date of what it holds, so that the same history gives the same file."""
    date = moment.timetuple()[:6] if moment and 1980 <= moment.year <= 2107 else (1980, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(name, date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
