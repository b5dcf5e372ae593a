"""Web archive collections in one file: WACZ 1.1.1 (webrecorder/specs), for ReplayWeb.page, pywb and others.

A file is a ZIP whose members are stored uncompressed, in a given order and with one date, so that equal content is
equal bytes: `evidence check` writes it again to see that no byte was altered.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.dates import iso
from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.mementos import Memento, answers, mementos, originals
from harvester.exporting.warc import WrittenRecord, write_records
from harvester.files import replacing
from harvester.memento import surt, timestamp_of
from harvester.store.content import documents
from harvester.store.read import versions
from harvester.store.read.snapshots import of_captures, service_names

ENDING = ".wacz"
WARC_NAME = "captures.warc.gz"
WARC = f"archive/{WARC_NAME}"
CDX, IDX = "indexes/index.cdx.gz", "indexes/index.idx"
PAGES = "pages/pages.jsonl"
DESCRIPTION, DESCRIPTION_DIGEST = "datapackage.json", "datapackage-digest.json"
_LINES_A_BLOCK = 3000
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WaczPage:
    """A page that a reader of the collection finds listed: an address at an instant."""

    url: str
    moment: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WaczExport:
    """What a file holds: records with a body, records that refer to one, and listed pages."""

    responses: int
    revisits: int
    pages: int


def export_wacz(session: Session, file: Path, now: datetime, *, services: Sequence[str] = ()) -> WaczExport:
    """Write every stored answer of services (none named: of all) into one WACZ file; each version is a listed page.

    Raises `ConfigurationError` when there is nothing to write, `StoreError` if the file cannot be written.
    """
    if file.suffix != ENDING:
        raise ConfigurationError(f"export wacz: {file} does not end in {ENDING}; name a file that does")
    chosen = service_names(session, services)
    found = [pair for number, _ in chosen for pair in originals(mementos(session, number))]
    if not found:
        raise ConfigurationError("export wacz: the store has no page of these services; run `harvester backfill` first")
    pages = [page for _, name in chosen for page in _pages_of(session, name)]
    title = chosen[0][1] if len(chosen) == 1 else f"{len(chosen)} services"
    beside = file.with_name(f"{file.name}.records")
    try:
        with beside.open("wb") as stream:
            written = write_records(session, stream, WARC_NAME, found)
        members: dict[str, bytes | Path] = {WARC: beside, **indexes(written), PAGES: pages_file(pages)}
        members |= described(members, f"Policies of {title}", now)
        with replacing(file) as draft, draft.open("wb") as whole:
            write_zip(whole, members)
            draft.chmod(0o644)
    except OSError as error:
        raise StoreError(f"export wacz: {file} cannot be written ({error.strerror or error}); name another") from error
    finally:
        beside.unlink(missing_ok=True)
    revisits = sum(one.is_revisit for one in written)
    return WaczExport(len(written) - revisits, revisits, len(pages))


def _pages_of(session: Session, service: str) -> Iterator[WaczPage]:
    """Yield the first capture of each version, oldest first; imported texts without a page have none."""
    for version in versions.log(session, service):
        (snapshot,) = of_captures(session, [version.capture_id])
        if snapshot.payload_id is None or snapshot.text_id is None:
            continue
        first = next(answers(session, snapshot))
        text = documents.text(session, snapshot.text_id)
        yield WaczPage(first.url, first.moment, title_of(text, service), text)


def title_of(text: str, service: str) -> str:
    """Return the title of a comparable text, which is its first line."""
    return text.partition("\n")[0].lstrip("# ").strip() or service


def indexes(written: Iterable[WrittenRecord]) -> dict[str, bytes]:
    """Return the index of a WARC file as compressed CDXJ, with the index of its blocks."""
    lines = sorted(_cdxj(one) for one in written)
    blocks, compressed = [], b""
    for start in range(0, len(lines), _LINES_A_BLOCK):
        block = gzip.compress("".join(lines[start : start + _LINES_A_BLOCK]).encode(), mtime=0)
        key = " ".join(lines[start].split(" ", 2)[:2])
        facts = {"offset": len(compressed), "length": len(block), "digest": f"sha256:{_sha256(block)}"}
        blocks.append(f"{key} {json.dumps(facts)}\n")
        compressed += block
    head = {"format": "cdxj-gzip-1.0", "filename": CDX.rpartition("/")[2]}
    return {CDX: compressed, IDX: f"!meta 0 {json.dumps(head)}\n{''.join(blocks)}".encode()}


def _cdxj(one: WrittenRecord) -> str:
    memento = one.memento
    fields = {
        "url": memento.url.replace(" ", "%20"),
        "mime": "warc/revisit" if one.is_revisit else _mime(memento),
        "status": str(memento.status),
        "digest": f"sha1:{memento.digest}",
        "length": str(one.length),
        "offset": str(one.offset),
        "filename": WARC_NAME,
    }
    return f"{surt(memento.url)} {timestamp_of(memento.moment)} {json.dumps(fields)}\n"


def _mime(memento: Memento) -> str:
    return (memento.content_type or memento.mimetype).partition(";")[0].strip() or "unk"


def pages_file(pages: Iterable[WaczPage]) -> bytes:
    """Return ``pages.jsonl``: a line that says what it is, then a page a line."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    lines: list[dict[str, Any]] = [head]
    for one in pages:
        facts = {"url": one.url.replace(" ", "%20"), "ts": iso(one.moment), "title": one.title, "text": one.text}
        identity = hashlib.sha256(f"{facts['url']} {facts['ts']}".encode()).hexdigest()[:22]
        lines.append({"id": identity, **facts})
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def described(members: Mapping[str, bytes | Path], title: str, now: datetime) -> dict[str, bytes]:
    """Return the description of the other members: each with its digest, and the description's own digest."""
    resources = [
        {"name": name.lower().replace("/", "-"), "path": name, "hash": f"sha256:{digest}", "bytes": size}
        for name, content in members.items()
        for digest, size in [_measured(content)]
    ]
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": iso(now.replace(microsecond=0)),
        "software": f"harvester/{__version__}",
        "resources": resources,
    }
    description = (json.dumps(package, indent=2) + "\n").encode()
    digest = {"path": DESCRIPTION, "hash": f"sha256:{_sha256(description)}"}
    return {DESCRIPTION: description, DESCRIPTION_DIGEST: (json.dumps(digest, indent=2) + "\n").encode()}


def write_zip(file: IO[bytes], members: Mapping[str, bytes | Path]) -> None:
    """Write members into a ZIP file in their order, uncompressed; equal members give equal bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            if isinstance(content, bytes):
                whole.writestr(entry, content)
                continue
            entry.file_size = content.stat().st_size
            with content.open("rb") as source, whole.open(entry, "w") as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)


def _measured(content: bytes | Path) -> tuple[str, int]:
    if isinstance(content, bytes):
        return _sha256(content), len(content)
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), content.stat().st_size


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
