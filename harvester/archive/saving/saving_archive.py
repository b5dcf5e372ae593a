"""Which archive is asked to take captures, and why none can be."""

from __future__ import annotations

from collections.abc import Iterable

from harvester.catalogue.entries import ServiceEntry
from harvester.errors import ConfigurationError, UnknownName
from harvester.settings import ArchiveSettings, Settings

MISSING_KEYS = (
    "saving needs the keys of an Internet Archive account (https://archive.org/account/s3.php) in the environment "
    "variables HARVESTER_SAVE__ACCESS_KEY and HARVESTER_SAVE__SECRET_KEY; nothing was sent"
)


def saving_archive(archive: ArchiveSettings) -> ArchiveSettings:
    """Return the first of the archives asked that takes captures; `ConfigurationError` if none does."""
    for one in archive.each:
        if one.save:
            return one
    raise ConfigurationError(
        f"{' and '.join(archive.names)}: no captures are taken on request; name internet-archive among the archives to "
        "save or to `keep`"
    )


def keeping_problem(settings: Settings, given: ArchiveSettings | None, entries: Iterable[ServiceEntry]) -> str | None:
    """Return why captures that the catalogue wants kept cannot be asked for; None if all can, or none is wanted.

    `given` are the archives of the command line, if any.
    """
    for one in entries:
        if one.keep is None:
            continue
        try:
            saving_archive(settings.archive_for(one.archives, given))
        except (ConfigurationError, UnknownName) as error:
            return f"keep of {one.name}: {error}"
        if not settings.save.has_keys:
            return f"keep of {one.name}: {MISSING_KEYS}"
    return None
