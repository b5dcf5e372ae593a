"""``harvester evidence``: what proves a change, in one folder or file that can be checked without the store.

``manifest.json`` has the SHA-256 of every other file, ``manifest.sha256`` those of the manifest and of its time stamp
(``manifest.tsr``, RFC 3161). The same files in a WACZ can also be replayed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from harvester.dates import parse_iso
from harvester.diffing import compare, render
from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.evidence.facts import BoundingCapture, Evidence
from harvester.exporting.evidence.statement import citations, statement
from harvester.exporting.mementos import Memento, answers, originals
from harvester.exporting.wacz import ENDING, PAGES, WaczPage, described, indexes, pages_file, title_of, write_zip
from harvester.exporting.wacz import WARC as WARC_IN_WACZ
from harvester.exporting.warc import WrittenRecord, write_records
from harvester.files import replacing
from harvester.memento import surt

WARC = "captures.warc.gz"
FACTS = "evidence.json"
STATEMENT = "statement.txt"
CITATIONS = "citations.txt"
REDLINE = "redline.html"
INDEX = "index-rows.txt"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
TOKEN = "manifest.tsr"


def write_package(
    session: Session, evidence: Evidence, destination: Path, stamp: Callable[[bytes], bytes] | None = None
) -> str:
    """Write the package into a new or empty folder, or a new WACZ file; return the SHA-256 of its manifest.

    `stamp` returns a time stamp of the manifest. Raises `ConfigurationError` for a folder that has files or a file that
    is there, `StoreError` if it cannot be written, and what `stamp` raises.
    """
    as_wacz = destination.suffix == ENDING
    if destination.exists() and (as_wacz or not destination.is_dir() or any(destination.iterdir())):
        kind = "a file that is there already" if as_wacz else "not an empty folder"
        raise ConfigurationError(f"evidence: {destination} is {kind}; name a new one")
    files = _wacz_files(session, evidence) if as_wacz else dict(_files(session, evidence))
    manifest = as_json({"files": {name: {"sha256": sha256(one), "bytes": len(one)} for name, one in files.items()}})
    token = stamp(manifest) if stamp is not None else None
    files |= {MANIFEST: manifest, SEAL: seal_of(manifest, token)}
    if token is not None:
        files[TOKEN] = token
    try:
        if as_wacz:
            facts = evidence.facts
            members = {place_of(name): content for name, content in files.items()}
            members |= described(members, title_of_package(facts), parse_iso(facts["created"]))
            with replacing(destination) as draft, draft.open("wb") as file:
                write_zip(file, members)
            return sha256(manifest)
        for name, content in files.items():
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            (destination / name).write_bytes(content)
    except OSError as error:
        raise StoreError(
            f"evidence: {destination} cannot be written ({error.strerror}); free space or name another place"
        ) from error
    return sha256(manifest)


PLACE = "evidence/"


def place_of(name: str) -> str:
    """Return where a file of a package is in a WACZ: py-wacz, the validator, accepts none at the root."""
    return name if "/" in name else PLACE + name


def seal_of(manifest: bytes, token: bytes | None) -> bytes:
    """Return the digests of a manifest and of its time stamp, as `sha256sum` reads them."""
    lines = [f"{sha256(manifest)}  {MANIFEST}\n", *([f"{sha256(token)}  {TOKEN}\n"] if token is not None else [])]
    return "".join(lines).encode()


def title_of_package(facts: dict[str, Any]) -> str:
    """Return what a package is called in its description."""
    return f"Evidence: {facts['service']}, {facts['new']['version']['first_seen']}"


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def as_json(value: Any) -> bytes:
    """Return a value as the JSON of a package: sorted, so that equal values are equal bytes."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def redline_of(facts: dict[str, Any], old: str, new: str) -> str:
    """Return the redline of two texts as an HTML page of its own."""
    sides = facts["old"], facts["new"]
    return render.html_page(
        render.html_inline(compare(old, new)),
        title=f"{facts['service']}: what changed",
        old=sides[0]["captured"],
        new=sides[1]["captured"],
        snapshots=[side["snapshot"] for side in sides],
    )


def _files(session: Session, evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    sides = [(name, side) for name, side in (("old", evidence.old), ("new", evidence.new)) if side is not None]
    yield STATEMENT, _text(statement(evidence.facts))
    yield CITATIONS, _text(citations(evidence.facts))
    yield FACTS, as_json(evidence.facts)
    for name, side in sides:
        yield f"{name}/document.md", _text(side.document)
        yield f"{name}/text.md", _text(side.text)
    if evidence.old is not None:
        yield REDLINE, _text(redline_of(evidence.facts, evidence.old.text, evidence.new.text))
    yield INDEX, b"".join(_row(side) for _, side in sides)
    yield WARC, _records(session, [side for _, side in sides])[0]


def _wacz_files(session: Session, evidence: Evidence) -> dict[str, bytes]:
    """Return the same files with what makes a WACZ of them: the records where it wants them, index and pages."""
    sides = [side for side in (evidence.old, evidence.new) if side is not None]
    warc, written = _records(session, sides)
    pages = [_page(session, side, evidence.facts["service"]) for side in sides]
    rest = {name: content for name, content in _files(session, evidence) if name != WARC}
    return {WARC_IN_WACZ: warc, **indexes(written), PAGES: pages_file(pages), **rest}


def _records(session: Session, sides: list[BoundingCapture]) -> tuple[bytes, list[WrittenRecord]]:
    warc = BytesIO()
    written = write_records(session, warc, WARC, list(originals(_answers(session, sides))))
    return warc.getvalue(), written


def _page(session: Session, side: BoundingCapture, service: str) -> WaczPage:
    first = next(answers(session, side.snapshot))
    return WaczPage(first.url, first.moment, title_of(side.text, service), side.text)


def _answers(session: Session, sides: list[BoundingCapture]) -> Iterator[Memento]:
    """Yield the answers of the captures, preceded by those whose bytes they share, each once."""
    given: set[tuple[object, ...]] = set()
    for side in sides:
        for snapshot in (side.original, side.snapshot):
            for one in answers(session, snapshot) if snapshot is not None else ():
                key = (one.url, one.moment, one.payload_id)
                if key not in given:
                    given.add(key)
                    yield one


def _row(side: BoundingCapture) -> bytes:
    """Return the row of the archive's index, as CDXJ."""
    index = side.facts["index"]
    fields = {
        "url": index["original"],
        "mime": index["mimetype"] or "-",
        "status": str(index["status"] or "-"),
        "digest": index["digest"],
        "length": str(index["length"] or "-"),
        "archive": index["archive"],
    }
    return _text(f"{surt(index['original'])} {index['timestamp']} {json.dumps(fields)}\n")


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
