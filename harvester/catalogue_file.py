"""Edits of ``services.toml`` by programs: only the lines of the service concerned change, comments stay.

Each edit is made on the text, checked whole as a catalogue, compared with what it was to do, and put in place at once,
under a lock that all programs take. An edit that a person made meanwhile is read again, not overwritten.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from harvester.catalogue import ServiceEntry, SourceEntry, load_catalogue
from harvester.errors import ConfigurationError, UnknownName
from harvester.files import replacing

_HEADER = re.compile(r"\ufeff?\s*\[\[\s*service\s*\]\]")
_NOTHING = re.compile(r"\s*(#.*)?$")
FIRST_LINES = "# Services to watch: one [[service]] for each; docs/configuration.md lists the keys.\n"


class AlreadyListed(ConfigurationError):
    """The catalogue has a service of this name."""


def add(file: Path, entry: ServiceEntry) -> None:
    """Append a service to a catalogue, which is made where there is none; raises `AlreadyListed`."""
    with _explained(file):
        append(file, _toml(entry), entry.name)


def add_missing(file: Path, entries: Sequence[ServiceEntry]) -> None:
    """Append the services that a catalogue does not have in one edit, since each edit checks the whole file."""

    def appended(text: str) -> str:
        names = {one["name"] for one in _services(file, text)}
        return _with(text, "\n".join(_toml(entry) for entry in entries if entry.name not in names))

    if entries:
        with _explained(file):
            edit(file, appended)


def append(file: Path, entry: str, name: str) -> ServiceEntry:
    """Append a ``[[service]]`` entry, written in TOML, and return it as read.

    Raises `AlreadyListed`, `ConfigurationError` when the catalogue would not be understood, and OSError when it cannot
    be written.
    """

    def appended(text: str) -> str:
        if name in (one["name"] for one in _services(file, text)):
            raise AlreadyListed(f"{file}: already has the service {name}")
        return _with(text, entry)

    return next(one for one in edit(file, appended) if one.name == name)


def _with(text: str, entry: str) -> str:
    """Return the text of a catalogue with entries at its end, which have its line ends."""
    text = text or FIRST_LINES
    if not entry:
        return text
    if not text.endswith("\n"):
        text += "\n"
    added = f"{entry}" if text.endswith("\n\n") else f"\n{entry}"
    return text + (added.replace("\n", "\r\n") if "\r\n" in text else added)


def remove(file: Path, name: str) -> None:
    """Take a service out of a catalogue; `UnknownName` if it is not in it."""

    def removed(text: str) -> str:
        lines, start, end = _block(file, text, name)
        after = "".join([*lines[:start], *lines[end:]])
        _check(file, name, after, [one for one in _services(file, text) if one["name"] != name])
        return after

    with _explained(file):
        edit(file, removed)


def rename(file: Path, old: str, new: str) -> None:
    """Give a service of a catalogue another name; `UnknownName` if it is not in it."""

    def renamed(text: str) -> str:
        if any(one["name"] == new for one in _services(file, text)):
            raise ConfigurationError(f"{file}: already has the service {new}; choose another name")
        lines, start, end = _block(file, text, old)
        for number in range(start, end):
            if found := re.match(r"(\s*name\s*=\s*)(\"[^\"]*\"|'[^']*')(.*)", lines[number], re.DOTALL):
                lines[number] = f"{found[1]}{json.dumps(new)}{found[3]}"
                break
        after = "".join(lines)
        _check(file, old, after, [one | {"name": new} if one["name"] == old else one for one in _services(file, text)])
        return after

    with _explained(file):
        edit(file, renamed)


def set_sources(
    file: Path, name: str, sources: Sequence[SourceEntry], was: Sequence[SourceEntry] | None = None
) -> None:
    """Replace the sources of a service of a catalogue; `UnknownName` if it is not in it.

    `was` are the sources that the person saw: raises `EditedByAnother` if others are there by now. Comments among the
    sources are kept, before them.
    """

    def replaced(text: str) -> str:
        before = _services(file, text)
        entry = next((one for one in before if one["name"] == name), {})
        if was is not None and [SourceEntry.model_validate(one) for one in entry.get("sources", [])] != list(was):
            raise EditedByAnother(f"the sources of {name} were edited meanwhile; they are shown as they are now")
        lines, start, end = _block(file, text, name)
        first, after = _span_of_sources(lines, start, end)
        kept = [f"{comment}\n" for line in lines[first:after] if (comment := _comment_of(line))]
        new = [*kept, *_sources_toml(sources)]
        if "\r\n" in text:
            new = [line.replace("\n", "\r\n") for line in new]
        result = "".join([*lines[:first], *new, *lines[after:]])
        altered = {key: value for key, value in entry.items() if key != "sources"}
        found = next(one for one in _services(file, result) if one["name"] == name)
        if [SourceEntry.model_validate(one) for one in found.pop("sources", [])] != list(sources) or found != altered:
            raise ConfigurationError(f"{file}: {name} cannot be edited by a program; edit the file by hand")
        return result

    with _explained(file):
        edit(file, replaced)


def _span_of_sources(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the lines of a service's ``sources``: the first and the one after; where they are to come if it has
    none.
    """
    for first in range(start, end):
        if re.match(r"\s*sources\s*=", lines[first]):
            for after in range(first + 1, end + 1):
                with suppress(tomllib.TOMLDecodeError):
                    tomllib.loads("".join(lines[first:after]))
                    return first, after
    named = next(number for number in range(start, end) if re.match(r"\s*name\s*=", lines[number]))
    return named + 1, named + 1


