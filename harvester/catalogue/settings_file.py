"""Sections of ``harvester.toml`` that programs edit: ``[watch.NAME]`` and ``[notify.NAME]``.

No comment and no edit is lost: each edit is made on the text of the file, read again and compared with what it was to
do, under the lock of `harvester.catalogue.toml_edits`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import SecretStr, ValidationError

from harvester.catalogue.toml_edits import (
    EditedByAnother,
    appended,
    by_hand,
    comment_of,
    edited,
    end_of_value,
    ended,
    explained,
    string,
    toml_of,
    with_ends_of,
    without_trailing_comments,
)
from harvester.environment import read_toml
from harvester.errors import ConfigurationError
from harvester.settings import Strict, TargetSettings, WatchSettings, first_reason

FILE = "harvester.toml"
_HEADER = re.compile(r"\ufeff?\s*\[")
_KEY = re.compile(r"\s*[\"']?(\w+)[\"']?\s*=")
_Section = TypeVar("_Section", bound=Strict)


@dataclass(frozen=True, slots=True)
class Sections(Generic[_Section]):
    """Sections of one table: its name in the file, what one is called in words, and what one holds."""

    table: str
    called: str
    model: type[_Section]

    def header(self, name: str) -> str:
        """Return the header of a section as errors and new sections have it."""
        return f"[{self.table}.{name}]"


WATCHES = Sections("watch", "watch", WatchSettings)
TARGETS = Sections("notify", "target", TargetSettings)


class SectionExists(ConfigurationError):
    """The file has a section of this name."""


def append_section(file: Path, of: Sections[_Section], name: str, section: _Section) -> None:
    """Append a section to a file, which is made where there is none.

    Raises `SectionExists`, or `ConfigurationError` when the file would not be understood with it.
    """

    def added(text: str) -> str:
        written = toml_of(file, text)
        if name in written.get(of.table, {}):
            raise SectionExists(f"{file}: already has the {of.called} {name}; choose another name")
        try:
            after = appended(text, _as_written(of, name, _given(section)))
            if toml_of(file, after) == _with(written, of, name, _given(section)):
                return after
        except ConfigurationError:
            pass
        by_hand_ = as_toml(of, name, section)
        raise ConfigurationError(f"{file}: {of.header(name)} cannot be appended; write it by hand:\n{by_hand_}")

    _edit(file, added)


def replace_section(
    file: Path,
    of: Sections[_Section],
    name: str,
    altered: Callable[[_Section], _Section],
    elsewhere: Mapping[str, Any] | None = None,
) -> None:
    """Replace a section by what `altered` makes of it; keys that stay as they are keep their lines.

    `altered` raises `EditedByAnother` when the section is not what it was to alter, as this does when it is gone.
    `elsewhere` are keys that environment variables set, which come before the file's: their lines stay.
    """
    elsewhere = elsewhere or {}

    def replaced(text: str) -> str:
        written = toml_of(file, text)
        raw = _there(of, written, name)
        wanted = altered(read_section(file, of, name, raw, elsewhere))
        lines, start, end = _lines_of(file, text, of, name)
        body = _body(lines[start + 1 : end], raw, wanted, elsewhere)
        after = "".join([*lines[:start], with_ends_of(text, ended(lines[start])), *body, *lines[end:]])
        found = toml_of(file, after)
        if _without(found, of, name) != _without(written, of, name) or (
            read_section(file, of, name, found[of.table][name], elsewhere) != wanted
        ):
            raise by_hand(file, of.header(name))
        return after

    _edit(file, replaced)


def remove_section(
    file: Path,
    of: Sections[_Section],
    name: str,
    check: Callable[[_Section], None],
    elsewhere: Mapping[str, Any] | None = None,
) -> None:
    """Take a section out of a file; `check` raises `EditedByAnother` when it is not the one meant.

    Raises `ConfigurationError` when it is a watch that a target of notices names.
    """

    def removed(text: str) -> str:
        written = toml_of(file, text)
        check(read_section(file, of, name, _there(of, written, name), elsewhere or {}))
        for target, one in written.get(TARGETS.table, {}).items():
            if of.table == WATCHES.table and name in one.get("watches", ()):
                raise ConfigurationError(f"{file}: [notify.{target}] sends what {name} finds; take it out there first")
        lines, start, end = _lines_of(file, text, of, name)
        if start and not lines[start - 1].strip():
            start -= 1
        after = "".join([*lines[:start], *lines[end:]])
        if toml_of(file, after).get(of.table, {}) != _without(written, of, name)[of.table]:
            raise by_hand(file, of.header(name))
        return after

    _edit(file, removed)


def has_section(file: Path, of: Sections[Any], name: str) -> bool:
    """Return whether a file has a section, which else is set by environment variables alone."""
    return file.exists() and name in read_toml(file).get(of.table, {})


def read_section(file: Path, of: Sections[_Section], name: str, written: Any, elsewhere: Mapping[str, Any]) -> _Section:
    """Return a section as a file has it, with the keys that are set elsewhere."""
    try:
        return of.model.model_validate({**written, **elsewhere} if isinstance(written, dict) else written)
    except ValidationError as error:
        raise ConfigurationError(f"{file}: {of.header(name)} {first_reason(error)}; correct it by hand") from error


def unless_edited(of: Sections[_Section], name: str, was: _Section) -> Callable[[_Section], None]:
    """Return what raises `EditedByAnother` for a section that is not as it `was`."""

    def check(now: _Section) -> None:
        if now != was:
            raise edited_meanwhile(of, name)

    return check


def edited_meanwhile(of: Sections[_Section], name: str) -> EditedByAnother:
    """Return the error for a section that somebody else edited."""
    return EditedByAnother(f"the {of.called} {name} was edited meanwhile; look at how it is now, then repeat yours")


def as_toml(of: Sections[_Section], name: str, section: _Section) -> str:
    """Return a section as ``harvester.toml`` has it, without what has its default and without what is secret."""
    hidden = {key for key in of.model.model_fields if isinstance(getattr(section, key), SecretStr)}
    return _as_written(of, name, {key: value for key, value in _given(section).items() if key not in hidden})


def _as_written(of: Sections[_Section], name: str, given: Mapping[str, Any]) -> str:
    return "".join([f"{of.header(name)}\n", *(_line(key, value) for key, value in given.items())])


def _edit(file: Path, altered: Callable[[str], str]) -> None:
    with explained(file):
        edited(file, altered, read_toml)


def _there(of: Sections[_Section], written: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a section of a file's content; raise `EditedByAnother` when there is none."""
    if name not in written.get(of.table, {}):
        raise EditedByAnother(f"the {of.called} {name} was removed meanwhile; add it again if you want it")
    found: dict[str, Any] = written[of.table][name]
    return found


