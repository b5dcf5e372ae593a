"""``harvester evidence check``: a package read again without the store, and what of it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.archive.local.records import records
from harvester.archive.local.rows import Row, content_at, row_of
from harvester.cleaner import CLEANER_VERSION, clean
from harvester.errors import ConfigurationError, HarvesterError
from harvester.exporting.evidence.facts import FORMAT
from harvester.exporting.evidence.package import (
    CITATIONS,
    FACTS,
    MANIFEST,
    REDLINE,
    SEAL,
    STATEMENT,
    WARC,
    redline_of,
    sha256,
)
from harvester.exporting.evidence.statement import citations, statement

_BODY_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was checked. `holds` is None where this harvester cannot tell."""

    what: str
    holds: bool | None
    why: str = ""


def check(folder: Path) -> list[Verdict]:
    """Return what of a package holds; `ConfigurationError` if the folder is no package."""
    if not (folder / MANIFEST).is_file():
        raise ConfigurationError(f"evidence check: {folder} has no {MANIFEST}; name a folder that `evidence` wrote")
    return [*_files(folder), *_contents(folder)]


def _files(folder: Path) -> Iterator[Verdict]:
    """Check the manifest and every file against it."""
    manifest = (folder / MANIFEST).read_bytes()
    seal = folder / SEAL
    sealed = seal.is_file() and seal.read_bytes() == f"{sha256(manifest)}  {MANIFEST}\n".encode()
    yield Verdict(f"{SEAL} is that of {MANIFEST}", sealed)
    try:
        listed = {str(name): str(one["sha256"]) for name, one in json.loads(manifest)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Verdict(f"{MANIFEST} is a manifest", False, str(error))
        return
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir()} - {MANIFEST, SEAL}
    for name in sorted(listed.keys() | there):
        if name not in listed:
            yield Verdict(f"{name} is in the manifest", False, "it was added later")
        elif name not in there:
            yield Verdict(f"{name} is there", False)
        else:
            same = sha256((folder / name).read_bytes()) == listed[name]
            yield Verdict(f"{name} is unaltered", same, "" if same else "its SHA-256 is not that of the manifest")


def _contents(folder: Path) -> Iterator[Verdict]:
    """Check the files against each other, making them again from the captures."""
    try:
        facts = json.loads((folder / FACTS).read_bytes())
        if facts["format"] != FORMAT:
            yield Verdict("the package is of a known form", None, f"it is {facts['format']!r:.60}")
            return
        sides = {name: facts[name] for name in ("old", "new") if facts[name] is not None}
        yield _holds("statement and citations say what the facts say", lambda: _said(folder, facts))
        yield from _captures(folder, sides)
        if len(sides) == 2:
            yield _holds("the redline follows from the texts", lambda: _redline(folder, facts))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield Verdict(f"{FACTS} has the facts", False, str(error))


def _captures(folder: Path, sides: dict[str, Any]) -> Iterator[Verdict]:
    rows: list[Row] = []
    broken: list[str] = []
    for one in records(ArchiveFile(folder / WARC)):
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
            test = partial(_text, folder, name, side, body)
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


def _text(folder: Path, name: str, side: dict[str, Any], body: bytes) -> bool:
    made = clean(body, **side["cleaned_with"])
    documents = (folder / name / "document.md").read_bytes(), (folder / name / "text.md").read_bytes()
    again = made.text.encode("utf-8", "surrogatepass"), made.comparable.encode("utf-8", "surrogatepass")
    return documents == again


def _redline(folder: Path, facts: dict[str, Any]) -> bool:
    old, new = ((folder / name / "text.md").read_bytes().decode("utf-8", "surrogatepass") for name in ("old", "new"))
    return (folder / REDLINE).read_bytes() == redline_of(facts, old, new).encode("utf-8", "surrogatepass")


def _said(folder: Path, facts: dict[str, Any]) -> bool:
    said = (folder / STATEMENT).read_bytes(), (folder / CITATIONS).read_bytes()
    return said == (statement(facts).encode(), citations(facts).encode())


def _holds(what: str, test: Callable[[], bool]) -> Verdict:
    try:
        return Verdict(what, test())
    except (HarvesterError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verdict(what, False, str(error))
