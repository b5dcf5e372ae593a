"""``harvester evidence check``: a package read again without the store, and what of it holds."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.archive.local.records import records
from harvester.archive.local.rows import Row, content_at, row_of
from harvester.cleaner import CLEANER_VERSION, clean
from harvester.dates import parse_iso
from harvester.errors import ConfigurationError, HarvesterError
from harvester.exporting.evidence.facts import FORMAT
from harvester.exporting.evidence.package import (
    CITATIONS,
    FACTS,
    MANIFEST,
    PLACE,
    REDLINE,
    SEAL,
    STATEMENT,
    TOKEN,
    WARC,
    place_of,
    redline_of,
    seal_of,
    sha256,
    title_of_package,
)
from harvester.exporting.evidence.statement import citations, statement
from harvester.exporting.evidence.timestamp import problem_of, stamped_at
from harvester.exporting.wacz import DESCRIPTION, DESCRIPTION_DIGEST, described, write_zip
from harvester.exporting.wacz import WARC as WARC_IN_WACZ

_BODY_LIMIT = 1 << 30
_WACZ_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was checked. `holds` is None where this harvester cannot tell."""

    what: str
    holds: bool | None
    why: str = ""


def check(path: Path, certificates: Path | None = None) -> list[Verdict]:
    """Return what of a package holds; `ConfigurationError` if the folder or file is no package.

    `certificates` (PEM) are those of the time-stamping authorities that the reader trusts.
    """
    if path.is_file():
        return list(_of_wacz(path, certificates))
    if not (path / MANIFEST).is_file():
        raise ConfigurationError(f"evidence check: {path} has no {MANIFEST}; name a folder that `evidence` wrote")
    files = {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if not one.is_dir()}
    return list(_of_files(files, ArchiveFile(path / WARC), certificates))


def _of_wacz(path: Path, certificates: Path | None) -> Iterator[Verdict]:
    """Check a WACZ file: that it is byte for byte what is written of its members, and these."""
    try:
        # A damaged ZIP raises any of these: an unknown packing NotImplementedError, a flag of encryption RuntimeError.
        files = _members(path)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Verdict(f"{path.name} is a whole WACZ file", False, str(error))
        return
    again = BytesIO()
    write_zip(again, files)
    yield Verdict(f"{path.name} is a whole WACZ file", again.getvalue() == path.read_bytes())
    if place_of(MANIFEST) not in files:
        raise ConfigurationError(f"evidence check: {path} has no {MANIFEST}; name a file that `evidence` wrote")
    described_here = {name: files.pop(name, b"") for name in (DESCRIPTION, DESCRIPTION_DIGEST)}
    yield _holds(f"{DESCRIPTION} describes the files", lambda: _described(files, described_here))
    # A file at the root could stand for the one of that name that a reader finds in its place.
    for name in sorted(name for name in files if "/" not in name):
        yield Verdict(f"{name} is in the manifest", False, "it was added later")
        del files[name]
    files = {name.removeprefix(PLACE): content for name, content in files.items()}
    yield from _of_files(files, ArchiveFile(path, WARC_IN_WACZ), certificates)


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as whole:
        entries = whole.infolist()
        if sum(one.file_size for one in entries) > _WACZ_LIMIT or any(one.compress_type for one in entries):
            raise ValueError("it is larger, or packed otherwise, than `evidence` writes")
        return {one.filename: whole.read(one) for one in entries}


def _described(files: dict[str, bytes], described_here: dict[str, bytes]) -> bool:
    facts = json.loads(files[place_of(FACTS)])
    return described_here == described(files, title_of_package(facts), parse_iso(facts["created"]))


def _of_files(files: dict[str, bytes], warc: ArchiveFile, certificates: Path | None) -> Iterator[Verdict]:
    manifest, token = files[MANIFEST], files.get(TOKEN)
    sealed = files.get(SEAL) == seal_of(manifest, token)
    yield Verdict(f"{SEAL} is that of {MANIFEST}" + (f" and {TOKEN}" if token is not None else ""), sealed)
    yield from _listed(files)
    if token is not None:
        yield from _stamp(token, manifest, certificates)
    yield from _contents(files, warc)


