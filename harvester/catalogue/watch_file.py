"""Watches in ``harvester.toml``: as they are by now, and edited by programs, which lose no comment and no edit.

Each edit is made on the text of the file, read again and compared with what it was to do, under the lock of
`harvester.catalogue.toml_edits`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harvester.catalogue.toml_edits import (
    EditedByAnother,
    appended,
    by_hand,
    comment_of,
    edited,
    end_of_value,
    explained,
    string,
    toml_of,
    with_ends_of,
    without_trailing_comments,
)
from harvester.environment import read_toml
from harvester.errors import ConfigurationError
from harvester.settings import Settings, WatchSettings, first_reason

FILE = "harvester.toml"
_HEADER = re.compile(r"\ufeff?\s*\[")
_KEY = re.compile(r"\s*[\"']?(\w+)[\"']?\s*=")


class WatchExists(ConfigurationError):
    """The file has a watch of this name."""


def append_watch(file: Path, name: str, watch: WatchSettings) -> None:
    """Append ``[watch.NAME]`` to a file, which is made where there is none.

    Raises `WatchExists`, or `ConfigurationError` when the file would not be understood with it.
    """
    section = as_toml(name, watch)

    def added(text: str) -> str:
        written = toml_of(file, text)
        if name in written.get("watch", {}):
            raise WatchExists(f"{file}: already has the watch {name}; choose another name")
        try:
            after = appended(text, section)
            if toml_of(file, after) == _with(written, name, _given(watch)):
                return after
        except ConfigurationError:
            pass
        raise ConfigurationError(f"{file}: [watch.{name}] cannot be appended; write it by hand:\n{section}")

    _edit(file, added)


def replace_watch(file: Path, name: str, watch: WatchSettings, was: WatchSettings) -> None:
    """Replace the rule of a watch, of which the keys that stay as they are keep their lines.

    Raises `EditedByAnother` unless the file has it as it `was`.
    """

    def replaced(text: str) -> str:
        written = _unless_edited(file, text, name, was)
        lines, start, end = _section(file, text, name)
        body = _body(lines[start + 1 : end], written["watch"][name], watch)
        after = "".join([*lines[:start], with_ends_of(text, _ended(lines[start])), *body, *lines[end:]])
        found = toml_of(file, after)
        if _without(found, name) != _without(written, name) or _read(file, name, found["watch"][name]) != watch:
            raise by_hand(file, f"[watch.{name}]")
        return after

    _edit(file, replaced)


def remove_watch(file: Path, name: str, was: WatchSettings) -> None:
    """Take a watch out of a file; raise `EditedByAnother` unless it has it as it `was`, and no target names it."""

    def removed(text: str) -> str:
        written = _unless_edited(file, text, name, was)
        for target, one in written.get("notify", {}).items():
            if name in one.get("watches", ()):
                raise ConfigurationError(f"{file}: [notify.{target}] sends what {name} finds; take it out there first")
        lines, start, end = _section(file, text, name)
        if start and not lines[start - 1].strip():
            start -= 1
        after = "".join([*lines[:start], *lines[end:]])
        if toml_of(file, after).get("watch", {}) != _without(written, name)["watch"]:
            raise by_hand(file, f"[watch.{name}]")
        return after

    _edit(file, removed)


def as_toml(name: str, watch: WatchSettings) -> str:
    """Return a watch as a section of ``harvester.toml``, without what has its default."""
    return "".join([f"[watch.{name}]\n", *(_line(key, value) for key, value in _given(watch).items())])


class PresentWatches:
    """The settings, with the watches that their file has by now: read again when the file is another.

    Watches that came from elsewhere stay. A file that cannot be used changes nothing, and `problem` says why.
    """

    def __init__(self, settings: Settings) -> None:
        self._file = settings.config / FILE
        self._stamp = self._look()
        self._now, self.problem = settings, ""
        try:
            written = _watches(self._file, _content(self._file))
        except ConfigurationError:
            written = dict(settings.watch)
        self._elsewhere = {name: one for name, one in settings.watch.items() if written.get(name) != one}

    def now(self) -> Settings:
        """Return the settings as they are now."""
        stamp = self._look()
        if stamp != self._stamp:
            try:
                present = _watches(self._file, _content(self._file)) | self._elsewhere
                missing = {one for target in self._now.notify.values() for one in target.watches} - present.keys()
                if missing:
                    raise ConfigurationError(
                        f"{self._file}: targets of notices need [watch.{min(missing)}]; restore it"
                    )
            except ConfigurationError as error:
                self.problem = str(error)
            else:
                self._now, self.problem = self._now.model_copy(update={"watch": present}), ""
            self._stamp = stamp
        return self._now

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _content(file: Path) -> dict[str, Any]:
    return read_toml(file) if file.exists() else {}


def _watches(file: Path, written: dict[str, Any]) -> dict[str, WatchSettings]:
    return {name: _read(file, name, one) for name, one in written.get("watch", {}).items()}


def _read(file: Path, name: str, written: Any) -> WatchSettings:
    try:
        return WatchSettings.model_validate(written)
    except ValidationError as error:
        raise ConfigurationError(f"{file}: [watch.{name}] {first_reason(error)}; correct it by hand") from error


def _edit(file: Path, altered: Any) -> None:
    with explained(file):
        edited(file, altered, read_toml)


def _unless_edited(file: Path, text: str, name: str, was: WatchSettings) -> dict[str, Any]:
    """Return the content of a file that has a watch as it was; raise `EditedByAnother` otherwise."""
    written = toml_of(file, text)
    if name not in written.get("watch", {}):
        raise EditedByAnother(f"the watch {name} was removed meanwhile; add it again if you want it")
    if _read(file, name, written["watch"][name]) != was:
        raise EditedByAnother(f"the watch {name} was edited meanwhile; look at how it is now, then repeat yours")
    return written


def _section(file: Path, text: str, name: str) -> tuple[list[str], int, int]:
    """Return the lines of a file, and the header and the end of the section of a watch."""
    lines = text.splitlines(keepends=True)
    header = re.compile(rf"\ufeff?\s*\[\s*watch\s*\.\s*[\"']?{re.escape(name)}[\"']?\s*\]\s*(#.*)?$")
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        raise by_hand(file, f"[watch.{name}]")
    number = start + 1
    while number < len(lines) and not _HEADER.match(lines[number]):
        number = end_of_value(lines, number, len(lines)) if _KEY.match(lines[number]) else number + 1
    return lines, start, without_trailing_comments(lines, start, number)


def _body(lines: Sequence[str], written: dict[str, Any], watch: WatchSettings) -> list[str]:
    """Return the lines of a section with the keys of a watch: comments stay, and so do keys that are as they were."""
    full, given = watch.model_dump(mode="json"), _given(watch)
    result: list[str] = []
    number = 0
    while number < len(lines):
        found = _KEY.match(lines[number])
        if found is None:
            result.append(lines[number])
            number += 1
            continue
        key, after = found[1], end_of_value(lines, number, len(lines))
        span = lines[number:after]
        if written[key] == full[key]:
            result += [_ended(line) for line in span]
        else:
            comments = [one for line in span if (one := comment_of(line))]
            if key in given and len(comments) == 1 and len(span) == 1:
                result.append(_line(key, given[key]).rstrip("\n") + f"  {comments[0]}\n")
            else:
                result += [f"{one}\n" for one in comments] + ([_line(key, given[key])] if key in given else [])
        given.pop(key, None)
        number = after
    return [*result, *(_line(key, value) for key, value in given.items())]


def _line(key: str, value: Any) -> str:
    return f"{key} = {string(value) if isinstance(value, str) else '[' + ', '.join(map(string, value)) + ']'}\n"


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n"


def _given(watch: WatchSettings) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(watch.model_dump_json(exclude_defaults=True))
    return found


def _with(written: dict[str, Any], name: str, watch: dict[str, Any]) -> dict[str, Any]:
    return {**written, "watch": {**written.get("watch", {}), name: watch}}


def _without(written: dict[str, Any], name: str) -> dict[str, Any]:
    return {**written, "watch": {key: one for key, one in written.get("watch", {}).items() if key != name}}
