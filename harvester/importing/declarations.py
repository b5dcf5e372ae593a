"""Declarations of Open Terms Archive as entries of a catalogue: which pages a document was, when, and what of them.

``declarations/<service>.json`` says where each of its terms is now and by which selectors, or of which pages they are
combined; ``<service>.history.json`` says it of before, each time up to a ``validUntil``. Filters are programs, and are
not run.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harvester.catalogue.document_types import TYPES, document_name, open_terms_name
from harvester.catalogue.entries import ServiceEntry
from harvester.dates import parse_iso
from harvester.importing.published import Skipped, slug
from harvester.settings import first_reason

_BY_THEIR_NAME = {open_terms_name(one): one for one in TYPES.values()}
_SECOND = timedelta(seconds=1)
RANGE_KEYS = {
    "startBefore": "start_before",
    "startAfter": "start_after",
    "endBefore": "end_before",
    "endAfter": "end_after",
}
"""The keys of their ranges, and ours."""
_Span = tuple[datetime | None, datetime | None]


class _Unusable(Exception):
    """A declaration that no entry can be made of; why."""


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
                name = document_name(ours, type_)
                try:
                    yield ServiceEntry.model_validate({"name": name, **_pages(terms_now, (before or {}).get(kind))})
                except ValidationError as error:
                    yield Skipped(f"{file.name}: {kind}", f"it cannot be used: {first_reason(error)}")
                except _Unusable as error:
                    yield Skipped(f"{file.name}: {kind}", str(error))


def _pages(now: Any, before: Any) -> dict[str, Any]:
    """Return the sources of an entry, or the pages of which it is combined, with their days and selectors."""
    earlier = [one for one in before if isinstance(one, dict)] if isinstance(before, list) else []
    try:
        dated = sorted(
            ((parse_iso(str(one["validUntil"])), one) for one in earlier if one.get("validUntil")), key=_first
        )
    except (ValueError, TypeError):
        raise _Unusable("a validUntil of its history is not a time") from None
    pages: list[dict[str, Any]] = []
    since: datetime | None = None
    is_combined = False
    for moment, one in [*dated, (None, _mapping(now))]:
        # A catalogue has days: a declaration holds to the end of the last one.
        until = moment.replace(hour=23, minute=59, second=59, microsecond=0) if moment else None
        if since and until and until < since:
            continue
        parts = one.get("combine")
        is_combined = is_combined or isinstance(parts, list)
        of_then = [{**one, **_mapping(part)} for part in (parts if isinstance(parts, list) else [one])]
        place = -1
        for part in of_then:
            # Pages of before come first, as in time; those that go on are placed among the new ones.
            while place + 1 < len(pages) and all(pages[place + 1]["url"] != other.get("fetch") for other in of_then):
                place += 1
            place = _add(pages, part, (since, until), place)
        since = until + _SECOND if until else None
    whole = [_with_one_extract(page) for page in pages]
    return {"combine" if is_combined and len(whole) > 1 else "sources": whole}


def _first(pair: tuple[datetime, Any]) -> datetime:
    return pair[0]


def _add(pages: list[dict[str, Any]], one: Mapping[str, Any], span: _Span, behind: int) -> int:
    """Add a page for a span of time behind the place of another, and return its place.

    If it was there up to then, and behind that other, it continues, by the same selectors or by others.
    """
    url = one.get("fetch")
    if not isinstance(url, str):
        raise _Unusable("it names no address")
    days = {key: when for key, when in zip(("from", "to"), span, strict=True) if when}
    # The whole page is no selection: of it the article is taken, as of every other page.
    is_whole = one.get("select") in (None, "body", ["body"]) and not one.get("remove")
    extract = [] if is_whole else [{**_selectors(one), **days}]
    ended = span[0] - _SECOND if span[0] else None
    going_on = (place for place, page in enumerate(pages) if ended and page["url"] == url and page.get("to") == ended)
    place = next((place for place in going_on if place > behind), None)
    if place is None:
        pages.insert(behind + 1, {"url": url, **days, "extract": extract})
        return behind + 1
    page = pages[place]
    _end(page, span[1])
    last = page["extract"][-1] if page["extract"] else None
    if last and extract and last.get("to") == ended and _without_days(last) == _without_days(extract[0]):
        _end(last, span[1])
    else:
        page["extract"] += extract
    return place


def _end(dated: dict[str, Any], until: datetime | None) -> None:
    dated.pop("to", None)
    dated.update({"to": until} if until else {})


def _selectors(one: Mapping[str, Any]) -> dict[str, Any]:
    found = {"select": _ours(one.get("select") or "body")}
    return found | ({"remove": _ours(one["remove"])} if one.get("remove") else {})


def _ours(value: Any) -> Any:
    """Return selectors and ranges in our words."""
    several = value if isinstance(value, list) else [value]
    return [
        {RANGE_KEYS.get(key, key): text for key, text in one.items()} if isinstance(one, dict) else one
        for one in several
    ]


def _without_days(extract: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in extract.items() if key not in ("from", "to")}


def _with_one_extract(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page whose extract, if it is the only one and holds as long as the page, says no days of its own."""
    extracts: Sequence[dict[str, Any]] = page["extract"]
    if len(extracts) == 1 and all(extracts[0].get(key) == page.get(key) for key in ("from", "to")):
        extracts = [_without_days(extracts[0])]
    return {**page, "extract": extracts}


def _read(file: Path) -> dict[str, Any] | None:
    try:
        return _mapping(json.loads(file.read_bytes()))
    except (OSError, ValueError):
        return None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