def _lines_of(file: Path, text: str, of: Sections[_Section], name: str) -> tuple[list[str], int, int]:
    """Return the lines of a file, and the header and the end of a section."""
    lines = text.splitlines(keepends=True)
    header = re.compile(rf"\ufeff?\s*\[\s*{of.table}\s*\.\s*[\"']?{re.escape(name)}[\"']?\s*\]\s*(#.*)?$")
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        raise by_hand(file, of.header(name))
    number = start + 1
    while number < len(lines) and not _HEADER.match(lines[number]):
        number = end_of_value(lines, number, len(lines)) if _KEY.match(lines[number]) else number + 1
    return lines, start, without_trailing_comments(lines, start, number)


def _body(lines: Sequence[str], written: Mapping[str, Any], section: Strict, elsewhere: Collection[str]) -> list[str]:
    """Return the lines of a section with other keys: comments stay, and so do keys that are as they were."""
    full, given = _plain(section), _given(section)
    for key in elsewhere:
        given.pop(key, None)
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
        if key in elsewhere or written[key] == full.get(key):
            result += [ended(line) for line in span]
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
    if isinstance(value, list):
        return f"{key} = [{', '.join(map(string, value))}]\n"
    return f"{key} = {string(value) if isinstance(value, str) else json.dumps(value)}\n"


def _plain(section: Strict) -> dict[str, Any]:
    """Return all keys of a section as TOML has them, with what is secret; those that have no value are left out."""
    found = section.model_dump(mode="json", exclude_none=True)
    secrets = {key: one for key in found if isinstance(one := getattr(section, key), SecretStr)}
    return {**found, **{key: one.get_secret_value() for key, one in secrets.items()}}


def _given(section: Strict) -> dict[str, Any]:
    """Return the keys of a section that have not their default."""
    other = section.model_dump(exclude_defaults=True)
    return {key: value for key, value in _plain(section).items() if key in other}


def _with(written: dict[str, Any], of: Sections[Any], name: str, section: dict[str, Any]) -> dict[str, Any]:
    return {**written, of.table: {**written.get(of.table, {}), name: section}}


def _without(written: dict[str, Any], of: Sections[Any], name: str) -> dict[str, Any]:
    return {**written, of.table: {key: one for key, one in written.get(of.table, {}).items() if key != name}}
