"""Documents of the catalogue as declarations of Open Terms Archive: what holds now, and in a history what held before.

What they cannot say is left out: from when on the first address held, and that a document was nowhere. Where the
article is the document, `select` is ``body``, which `import ota` reads as that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from harvester.catalogue.document_types import open_terms_name
from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.selection import BEGINNING, END, Part, Range
from harvester.catalogue.watched_pages import SourceEntry
from harvester.dates import iso

_SECOND = timedelta(seconds=1)
_KEYS = {"start_before": "startBefore", "start_after": "startAfter", "end_before": "endBefore", "end_after": "endAfter"}


def declarations(entries: Iterable[ServiceEntry]) -> dict[str, bytes]:
    """Return the files of a folder of declarations by name; documents without an address are in none."""
    now: dict[str, dict[str, Any]] = {}
    before: dict[str, dict[str, Any]] = {}
    for entry in entries:
        held = _held(entry)
        if not held:
            continue
        kind = open_terms_name(entry.type)
        now.setdefault(entry.service, {})[kind] = held[-1][1]
        if earlier := [{**said, "validUntil": iso(until)} for until, said in held[:-1]]:
            before.setdefault(entry.service, {})[kind] = earlier
    files = {f"{name}.json": _json({"name": name, "terms": terms}) for name, terms in now.items()}
    return files | {f"{name}.history.json": _json(kinds) for name, kinds in before.items()}


def _held(entry: ServiceEntry) -> list[tuple[datetime, dict[str, Any]]]:
    """Return what was declared up to each instant, oldest first; the last one holds."""
    dated = [*entry.sources, *entry.extract, *(extract for one in entry.sources for extract in one.extract)]
    ends = {one.until for one in dated if one.until} | {one.since - _SECOND for one in dated if one.since} | {END}
    held: list[tuple[datetime, dict[str, Any]]] = []
    start = BEGINNING
    for end in sorted(ends):
        pages = [one for one in entry.sources if (one.since or BEGINNING) <= start and end <= (one.until or END)]
        start = end if end == END else end + _SECOND
        if not pages:
            continue
        said = _said(entry, pages, end)
        if held and held[-1][1] == said:
            held.pop()
        held.append((end, said))
    return held


def _said(entry: ServiceEntry, pages: Sequence[SourceEntry], moment: datetime) -> dict[str, Any]:
    each = [_page(entry, page, moment) for page in pages]
    # Of several addresses of one time, which are not combined, they know one.
    return {"combine": each} if entry.combine and len(each) > 1 else each[0]


def _page(entry: ServiceEntry, page: SourceEntry, moment: datetime) -> dict[str, Any]:
    found = entry.selections.at(page.url, moment)
    if found is None:
        return {"fetch": page.url, "select": "body"}
    parts = {"select": found.select, "remove": found.remove}
    return {"fetch": page.url, **{key: list(map(_part, some)) for key, some in parts.items() if some}}


def _part(part: Part) -> str | dict[str, str]:
    return {_KEYS[key]: value for key, value in part.as_dict().items()} if isinstance(part, Range) else part


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
