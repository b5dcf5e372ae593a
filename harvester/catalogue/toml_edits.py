"""What the edits of TOML files by programs share: the lock, the whole replacement, strings, comments that stay."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from harvester.errors import NOT_UTF8, ConfigurationError
from harvester.files import replacing

_Read = TypeVar("_Read")


class EditedByAnother(ConfigurationError):
    """What a person was to replace is not what that person saw."""


class _EditedMeanwhile(Exception):
    """Somebody saved the file between our reading and our writing of it."""


def edited(file: Path, altered: Callable[[str], str], read: Callable[[Path], _Read]) -> _Read:
    """Replace a file by what `altered` makes of its text; return what `read` makes of the result.

    It is refused whole, or kept. Raises what `altered` and `read` raise, `ConfigurationError` when the file is not
    UTF-8, OSError when it cannot be written.
    """
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    with _locked(file.parent):
        while True:
            before = _bytes(file)
            try:
                text = before.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ConfigurationError(f"{file} {NOT_UTF8}") from error
            with suppress(_EditedMeanwhile), replacing(file) as draft:
                draft.write_bytes(altered(text).encode("utf-8"))
                if not file.exists():
                    draft.chmod(0o644)
                try:
                    result = read(draft)
                except ConfigurationError as error:
                    raise ConfigurationError(str(error).replace(str(draft), str(file))) from error
                if _bytes(file) != before:
                    raise _EditedMeanwhile
                return result


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Raise `ConfigurationError` in place of OSError."""
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}; edit it by hand") from error


def by_hand(file: Path, name: str) -> ConfigurationError:
    """Return the error for what a program cannot edit."""
    return ConfigurationError(f"{file}: {name} cannot be edited by a program; edit the file by hand")


def toml_of(file: Path, text: str) -> dict[str, Any]:
    """Return the content of a file's text; raise `ConfigurationError` when it is not TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: not TOML: {error}; correct it by hand, nothing was changed") from error


def string(text: str) -> str:
    """Return a TOML basic string: JSON's escapes are among TOML's, except DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def appended(text: str, addition: str) -> str:
    """Return a text with an addition at its end, divided by an empty line, which has the text's line ends."""
    if text and not text.endswith("\n"):
        text += "\n"
    addition = addition if not text or text.endswith("\n\n") else f"\n{addition}"
    return text + with_ends_of(text, addition)


def with_ends_of(text: str, addition: str) -> str:
    """Return an addition with the line ends of a text."""
    return addition.replace("\n", "\r\n") if "\r\n" in text else addition


def ended(line: str) -> str:
    """Return a line with a line end."""
    return line if line.endswith("\n") else f"{line}\n"


def end_of_value(lines: Sequence[str], first: int, end: int) -> int:
    """Return the line after the value that begins on the line `first`; the next line when none of them ends it."""
    for after in range(first + 1, end + 1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("".join(lines[first:after]))
            return after
    return first + 1


def comment_of(line: str) -> str:
    """Return the comment at the end of a line of a value, empty if it has none; a ``#`` in a string begins none."""
    for place in (number for number, sign in enumerate(line) if sign == "#"):
        before = line[:place].replace('\\"', "")
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return line[place:].rstrip()
    return ""


def without_trailing_comments(lines: Sequence[str], start: int, end: int) -> int:
    """Return where a table ends: comments and empty lines after it belong to what follows."""
    while end > start + 1 and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    return end


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock on a folder's files, which leaves no file behind."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
