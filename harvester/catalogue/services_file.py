"""Edits of ``services.toml`` by programs: only the lines of the service concerned change, comments stay.

Each edit is made on the text, checked whole as a catalogue, compared with what it was to do, and put in place at once,
under a lock that all programs take. An edit that a person made meanwhile is read again, not overwritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name, type_named, usual_name
from harvester.catalogue.entries import ServiceEntry, SourceEntry, entries_of, load_catalogue, refuse_orphans
from harvester.catalogue.entry_toml import as_extracted, document_table, service_table, source_lines
from harvester.catalogue.toml_edits import (
    EditedByAnother,
    appended,
    by_hand,
    comment_of,
    edited,
    end_of_value,
    ended,
    explained,
    toml_of,
    with_ends_of,
    without_trailing_comments,
)
from harvester.errors import ConfigurationError, UnknownName
from harvester.settings import TargetSettings, first_reason

_HEADER = re.compile(r"\ufeff?\s*\[\[\s*service\s*\]\]")
_DOCUMENT = re.compile(r"\s*\[\[\s*service\s*\.\s*document\s*\]\]")
Targets = Mapping[str, TargetSettings] | None
FIRST_LINES = (
    "# Services to watch: one [[service]] for each; docs/configuration.md lists the keys,\n"
    "# docs/documents.md shows parts of pages (extract) and several pages in one document (combine).\n"
)


class AlreadyListed(ConfigurationError):
    """The catalogue has a document of this name."""


def add(file: Path, entry: ServiceEntry) -> None:
    """Enter a document into a catalogue, which is made where there is none; raises `AlreadyListed`."""

    def added(text: str) -> str:
        if entry.name in _names(file, text):
            raise AlreadyListed(f"{file} already has the service {entry.name}")
        return _entered(file, text, [entry])

    with explained(file):
        edit(file, added)


def add_missing(file: Path, entries: Sequence[ServiceEntry]) -> None:
    """Enter the documents that a catalogue does not have in one edit, since each edit checks the whole file."""

    def entered(text: str) -> str:
        names = _names(file, text)
        return _entered(file, text, [entry for entry in entries if entry.name not in names])

    if entries:
        with explained(file):
            edit(file, entered)


def append(file: Path, entry: str, name: str) -> ServiceEntry:
    """Append a ``[[service]]`` entry, written in TOML, and return it as read.

    Raises `AlreadyListed`, `ConfigurationError` when the catalogue would not be understood, and OSError when it cannot
    be written.
    """

    def entered(text: str) -> str:
        if name in _names(file, text):
            raise AlreadyListed(f"{file} already has the service {name}")
        return _with(text, entry)

    return next(one for one in edit(file, entered) if one.name == name)


def _with(text: str, entry: str) -> str:
    """Return the text of a catalogue with entries at its end."""
    text = text or FIRST_LINES
    return appended(text, entry) if entry else text


def _entered(file: Path, text: str, entries: Iterable[ServiceEntry]) -> str:
    """Return the text of a catalogue with new documents: in the table of their service, or in a new one at the end."""
    new: list[ServiceEntry] = []
    listed = {one["name"] for one in _services(file, text)}
    for entry in entries:
        if entry.service in listed:
            text = _with_document(file, text, entry)
        else:
            new.append(entry)
    by_service: dict[str, list[ServiceEntry]] = {}
    for entry in new:
        by_service.setdefault(entry.service, []).append(entry)
    return _with(text, "\n".join(map(service_table, by_service.values())))


def _with_document(file: Path, text: str, entry: ServiceEntry) -> str:
    """Return the text of a catalogue in which the table of a service has one more document."""
    lines, _, end = _block(file, text, entry.service)
    table = next(one for one in _services(file, text) if one["name"] == entry.service)
    added = document_table(entry)
    if not table.get("sources") and not table.get("document"):
        # Its privacy policy is followed as before, which is no longer said by naming nothing.
        added = f"{document_table(ServiceEntry(name=entry.service))}\n{added}"
    added = f"\n{added}"
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    lines.insert(end, with_ends_of(text, added))
    after = "".join(lines)
    before = [one.name for one in _entries(file, text)]
    if sorted(_names(file, after)) != sorted([*before, entry.name]):
        raise by_hand(file, entry.service)
    return after


def remove(file: Path, name: str, targets: Targets = None) -> None:
    """Take a service with all its documents out of a catalogue, or one document; `UnknownName` if it is not in it,
    `ConfigurationError` if one of the `targets` of notices wants it.
    """
    service = split_name(name)[0]

    def removed(text: str) -> str:
        lines, start, end = _block(file, text, service)
        services = _services(file, text)
        table = next(one for one in services if one["name"] == service)
        if "/" not in name or (len(entries_of(table)) == 1 and name in _names(file, text)):
            after = "".join([*lines[:start], *lines[end:]])
            _check(file, service, after, [one for one in services if one["name"] != service])
            return after
        lines, first, last = _part(file, text, name)
        if not _DOCUMENT.match(lines[first]):
            raise by_hand(file, name)
        while first > start and not lines[first - 1].strip():
            first -= 1
        after = "".join([*lines[:first], *lines[last:]])
        before = _entries(file, text)
        if _entries(file, after) != [one for one in before if one.name != usual_name(name)]:
            raise by_hand(file, name)
        return after

    with explained(file):
        edit(file, removed, targets)


def rename(file: Path, old: str, new: str, targets: Targets = None) -> None:
    """Give a service of a catalogue another name; raises as `remove`.

    Its old name stays its domain, if a document of it is looked for there.
    """

    def renamed(text: str) -> str:
        if any(one["name"] == new for one in _services(file, text)):
            raise ConfigurationError(f"{file} already has the service {new}; choose another name")
        lines, start, end = _block(file, text, old)
        looked_for = any(one.service == old and not one.sources and not one.combine for one in _entries(file, text))
        table = next(one for one in _services(file, text) if one["name"] == old)
        facts = {"name": new} | ({"domain": old} if looked_for and "domain" not in table else {})
        for number in range(start, end):
            if found := re.match(r"(\s*name\s*=\s*)(\"[^\"]*\"|'[^']*')(.*)", lines[number], re.DOTALL):
                lines[number] = f"{found[1]}{json.dumps(new)}{found[3]}"
                if "domain" in facts:
                    lines[number] = ended(lines[number]) + with_ends_of(text, f"domain = {json.dumps(old)}\n")
                break
        after = "".join(lines)
        _check(file, old, after, [one | facts if one["name"] == old else one for one in _services(file, text)])
        return after

    with explained(file):
        edit(file, renamed, targets)


def set_sources(
    file: Path, name: str, sources: Sequence[SourceEntry], was: Sequence[SourceEntry] | None = None
) -> None:
    """Replace the sources of a document of a catalogue; `UnknownName` if it is not in it.

    Of a combined document they are its pages, in their order; one page alone is its source. `was` are the sources that
    the person saw: raises `EditedByAnother` if others are there by now. Comments among the sources are kept, before
    them.
    """

    def replaced(text: str) -> str:
        before = _entries(file, text)
        entry = next((one for one in before if one.name == name), None)
        if entry is not None and was is not None and _spans(entry.sources) != _spans(was):
            raise EditedByAnother(f"the sources of {name} were edited meanwhile; they are shown as they are now")
        lines, start, end = _part(file, text, name)
        first, after = _span_of_sources(lines, start, end)
        wanted_now = [as_extracted(one, entry.sources if entry else ()) for one in sources]
        kept = [f"{comment}\n" for line in lines[first:after] if (comment := comment_of(line))]
        pages = tuple(wanted_now) if entry and entry.combine and len(wanted_now) > 1 else ()
        new = [*kept, *source_lines(wanted_now, "combine" if pages else "sources")]
        result = "".join([*lines[:first], with_ends_of(text, "".join(new)), *lines[after:]])
        as_wanted = {"sources": tuple(wanted_now), "combine": pages}
        wanted = [one.model_copy(update=as_wanted) if one.name == name else one for one in before]
        if _entries(file, result) != wanted:
            raise by_hand(file, name)
        return result

    with explained(file):
        edit(file, replaced)


def _spans(sources: Iterable[SourceEntry]) -> list[tuple[Any, ...]]:
    return [(one.url, one.since, one.until) for one in sources]


def _part(file: Path, text: str, name: str) -> tuple[list[str], int, int]:
    """Return the lines of a catalogue, and the first and the end of those of a document: its own table, or its
    service's up to other documents.
    """
    service, type_ = split_name(name)
    lines, start, end = _block(file, text, service)
    table = next(one for one in _services(file, text) if one["name"] == service)
    types = [type_named(one["type"]) for one in table.get("document", [])]
    headers = [number for number in range(start, end) if _DOCUMENT.match(lines[number])]
    if len(headers) != len(types):
        raise by_hand(file, name)
    if type_ in types:
        place = types.index(type_)
        first, after = headers[place], [*headers, end][place + 1]
    elif type_ == PRIVACY_POLICY:
        first, after = start, [*headers, end][0]
    else:
        raise UnknownName(f"{file}: has no {name}; `harvester services` lists what there is")
    return lines, first, without_trailing_comments(lines, first, after)


def _span_of_sources(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the lines of ``sources`` or ``combine``: the first and the one after; where they are to come if none."""
    for first in range(start, end):
        if re.match(r"\s*(sources|combine)\s*=", lines[first]):
            return first, end_of_value(lines, first, end)
    named = next(number for number in range(start, end) if re.match(r"\s*(name|type)\s*=", lines[number]))
    return named + 1, named + 1


