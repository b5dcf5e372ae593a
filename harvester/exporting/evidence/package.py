"""``harvester evidence``: what proves a change, in one folder that can be checked without the store.

``manifest.json`` has the SHA-256 of every other file, ``manifest.sha256`` that of the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from harvester.diffing import compare, render
from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.evidence.facts import BoundingCapture, Evidence
from harvester.exporting.evidence.statement import citations, statement
from harvester.exporting.mementos import Memento, answers, originals
from harvester.exporting.warc import write_records
from harvester.memento import surt

WARC = "captures.warc.gz"
FACTS = "evidence.json"
STATEMENT = "statement.txt"
CITATIONS = "citations.txt"
REDLINE = "redline.html"
INDEX = "index.cdxj"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"


def write_package(session: Session, evidence: Evidence, folder: Path) -> str:
    """Write the package into a new or empty folder; return the SHA-256 of its manifest.

    Raises `ConfigurationError` for a folder that has files, `StoreError` if it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"evidence: {folder} is not an empty folder; name a new one")
    files = dict(_files(session, evidence))
    manifest = as_json({"files": {name: {"sha256": sha256(one), "bytes": len(one)} for name, one in files.items()}})
    files[MANIFEST] = manifest
    files[SEAL] = f"{sha256(manifest)}  {MANIFEST}\n".encode()
    try:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    except OSError as error:
        raise StoreError(f"evidence: {folder} cannot be written ({error.strerror})") from error
    return sha256(manifest)


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
    warc = BytesIO()
    write_records(session, warc, WARC, list(originals(_answers(session, [side for _, side in sides]))))
    yield WARC, warc.getvalue()


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
