"""Which archive is asked to take captures, and why none can be."""

from __future__ import annotations

from collections.abc import Iterable

from harvester.catalogue.entries import ServiceEntry
from harvester.errors import ConfigurationError
from harvester.settings import ArchiveSettings, Settings

MISSING_KEYS = (
    "saving needs the keys of an Internet Archive account (https://archive.org/account/s3.php) in the environment "
    "variables HARVESTER_SAVE__ACCESS_KEY and HARVESTER_SAVE__SECRET_KEY; nothing was sent"
)


def saving_archive(archive: ArchiveSettings) -> ArchiveSettings:
    """Return the first of the archives asked that takes captures; `ConfigurationError` if none does."""
    for one in (archive, *archive.others):
        if one.save:
            return one
    raise ConfigurationError(
        f"{archive.name} takes no captures on request; name internet-archive among the archives to save or to `keep`"
    )


def keeping_problem(settings: Settings, archive: ArchiveSettings, entries: Iterable[ServiceEntry]) -> str | None:
    """Return why the captures that the catalogue wants kept cannot be asked for; None if they can, or none is."""
    wanting = [one.name for one in entries if one.keep is not None]
    if not wanting:
        return None
    try:
        saving_archive(archive)
    except ConfigurationError as error:
        return f"keep of {wanting[0]}: {error}"
    if not settings.save.has_keys:
        return f"keep of {wanting[0]}: {MISSING_KEYS}"
    return None
