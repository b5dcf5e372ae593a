"""Declarations of Open Terms Archive as entries of a catalogue: which documents of a service were where, and when.

``declarations/<service>.json`` says where each of its terms is now, ``<service>.history.json`` where it was before,
each address up to a ``validUntil``. What they say of selectors and filters is not used: our extraction finds the text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harvester.catalogue import ServiceEntry, SourceEntry
from harvester.dates import parse_iso
from harvester.document_types import TYPES, document_name, open_terms_name
from harvester.importing.published import Skipped, slug
from harvester.settings import first_reason

_BY_THEIR_NAME = {open_terms_name(one): one for one in TYPES.values()}
_SECOND = timedelta(seconds=1)


def declared(
    folder: Path, types: Collection[str] = (), names: Mapping[str, str] | None = None, *, only_named: bool = False
) -> Iterator[ServiceEntry | Skipped]:
    """Yield an entry for each declared document, by service; `types`, `names` and `only_named` as for `ota_files`."""
    names = names or {}
    taken: dict[str, str] = {}
    for file in sorted(folder.glob("*.json")):
        theirs = file.stem
        if theirs.endswith((".history", ".filters")) or (only_named and theirs not in names):
            continue
        ours = names.get(theirs) or slug(theirs)
        if not ours or taken.setdefault(ours, theirs) != theirs:
            yield Skipped(file.name, "its name is not a valid service name, or is taken: rename it with --service")
            continue
        terms, before = _read(file), _read(file.with_suffix(".history.json"))
        if terms is None:
            yield Skipped(file.name, "not a declaration in JSON")
            continue
        for kind, terms_now in _mapping(terms.get("terms")).items():
            type_ = _BY_THEIR_NAME.get(kind)
            if type_ is None:
                yield Skipped(f"{file.name}: {kind}", "its type of terms is not known")
            elif not types or type_ in types:
                yield _entry(f"{file.name}: {kind}", document_name(ours, type_), terms_now, (before or {}).get(kind))


def _entry(path: str, name: str, now: Any, before: Any) -> ServiceEntry | Skipped:
    earlier = [one for one in before if isinstance(one, dict)] if isinstance(before, list) else []
    sources: list[SourceEntry] = []
    since: datetime | None = None
    try:
        dated = sorted((parse_iso(str(one["validUntil"])), one) for one in earlier if one.get("validUntil"))
    except (ValueError, TypeError):
        return Skipped(path, "a validUntil of its history is not a time")
    for moment, one in [*dated, (None, _mapping(now))]:
        # A catalogue has days: an address holds to the end of the last one.
        until = moment.replace(hour=23, minute=59, second=59, microsecond=0) if moment else None
        if since and until and until < since:
            continue
        url = one.get("fetch")
        if "combine" in one or not isinstance(url, str):
            return Skipped(path, "it is combined from several pages, or names no address")
        try:
            if sources and sources[-1].url == url:
                sources[-1] = sources[-1].model_copy(update={"until": until})
            else:
                span = {key: when for key, when in (("from", since), ("to", until)) if when}
                sources.append(SourceEntry.model_validate({"url": url, **span}))
        except ValidationError as error:
            return Skipped(path, f"its address cannot be used: {first_reason(error)}")
        since = until + _SECOND if until else None
    try:
        return ServiceEntry(name=name, sources=tuple(sources))
    except ValidationError as error:
        return Skipped(path, first_reason(error))


def _read(file: Path) -> dict[str, Any] | None:
    try:
        return _mapping(json.loads(file.read_bytes()))
    except (OSError, ValueError):
        return None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
