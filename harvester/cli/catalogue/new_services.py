"""Services that are named on the command line and not in the catalogue yet: ``add`` and ``backfill`` enter them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Self

from harvester.catalogue.document_types import (
    PRIVACY_POLICY,
    TYPES,
    a_type,
    can_be_found,
    document_name,
    slug,
    split_name,
    usual_name,
)
from harvester.errors import ConfigurationError, UnknownName

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry
    from harvester.harvest.look_up import LookedUp
    from harvester.harvest.session import Harvest

SAMPLE = "changes"
"""The sampling of a new service: a capture is fetched only where it may show a change, so answers come soonest."""


def split(
    file: Path, listed: Sequence[ServiceEntry], names: Iterable[str]
) -> tuple[list[ServiceEntry], list[ServiceEntry]]:
    """Return the entries of `listed` that are named, and new entries for the domains and addresses that are not in it.

    A name that is nearly one of the catalogue is taken for a mistake: `UnknownName`.
    """
    known: dict[str, ServiceEntry] = {}
    new: dict[str, ServiceEntry] = {}
    by_name = {entry.name: entry for entry in listed}
    for text in names:
        entry = by_name.get(usual_name(text))
        if entry is None:
            if (type_ := split_name(text)[1]) != PRIVACY_POLICY and type_ in TYPES.values():
                raise UnknownName(
                    f"no {text} in {file}; `harvester add ADDRESS --type '{type_}'` enters the document; "
                    "write https:// before an address"
                )
            entry = entry_for(text)
            if entry.name in by_name:
                entry = _same(file, by_name[entry.name], entry)
            elif near := get_close_matches(entry.name, by_name, 1, 0.88):
                raise UnknownName(
                    f"no service named {entry.name} in {file}; did you mean {near[0]}? "
                    f"`harvester add {entry.name}` enters a new one"
                )
        (known if entry.name in by_name else new)[entry.name] = entry
    return list(known.values()), list(new.values())


def entry_for(text: str, type_: str = PRIVACY_POLICY) -> ServiceEntry:
    """Return a catalogue entry for a domain or the address of a document; `ConfigurationError` if it is neither."""
    from pydantic import ValidationError

    from harvester.catalogue.domains import named_service
    from harvester.catalogue.entries import ServiceEntry, SourceEntry
    from harvester.settings import first_reason

    try:
        named = named_service(text)
        sources = (SourceEntry(url=named.url),) if named.url else ()
        if not sources and not can_be_found(type_):
            raise ValueError(
                f"no home page is searched for {a_type(type_)}: name its address, not only {named.service}"
            )
        return ServiceEntry(name=document_name(named.service, type_), sources=sources, sample=SAMPLE)
    except ValidationError as error:
        raise ConfigurationError(f"{first_reason(error)}; name a domain such as example.com") from None
    except ValueError as error:
        raise ConfigurationError(f"{error}; name a domain such as example.com, or the address of a policy") from error


def _same(file: Path, listed: ServiceEntry, entry: ServiceEntry) -> ServiceEntry:
    """Return the entry of the catalogue, if it has the address that was named."""
    from harvester.memento import same_page

    for source in entry.sources:
        if not listed.sources:
            raise ConfigurationError(
                f"{listed.name} is in {file}, and its policy is looked for; `harvester backfill {listed.name}` "
                f"harvests what is found, or add the address {source.url} to its sources there"
            )
        if not any(same_page(source.url, one.url) for one in listed.sources):
            raise ConfigurationError(
                f"{listed.name} is in {file} without the address {source.url}; add it to the sources there"
            )
    return listed


def search(harvest: Harvest, entry: ServiceEntry) -> LookedUp:
    """Search the archive for a new service. What was found is in the store, and not asked for again."""
    from harvester.catalogue.samples import parse_sample
    from harvester.harvest.look_up import look_up
    from harvester.harvest.session import HarvestSpan

    return look_up(harvest, entry, HarvestSpan(None, None, parse_sample(SAMPLE)))


class Entering:
    """Services on their way into a catalogue: written in groups, for each writing checks the whole file.

    A group is written once the search took `SHARE` times as long as the last writing: so a slow archive has each
    service written at once, and a long list costs little more than its search. Use as a context: its end, also by an
    error or Ctrl-C, writes the rest. A catalogue that cannot be written meanwhile is tried again with the next group.
    """

    SHARE = 20

    def __init__(self, file: Path, clock: Callable[[], float] = time.perf_counter) -> None:
        self._file, self._clock = file, clock
        self._waiting: list[ServiceEntry] = []
        self._next = clock()
        self.problem: ConfigurationError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.write()

    @property
    def waiting(self) -> Sequence[ServiceEntry]:
        """The services found that are not in the file."""
        return self._waiting

    def enter(self, entry: ServiceEntry) -> None:
        """Write a service, now or with others."""
        self._waiting.append(entry)
        if self._clock() >= self._next:
            self.write()

    def write(self) -> None:
        """Write what waits; `problem` says why that was not possible."""
        from harvester.catalogue import services_file

        began = self._clock()
        try:
            services_file.add_missing(self._file, self._waiting)
        except ConfigurationError as error:
            self.problem = error
        else:
            self._waiting, self.problem = [], None
        self._next = self._clock() + self.SHARE * (self._clock() - began)


def advice(entry: ServiceEntry) -> str:
    """Return what to do about a service of which nothing was found."""
    type_ = "" if entry.type == PRIVACY_POLICY else f" --type '{entry.type}'"
    what = "policy" if entry.type == PRIVACY_POLICY else entry.type
    page = "privacy" if entry.type == PRIVACY_POLICY else slug(entry.type)
    if not entry.sources:
        return f"name the address of its {what}: harvester add https://{entry.site}/{page}{type_}"
    if not can_be_found(entry.type):
        return "check the address"
    return f"check the address, or name the domain alone to look for its {what}: harvester add {entry.service}{type_}"