def edit(file: Path, altered: Callable[[str], str], targets: Targets = None) -> tuple[ServiceEntry, ...]:
    """Replace a catalogue by what `altered` makes of its text; return its services. It is refused whole, or kept.

    Raises what `altered` raises, `ConfigurationError` when the result is not understood or lacks what one of the
    `targets` of notices wants, OSError when it cannot be written.
    """

    def kept(text: str) -> str:
        after = altered(text)
        if targets:
            refuse_orphans(targets, _entries(file, text), _entries(file, after))
        return after

    return edited(file, kept, load_catalogue)


def _services(file: Path, text: str) -> list[dict[str, Any]]:
    return list(toml_of(file, text).get("service", []))


def _block(file: Path, text: str, name: str) -> tuple[list[str], int, int]:
    """Return the lines of a catalogue, and the first and the end of those of a service: comments after it stay out."""
    names = [one["name"] for one in _services(file, text)]
    if name not in names:
        raise UnknownName(f"{file} has no service {name!r}; `harvester services` lists them")
    lines = text.splitlines(keepends=True)
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if len(headers) != len(names):
        raise by_hand(file, name)
    place = names.index(name)
    start = headers[place]
    end = headers[place + 1] if place + 1 < len(headers) else len(lines)
    return lines, start, without_trailing_comments(lines, start, end)


def _check(file: Path, name: str, after: str, wanted: list[dict[str, Any]]) -> None:
    if _services(file, after) != wanted:
        raise by_hand(file, name)


def _entries(file: Path, text: str) -> list[ServiceEntry]:
    """Return the documents of a catalogue by its text."""
    try:
        return [entry for table in _services(file, text) for entry in entries_of(table)]
    except ValidationError as error:
        raise ConfigurationError(f"{file}: {first_reason(error)}; correct it by hand, nothing was changed") from error


def _names(file: Path, text: str) -> set[str]:
    """Return the names of the documents of a catalogue."""
    return {entry.name for entry in _entries(file, text)}
