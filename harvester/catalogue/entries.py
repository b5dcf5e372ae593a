"""The catalogue: whom the harvester watches, from ``config/services.toml``; read, and watched for edits.

It is refused whole, with file, line and reason, when anything in it is not understood.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError, model_validator

from harvester.catalogue import document_types
from harvester.catalogue.samples import parse_sample
from harvester.catalogue.selection import Selections
from harvester.catalogue.watched_pages import Extracts, Parts, selections
from harvester.catalogue.watched_pages import SourceEntry as SourceEntry
from harvester.dates import parse_duration
from harvester.environment import read_toml
from harvester.errors import ConfigurationError, UnknownName
from harvester.settings import (
    Duration,
    Flag,
    Language,
    RenderMode,
    Settings,
    Strict,
    TargetSettings,
    first_reason,
)

log = logging.getLogger(__name__)


NO_NAME = (
    "cannot be a name: write lower-case letters, digits, dots, hyphens and underscores, letters or digits at both ends"
)


def _short_name(name: Any) -> Any:
    if isinstance(name, str) and not re.fullmatch(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", name):
        raise ValueError(f"{name!r} {NO_NAME}")
    return name


def _document_name(name: Any) -> Any:
    if isinstance(name, str):
        service, slash, type_ = name.partition("/")
        _short_name(service)
        return document_types.document_name(service, document_types.type_named(type_)) if slash else name
    return name


def _keep(value: Any) -> timedelta:
    duration = parse_duration(value)
    if duration < timedelta(days=1):
        raise ValueError(f"{value!r} is less than a day: the archive takes few captures of one page a day")
    return duration


def _tag(tag: Any) -> Any:
    if isinstance(tag, str) and not (re.fullmatch(r"[^\x00-\x1f\x7f-\x9f]{1,100}", tag) and tag.strip()):
        raise ValueError(f"{tag!r} is not a tag: write 1 to 100 characters in one line")
    return tag


def _sample(text: str) -> str:
    try:
        parse_sample(text)
    except ConfigurationError as error:
        raise ValueError(str(error)) from error
    return text


def _archives(names: Any) -> Any:
    if names in ([], ()):
        raise ValueError("archives is empty; name at least one, or leave it out to ask those of the settings")
    return names


def _document_type(name: Any) -> Any:
    return document_types.type_named(name) if isinstance(name, str) else name


ServiceName = Annotated[str, BeforeValidator(_short_name), Field(max_length=253)]
DocumentName = Annotated[str, BeforeValidator(_document_name), Field(max_length=300)]
DocumentType = Annotated[str, BeforeValidator(_document_type)]
ArchiveNames = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[^\s,]+$")], ...] | None, BeforeValidator(_archives)
]


class ServiceEntry(Strict):
    """One document of a service of the catalogue: of `acme` the privacy policy, else ``acme/terms-of-service``.

    Without sources they are discovered from the home page of its service's `domain`, which is the service's name
    unless it is given.
    """

    name: DocumentName
    domain: ServiceName | None = None
    sources: tuple[SourceEntry, ...] = ()
    combine: Parts = ()
    extract: Extracts = ()
    sample: Annotated[str, AfterValidator(_sample)] | None = None
    every: Duration | None = None
    keep: Annotated[timedelta | None, BeforeValidator(_keep)] = None
    archives: ArchiveNames = None
    tags: tuple[Annotated[str, BeforeValidator(_tag)], ...] = ()
    languages: tuple[Language, ...] | None = None
    require_policy: Flag | None = None
    render: RenderMode | None = None

    @property
    def service(self) -> str:
        """The name of its service."""
        return document_types.split_name(self.name)[0]

    @property
    def type(self) -> str:
        """The type of the document: ``terms of service``."""
        return document_types.split_name(self.name)[1]

    @property
    def site(self) -> str:
        """The domain of its service."""
        return self.domain or self.service

    @property
    def selections(self) -> Selections:
        """What of its pages is its text, and when."""
        return selections(self.sources, self.extract)

    @model_validator(mode="after")
    def _combined(self) -> Self:
        if self.combine and self.sources not in ((), self.combine):
            raise ValueError(f"{self.name} has both sources and combine; list all its pages in combine, in their order")
        # What harvests them asks for all of them alike.
        object.__setattr__(self, "sources", self.combine or self.sources)
        return self

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.require_policy is not None and self.type != document_types.PRIVACY_POLICY:
            raise ValueError(f"require_policy asks for a privacy policy, and {self.name} is none; leave it out")
        if not self.sources and not document_types.can_be_found(self.type):
            raise ValueError(f"{self.name} needs sources: no home page is searched for a document of this type")
        return self

    @model_validator(mode="after")
    def _sources_differ(self) -> Self:
        seen = set()
        for source in self.sources:
            if (key := (source.url, source.since)) in seen:
                raise ValueError(f"source {source.url} is listed twice")
            seen.add(key)
        return self


class _DocumentTable(Strict):
    """A ``[[service.document]]``; what it leaves out is as its service has it."""

    type: DocumentType
    sources: tuple[SourceEntry, ...] = ()
    combine: Parts = ()
    extract: Extracts = ()
    sample: str | None = None
    every: Duration | None = None
    keep: Annotated[timedelta | None, BeforeValidator(_keep)] = None
    archives: ArchiveNames = None
    languages: tuple[Language, ...] | None = None
    require_policy: Flag | None = None


class _ServiceTable(ServiceEntry):
    """A ``[[service]]`` as the file has it: an entry for its privacy policy, and tables for other documents."""

    name: ServiceName
    document: tuple[_DocumentTable, ...] = ()

    @model_validator(mode="after")
    def _extract_is_of_a_document(self) -> Self:
        if self.extract and self.document and not self.sources:
            raise ValueError("extract is of no page: put it into the [[service.document]] that it is about")
        return self

    def entries(self) -> list[ServiceEntry]:
        """Return an entry for each document; of a service that lists documents only those it names.

        Raises ValidationError when one is not understood.
        """
        known = {
            key: getattr(self, key)
            for key in ServiceEntry.model_fields
            if key not in ("name", "sources", "combine", "extract")
        }
        shared = {key: value for key, value in known.items() if value is not None}
        found = []
        if self.sources or not self.document:
            own = {key: getattr(self, key) for key in ("sources", "combine", "extract")}
            found.append(ServiceEntry.model_validate({**shared, **own, "name": self.name}))
        for one in self.document:
            name = document_types.document_name(self.name, one.type)
            own = {key: getattr(one, key) for key in one.model_fields_set - {"type"}}
            if one.type != document_types.PRIVACY_POLICY:
                own = {"require_policy": None, **own}
            found.append(ServiceEntry.model_validate({**shared, **own, "name": name}))
        return found


def entries_of(service: Any) -> list[ServiceEntry]:
    """Return the entries of a ``[[service]]`` table, one for each document; raises ValidationError."""
    return _ServiceTable.model_validate(service).entries()


def refuse_unknown_receivers(targets: Mapping[str, TargetSettings], entries: Iterable[ServiceEntry]) -> None:
    """Raise `ConfigurationError` when a target of notices wants a service or a tag that the catalogue does not have, or
    a type that there is not.
    """
    entries = list(entries)
    known = {"services": {one.name for one in entries}, "tags": {tag for one in entries for tag in one.tags}}
    for name, target in targets.items():
        for what, wanted in (("services", map(document_types.usual_name, target.services)), ("tags", target.tags)):
            for one in wanted:
                if one not in known[what]:
                    raise ConfigurationError(
                        f"[notify.{name}] {what}: {one!r} is in no entry of services.toml, so it would never match"
                    )
        for type_ in target.types:
            try:
                document_types.type_named(type_)
            except ValueError as error:
                raise ConfigurationError(f"[notify.{name}] types: {error}") from error


def warn_of_unknown_tags(points: Iterable[str], entries: Iterable[ServiceEntry]) -> None:
    """Log a warning of tags with points at the review desk that no service has: they may be for services to come."""
    known = {tag for one in entries for tag in one.tags}
    for tag in points:
        if tag not in known:
            log.warning("[review] tags: no entry of services.toml has the tag %r, so it counts for none", tag)


def refuse_orphans(
    targets: Mapping[str, TargetSettings], before: Iterable[ServiceEntry], after: Iterable[ServiceEntry]
) -> None:
    """Raise `ConfigurationError` when a target wants what an edit takes out of the catalogue; commands would refuse the
    target afterwards.
    """
    before, after = list(before), list(after)
    for name, target in targets.items():
        try:
            refuse_unknown_receivers({name: target}, before)
        except ConfigurationError:
            continue  # refused already, whatever is edited
        try:
            refuse_unknown_receivers({name: target}, after)
        except ConfigurationError as error:
            raise ConfigurationError(f"{error}; change that target of notices first") from error


def load_catalogue(file: Path, settings: Settings | None = None) -> tuple[ServiceEntry, ...]:
    """Return the documents of ``services.toml``, in its order; refuse the whole file when one is not understood.

    With `settings` also when it names an archive that these do not know.
    """
    if not file.exists():
        raise ConfigurationError(
            f"there is no catalogue {file}; `harvester add example.com` or `harvester init` creates one"
        )
    content = read_toml(file)
    if unknown := set(content) - {"service"}:
        raise ConfigurationError(f"{file}: unknown key {sorted(unknown)[0]!r}; a catalogue holds [[service]] entries")
    entries = content.get("service", [])
    if not isinstance(entries, list):
        raise ConfigurationError(f"{file}: write [[service]], with two brackets, for each service")
    header = re.compile(r"\s*\[\[\s*service\s*\]\]")
    lines = [n for n, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1) if header.match(line)]
    services: dict[str, ServiceEntry] = {}
    names: set[str] = set()
    for index, entry in enumerate(entries):
        where = f"{file}:{lines[index]}" if index < len(lines) else str(file)
        try:
            documents = entries_of(entry)
        except ValidationError as error:
            refused = error.errors(include_url=False, include_context=False)[0]["input"]
            raise ConfigurationError(f"{_line_of(file, lines, index, refused)}: {first_reason(error)}") from error
        if documents[0].service in names:
            raise ConfigurationError(f"{where}: the service {documents[0].service!r} is listed twice")
        names.add(documents[0].service)
        for one in documents:
            if one.name in services:
                raise ConfigurationError(f"{where}: {one.service!r} has two documents of the type {one.type!r}")
            if settings is not None:
                _refuse_unknown_archives(settings, one, partial(_line_of, file, lines, index))
            services[one.name] = one
    return tuple(services.values())


def _refuse_unknown_archives(settings: Settings, entry: ServiceEntry, line_of: Callable[[str], str]) -> None:
    for name in entry.archives or ():
        try:
            settings.archive_named(name)
        except (ConfigurationError, UnknownName) as error:
            raise ConfigurationError(f"{line_of(name)}: archives of {entry.name}: {error}") from error


def _line_of(file: Path, headers: Sequence[int], index: int, refused: Any) -> str:
    """Return the file with the line of the text that was refused, else with that of its service."""
    if index >= len(headers):
        return str(file)
    if isinstance(refused, str) and refused.strip():
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        for number in range(headers[index], headers[index + 1] if index + 1 < len(headers) else len(lines) + 1):
            if any(quoted in lines[number - 1] for quoted in (json.dumps(refused), f"'{refused}'")):
                return f"{file}:{number}"
    return f"{file}:{headers[index]}"


def documents(file: Path, service: str) -> list[str]:
    """Return the names of the documents of a service; `UnknownName` if the catalogue does not have it."""
    found = [entry.name for entry in load_catalogue(file) if entry.service == service]
    if not found:
        raise UnknownName(f"{file} has no service {service!r}; `harvester services` lists them")
    return found


def choose(catalogue: Iterable[ServiceEntry], names: Iterable[str]) -> tuple[ServiceEntry, ...]:
    """Return the entries of the named documents, all of them when no name is given; `UnknownName` lists the known
    ones.
    """
    entries = {entry.name: entry for entry in catalogue}
    wanted = tuple(dict.fromkeys(map(document_types.usual_name, names)))
    for name in wanted:
        if name not in entries:
            service, type_ = document_types.split_name(name)
            if others := [one.name for one in entries.values() if one.service == service]:
                raise UnknownName(f"the catalogue has no {type_} of {service}; it has {', '.join(others)}")
            # Importing it takes a while that only a wrong name has to wait.
            from rapidfuzz.process import extract

            near = [found[0] for found in extract(name, entries.keys(), limit=5)]
            more = f" and {len(entries) - len(near)} more" if len(entries) > len(near) else ""
            raise UnknownName(f"no service named {name!r} in the catalogue; known: {', '.join(near)}{more}")
    return tuple(entries[name] for name in wanted) if wanted else tuple(entries.values())


def catalogue_problem(file: Path, settings: Settings) -> str | None:
    """Return why a catalogue is refused, None when it is not; the file is read again when it was edited."""
    found = _read_at(file, _stamp(file))
    if isinstance(found, str):
        return found
    try:
        for archives in {entry.archives for entry in found.values()}:
            settings.archive_for(archives)
    except (ConfigurationError, UnknownName):
        try:
            load_catalogue(file, settings)
        except ConfigurationError as error:
            return str(error)
    return None


def catalogue_names(file: Path) -> Set[str] | None:
    """Return the services of a catalogue, read again when it was edited; None if it is refused or missing."""
    found = catalogue_entries(file)
    return None if found is None else found.keys()


def catalogue_entries(file: Path) -> Mapping[str, ServiceEntry] | None:
    """Return the documents of a catalogue by name, as `catalogue_names` their names."""
    found = _read_at(file, _stamp(file))
    return None if isinstance(found, str) else found


@lru_cache(maxsize=8)
def _read_at(file: Path, _stamp: tuple[int, int, int] | None) -> dict[str, ServiceEntry] | str:
    """Return the documents of a catalogue by name, or why it is refused."""
    try:
        return {entry.name: entry for entry in load_catalogue(file)}
    except ConfigurationError as error:
        return str(error)


class WatchedCatalogue:
    """The services of ``services.toml``, read again when the file changes. Raises as `load_catalogue` at first."""

    def __init__(self, file: Path, settings: Settings | None = None) -> None:
        self._file, self._settings = file, settings
        self._seen = _stamp(file)
        self.entries: dict[str, ServiceEntry] = {entry.name: entry for entry in load_catalogue(file, settings)}

    def reread(self) -> bool:
        """Read the file again and return whether the services changed. An invalid file changes nothing."""
        stamp = _stamp(self._file)
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            entries = {entry.name: entry for entry in load_catalogue(self._file, self._settings)}
        except ConfigurationError as error:
            log.error("the edited catalogue is invalid, the last good one stays in use: %s", error)
            return False
        altered = entries != self.entries
        self.entries = entries
        return altered


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """Return what differs after an edit, also one that replaced the file."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
