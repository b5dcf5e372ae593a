"""A service added to ``services.toml``: appended, checked whole, and put in place at once."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.services_file import AlreadyListed, append
from harvester.catalogue.toml_edits import string
from harvester.errors import ConfigurationError
from harvester.memento import without_user
from harvester.settings import Settings


def _written(given: object) -> object:
    """Refuse what Pydantic would take for a day besides one as the schema has it: seconds since 1970, and instants."""
    if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        return given
    raise ValueError("write a day as 2014-06-30")


Day = Annotated[date, BeforeValidator(_written)]


# The bounds also refuse half of a surrogate pair, which JSON can name and no file can have.
Tag = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
ArchiveName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _open_to_all(given: object) -> object:
    if isinstance(given, str) and without_user(given) != given:
        raise ValueError("leave out the user name and the password: addresses are stored and shown")
    return given


# The schema is read by others: what \s is differs in U+0085 and U+FEFF.
_SIGN = r"\s\x00-\x1f\x7f-\x9f\ufeff\"\\"
PageAddress = Annotated[
    str,
    Field(max_length=2_000, pattern=rf"^https?://[^{_SIGN}@/?#]+([/?#][^{_SIGN}]*)?$"),
    BeforeValidator(_open_to_all),
]


class NewSource(BaseModel):
    """A URL of the policy and the days between which it is the policy, both included."""

    model_config = ConfigDict(extra="forbid")

    url: PageAddress
    since: Day | None = None
    until: Day | None = None


class NewService(BaseModel):
    """A service to be watched; without sources its policy is looked for from the home page of its name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$", max_length=253)
    sources: list[NewSource] = Field(default=[], max_length=50)
    tags: list[Tag] = Field(default=[], max_length=50)
    sample: str | None = Field(default=None, max_length=50)
    every: str | None = Field(default=None, max_length=20)
    archives: list[ArchiveName] = Field(
        default=[], max_length=50, description="Names of known archives; none: the settings'."
    )


class AlreadyThere(ValueError):
    """The catalogue has a service of this name."""


class NotWritable(ValueError):
    """The catalogue cannot be written by this process."""


def add(settings: Settings, new: NewService) -> ServiceEntry:
    """Append a service; raise `AlreadyThere`, `NotWritable`, or `ConfigurationError` when it is invalid.

    Its archives are known names: who may add services may not have any server asked.
    """
    file = settings.config / "services.toml"
    for name in new.archives:
        if not settings.knows_archive(name):
            raise ConfigurationError(
                f"archives: no archive named {name!r}; name some of {', '.join(settings.archive_names())}, or all"
            )
    try:
        return append(file, _toml(new), new.name)
    except AlreadyListed as error:
        raise AlreadyThere(f"the catalogue has a service {new.name} already") from error
    except OSError as error:
        raise NotWritable(f"{file.name} cannot be written here: {error.strerror}; edit it where it is") from error


def _toml(new: NewService) -> str:
    lines = ["[[service]]", f"name = {string(new.name)}"]
    if new.sources:
        lines += ["sources = [", *(f"    {_source(source)}," for source in new.sources), "]"]
    if new.tags:
        lines.append(f"tags = [{', '.join(map(string, new.tags))}]")
    lines += [f"{key} = {string(value)}" for key, value in (("sample", new.sample), ("every", new.every)) if value]
    if new.archives:
        lines.append(f"archives = [{', '.join(map(string, new.archives))}]")
    return "\n".join(lines) + "\n"


def _source(source: NewSource) -> str:
    facts = [f"url = {string(source.url)}"]
    facts += [f"{key} = {value}" for key, value in (("from", source.since), ("to", source.until)) if value]
    return "{ " + ", ".join(facts) + " }"
