"""A service added to ``services.toml``: appended, checked whole, and put in place at once."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from harvester.catalogue import ServiceEntry, load_catalogue
from harvester.errors import ConfigurationError

_LOCK = threading.Lock()


class NewSource(BaseModel):
    """A URL of the policy and the days between which it is the policy, both included."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=2_000, pattern=r"^https?://[^\s\x00-\x1f\x7f\"\\]+$")
    since: date | None = None
    until: date | None = None


class NewService(BaseModel):
    """A service to be watched; without sources its policy is looked for from the home page of its name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$", max_length=253)
    sources: list[NewSource] = Field(default=[], max_length=50)
    tags: list[str] = Field(default=[], max_length=50)
    sample: str | None = Field(default=None, max_length=50)
    every: str | None = Field(default=None, max_length=20)


class AlreadyThere(ValueError):
    """The catalogue has a service of this name."""


class NotWritable(ValueError):
    """The catalogue cannot be written by this process."""


def add(file: Path, new: NewService) -> ServiceEntry:
    """Appends a service; raises `AlreadyThere`, `NotWritable`, or `ConfigurationError` when it is not understood."""
    with _LOCK:
        if any(entry.name == new.name for entry in load_catalogue(file)):
            raise AlreadyThere(f"the catalogue has a service {new.name} already")
        content = file.read_text(encoding="utf-8")
        try:
            return _put_in_place(file, f"{content.rstrip()}\n\n{_toml(new)}", new.name)
        except OSError as error:
            raise NotWritable(f"{file.name} cannot be written here: {error.strerror}; edit it where it is") from error


def _put_in_place(file: Path, content: str, name: str) -> ServiceEntry:
    """Writes beside the file and replaces it, so that a reader never sees half of it."""
    handle, draft = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
        Path(draft).chmod(file.stat().st_mode & 0o777)
        try:
            entry = next(one for one in load_catalogue(Path(draft)) if one.name == name)
        except ConfigurationError as error:
            reason = str(error).removeprefix(draft).lstrip(":0123456789 ")
            raise ConfigurationError(f"this service cannot be added: {reason}") from error
        Path(draft).replace(file)
        return entry
    finally:
        Path(draft).unlink(missing_ok=True)


def _toml(new: NewService) -> str:
    lines = ["[[service]]", f"name = {_string(new.name)}"]
    if new.sources:
        lines += ["sources = [", *(f"    {_source(source)}," for source in new.sources), "]"]
    if new.tags:
        lines.append(f"tags = [{', '.join(map(_string, new.tags))}]")
    lines += [f"{key} = {_string(value)}" for key, value in (("sample", new.sample), ("every", new.every)) if value]
    return "\n".join(lines) + "\n"


def _source(source: NewSource) -> str:
    facts = [f"url = {_string(source.url)}"]
    facts += [f"{key} = {value}" for key, value in (("from", source.since), ("to", source.until)) if value]
    return "{ " + ", ".join(facts) + " }"


def _string(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
