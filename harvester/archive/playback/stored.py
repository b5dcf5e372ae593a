"""The name of a stored capture: the archive that it is of is found in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harvester.archive.playback.naming import Naming, is_of_git, naming
from harvester.errors import HarvesterError
from harvester.memento import timestamp_of

if TYPE_CHECKING:
    from harvester.settings import Settings


def naming_of_stored(
    settings: Settings,
    archive: str,
    listed: datetime,
    source_url: str,
    played_url: str | None = None,
    chain: Iterable[Mapping[str, Any]] = (),
) -> Naming:
    """Return the naming of a stored capture, whichever archive it is of; `chain` is that of its playback.

    What came from Open Terms Archive is found in git, at the commit that brought it (`played_url`).
    """
    if played_url is not None and is_of_git(archive):
        return Naming(source_url, timestamp_of(listed), played_url)
    historical = (hop["historical"] for hop in chain)
    return naming(base_of(settings, archive), listed, source_url, played_url, historical)


def base_of(settings: Settings, archive: str) -> str:
    """Return the `snapshots` of an archive by its name; the Wayback Machine's if it is no longer in the
    configuration.
    """
    try:
        return settings.archive_named(archive).snapshots
    except HarvesterError:
        from harvester.settings import INTERNET_ARCHIVE

        return INTERNET_ARCHIVE.snapshots