def _comment_of(line: str) -> str:
    """Return the comment at the end of a line of an array, empty if it has none; a ``#`` in a string begins none."""
    for place in (number for number, sign in enumerate(line) if sign == "#"):
        before = line[:place].replace('\\"', "")
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return line[place:].rstrip()
    return ""


def _sources_toml(sources: Sequence[SourceEntry]) -> list[str]:
    if not sources:
        return []
    return ["sources = [\n", *(f"    {_source_toml(source)},\n" for source in sources), "]\n"]


def _source_toml(source: SourceEntry) -> str:
    facts = [f"url = {_string(source.url)}"]
    facts += [f"{key} = {when:%Y-%m-%d}" for key, when in (("from", source.since), ("to", source.until)) if when]
    return "{ " + ", ".join(facts) + " }"


def edit(file: Path, altered: Callable[[str], str]) -> tuple[ServiceEntry, ...]:
    """Replace a catalogue by what `altered` makes of its text; return its services. It is refused whole, or kept.

    Raises what `altered` raises, `ConfigurationError` when the result is not understood, OSError when it cannot be
    written.
    """
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    with _locked(file.parent):
        while True:
            before = _bytes(file)
            try:
                text = before.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ConfigurationError(f"{file} is not UTF-8: {error}; save it as UTF-8") from error
            with suppress(_EditedMeanwhile), replacing(file) as draft:
                draft.write_bytes(altered(text).encode("utf-8"))
                if not file.exists():
                    draft.chmod(0o644)
                try:
                    services = load_catalogue(draft)
                except ConfigurationError as error:
                    raise ConfigurationError(str(error).replace(str(draft), str(file))) from error
                if _bytes(file) != before:
                    raise _EditedMeanwhile
                return services


class EditedByAnother(ConfigurationError):
    """What a person was to replace is not what that person saw."""


class _EditedMeanwhile(Exception):
    """Somebody saved the file between our reading and our writing of it."""


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}; edit it by hand") from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock on a folder's catalogue, which leaves no file behind."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _services(file: Path, text: str) -> list[dict[str, Any]]:
    try:
        return list(tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")).get("service", []))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: not TOML: {error}; correct it by hand, nothing was changed") from error


def _block(file: Path, text: str, name: str) -> tuple[list[str], int, int]:
    """Return the lines of a catalogue, and the first and the end of those of a service: comments after it stay out."""
    names = [one["name"] for one in _services(file, text)]
    if name not in names:
        raise UnknownName(f"{file}: has no service {name!r}; `harvester services` lists them")
    lines = text.splitlines(keepends=True)
    headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if len(headers) != len(names):
        raise ConfigurationError(f"{file}: {name} cannot be edited by a program; edit the file by hand")
    place = names.index(name)
    start = headers[place]
    end = headers[place + 1] if place + 1 < len(headers) else len(lines)
    while end > start + 1 and _NOTHING.match(lines[end - 1].rstrip("\r\n")):
        end -= 1
    return lines, start, end


def _check(file: Path, name: str, after: str, wanted: list[dict[str, Any]]) -> None:
    if _services(file, after) != wanted:
        raise ConfigurationError(f"{file}: {name} cannot be edited by a program; edit the file by hand")


def _toml(entry: ServiceEntry) -> str:
    lines = ["[[service]]", f"name = {_string(entry.name)}"]
    if entry.sources:
        urls = ", ".join(f"{{ url = {_string(source.url)} }}" for source in entry.sources)
        lines.append(f"sources = [{urls}]")
    if entry.sample:
        lines.append(f"sample = {_string(entry.sample)}")
    return "".join(f"{line}\n" for line in lines)


def _string(text: str) -> str:
    """Return a TOML basic string: JSON's escapes are among TOML's, except DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
