"""``export warc``: the stored bytes as WARC 1.1 (ISO 28500:2017), for pywb or any other replay.

A body is written once for an address; where it came again there is a revisit record (identical-payload-digest).
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from sqlalchemy.orm import Session
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester._version import __version__
from harvester.dates import iso
from harvester.exporting.destination import Destination
from harvester.exporting.mementos import Memento, in_files, mementos, originals
from harvester.store.content import payloads
from harvester.store.content.stored_form import printable
from harvester.store.read.snapshots import service_names

FILE_BYTES = 250_000_000
"""Bytes of bodies in one file, uncompressed: what a killed export may have to write again."""
_NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
"""A header's name (RFC 9110, section 5.6.2)."""
_UNWRITABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""What would end a line of a header, or has no bytes in UTF-8."""
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:harvester:warc")


@dataclass(frozen=True, slots=True)
class WarcExport:
    """The content of the files: records with a body (or none to have), and records that refer to one."""

    files: int
    responses: int
    revisits: int


def export_warc(
    session: Session, folder: Path, *, services: Sequence[str] = (), file_bytes: int = FILE_BYTES
) -> WarcExport:
    """Write every stored answer into ``harvester-NNNNN-….warc.gz`` files below `folder`.

    A file's name depends on its content, so an existing file is not written again; files of an earlier state of the
    store are removed. Equal stores give equal bytes.
    """
    chosen = service_names(session, services)
    with Destination.claim(folder, "warc", {"services": sorted(services)}) as destination:
        answers = (pair for number, _ in chosen for pair in originals(mementos(session, number)))
        responses = revisits = 0
        files = 0
        for place, stretch in enumerate(in_files(answers, file_bytes)):
            name = _file_name(place, stretch)
            files += 1
            if not destination.keeps(name):
                _write_file(session, destination, name, stretch)
            of_them = sum(original is not None for _, original in stretch)
            responses, revisits = responses + len(stretch) - of_them, revisits + of_them
        return WarcExport(files, responses, revisits)


def _file_name(place: int, stretch: Sequence[tuple[Memento, Memento | None]]) -> str:
    digest = hashlib.sha256()
    for one, original in stretch:
        facts = (one.url, one.moment, one.status, one.headers, one.digest, original and (original.url, original.moment))
        digest.update(repr(facts).encode("utf-8", "replace"))
    return f"harvester-{place:05}-{digest.hexdigest()[:12]}.warc.gz"


def _write_file(
    session: Session, destination: Destination, name: str, stretch: Sequence[tuple[Memento, Memento | None]]
) -> None:
    with destination.writing(name) as file:
        write_records(session, file, name, stretch)


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """Where the record of an answer is in a WARC file; a revisit refers to another."""

    memento: Memento
    is_revisit: bool
    offset: int
    length: int


def write_records(
    session: Session, file: IO[bytes], name: str, stretch: Sequence[tuple[Memento, Memento | None]]
) -> list[WrittenRecord]:
    """Write answers (`mementos.originals`) into an open file that is called `name`; return where each is."""
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    writer.write_record(_warcinfo(writer, name, stretch[0][0]))
    written = []
    for one, original in stretch:
        offset = file.tell()
        if original is not None:
            writer.write_record(_revisit(writer, one, original))
        else:
            body = payloads.get(session, one.payload_id) if one.payload_id is not None else b""
            writer.write_record(_response(writer, one, body))
        written.append(WrittenRecord(one, original is not None, offset, file.tell() - offset))
    return written


def _warcinfo(writer: WARCWriter, name: str, first: Memento) -> Any:
    lines = {
        "software": f"harvester/{__version__}",
        "format": "WARC File Format 1.1",
        "description": "captures of web archives as harvester stored them; bodies are without content-encoding",
    }
    content = "".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode()
    headers = {
        "WARC-Record-ID": _record_id("warcinfo", name),
        "WARC-Date": _date(first),
        "WARC-Filename": name,
    }
    return writer.create_warc_record(
        "", "warcinfo", payload=BytesIO(content), length=len(content), warc_headers_dict=headers
    )


def _response(writer: WARCWriter, one: Memento, body: bytes) -> Any:
    sent = [*_sent(one), ("Content-Length", str(len(body)))]
    return writer.create_warc_record(
        _target(one),
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(one.status_line, sent, protocol="HTTP/1.1"),
        warc_headers_dict={**_headers(one), "WARC-Payload-Digest": f"sha1:{one.digest}"},
    )


def _revisit(writer: WARCWriter, one: Memento, original: Memento) -> Any:
    return writer.create_revisit_record(
        _target(one),
        f"sha1:{one.digest}",
        _target(original),
        _date(original),
        http_headers=StatusAndHeaders(one.status_line, _sent(one), protocol="HTTP/1.1"),
        warc_headers_dict=_headers(one),
    )


def _headers(one: Memento) -> dict[str, str]:
    return {"WARC-Record-ID": _record_id("record", one.url, _date(one), one.digest), "WARC-Date": _date(one)}


def _sent(one: Memento) -> list[tuple[str, str]]:
    """Return the site's headers, each on one line: neither name nor value may begin another header or record."""
    return [(name.title(), _UNWRITABLE.sub(" ", value).strip()) for name, value in one.headers if _NAME.fullmatch(name)]


def _target(one: Memento) -> str:
    return _UNWRITABLE.sub(lambda found: quote(found[0], errors="replace"), one.url)


def _record_id(*what: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_NAMES, printable(' '.join(what)))}>"


def _date(one: Memento) -> str:
    return iso(one.moment)