def _listed(files: dict[str, bytes]) -> Iterator[Verdict]:
    """Check every file against the manifest."""
    try:
        listed = {str(name): str(one["sha256"]) for name, one in json.loads(files[MANIFEST])["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Verdict(f"{MANIFEST} is a manifest", False, str(error))
        return
    there = files.keys() - {MANIFEST, SEAL, TOKEN}
    for name in sorted(listed.keys() | there):
        if name not in listed:
            yield Verdict(f"{name} is in the manifest", False, "it was added later")
        elif name not in there:
            yield Verdict(f"{name} is there", False)
        else:
            same = sha256(files[name]) == listed[name]
            yield Verdict(f"{name} is unaltered", same, "" if same else "its SHA-256 is not that of the manifest")


def _stamp(token: bytes, manifest: bytes, certificates: Path | None) -> Iterator[Verdict]:
    """Check the time stamp: that it is of the manifest, and of an authority that the reader trusts."""
    try:
        moment = stamped_at(token, manifest)
        why = f"it says {moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "it is of something else"
        yield Verdict(f"{TOKEN} is a time stamp of {MANIFEST}", moment is not None, why)
        if certificates is None:
            yield Verdict(f"{TOKEN} is of a trusted authority", None, "name its certificates with --certificates")
            return
        problem = problem_of(token, manifest, certificates)
        yield Verdict(f"{TOKEN} is of an authority in {certificates.name}", problem is None, problem or "")
    except ImportError as error:
        yield Verdict(f"{TOKEN} is a time stamp of {MANIFEST}", None, f"{error}: pip install 'harvester[evidence]'")


def _contents(files: dict[str, bytes], warc: ArchiveFile) -> Iterator[Verdict]:
    """Check the files against each other, making them again from the captures."""
    try:
        facts = json.loads(files[FACTS])
        if facts["format"] != FORMAT:
            yield Verdict("the package is of a known form", None, f"it is {facts['format']!r:.60}")
            return
        sides = {name: facts[name] for name in ("old", "new") if facts[name] is not None}
        yield _holds("statement and citations say what the facts say", lambda: _said(files, facts))
        yield from _captures(files, warc, sides)
        if len(sides) == 2:
            yield _holds("the redline follows from the texts", lambda: _redline(files, facts))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield Verdict(f"{FACTS} has the facts", False, str(error))


def _captures(files: dict[str, bytes], warc: ArchiveFile, sides: dict[str, Any]) -> Iterator[Verdict]:
    rows: list[Row] = []
    broken: list[str] = []
    for one in records(warc):
        if isinstance(one, Broken):
            broken.append(f"at {one.offset}: {one.reason}")
            continue
        try:
            rows.append(row_of(one, _BODY_LIMIT))
        except (HarvesterError, ValueError, OSError, EOFError) as error:
            broken.append(f"at {one.offset}: {error}")
    broken += [f"at {row.offset}: digest" for row in rows if row.verdict == "mismatch"]
    yield Verdict(f"every record of {WARC} is whole", not broken, "; ".join(broken))
    for name, side in sides.items():
        body = _body(rows, side)
        whole = body is not None and sha256(body) == side["payload"]["sha256"]
        yield Verdict(f"{WARC} has the page of {name}", whole, "" if whole else "no record has these bytes")
        if body is None:
            continue
        if side["cleaner"] != CLEANER_VERSION:
            why = f"it was made by {side['cleaner']}, this is {CLEANER_VERSION}"
            yield Verdict(f"the text of {name} follows from its page", None, why)
        else:
            test = partial(_text, files, name, side, body)
            yield _holds(f"the text of {name} follows from its page", test)


def _body(rows: list[Row], side: dict[str, Any]) -> bytes | None:
    """Return the body that a record at the capture's time shows, its own or that of the record that it refers to."""
    for row in rows:
        if f"{row.moment:%Y-%m-%dT%H:%M:%SZ}" != side["captured"]:
            continue
        for one in [row] if row.kind != "revisit" else [one for one in rows if one.listed == row.listed]:
            if one.kind != "revisit" and one.listed == side["payload"]["sha1"]:
                return content_at(one, _BODY_LIMIT).body
    return None


def _text(files: dict[str, bytes], name: str, side: dict[str, Any], body: bytes) -> bool:
    made = clean(body, **side["cleaned_with"])
    documents = files[f"{name}/document.md"], files[f"{name}/text.md"]
    again = made.text.encode("utf-8", "surrogatepass"), made.comparable.encode("utf-8", "surrogatepass")
    return documents == again


def _redline(files: dict[str, bytes], facts: dict[str, Any]) -> bool:
    old, new = (files[f"{name}/text.md"].decode("utf-8", "surrogatepass") for name in ("old", "new"))
    return files[REDLINE] == redline_of(facts, old, new).encode("utf-8", "surrogatepass")


def _said(files: dict[str, bytes], facts: dict[str, Any]) -> bool:
    said = files[STATEMENT], files[CITATIONS]
    return said == (statement(facts).encode(), citations(facts).encode())


def _holds(what: str, test: Callable[[], bool]) -> Verdict:
    try:
        return Verdict(what, test())
    except (HarvesterError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verdict(what, False, str(error))
