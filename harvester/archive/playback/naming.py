"""The name of a capture in its document: the address its links are resolved against, its timestamp, its snapshot. Pure.

The pipeline cleans with it, readers fill documents in with it, exports print it and `harvester verify` cleans again
with it: that all four say the same is what makes a stored document the one that was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from harvester.memento import same_page, timestamp_of

OPEN_TERMS_ARCHIVE = "ota"
"""The beginning of the names of archives that are repositories of Open Terms Archive: ``ota:pga-versions``."""


@dataclass(frozen=True, slots=True)
class Naming:
    """`url` is what relative links are resolved against, `timestamp` has 14 digits."""

    url: str
    timestamp: str
    snapshot_url: str


def naming(
    base: str, listed: datetime, source_url: str, played_url: str | None = None, historical: Iterable[bool] = ()
) -> Naming:
    """Return the naming of a capture of the source `source_url` that the index lists at `listed`.

    `base` is the archive's `snapshots`. `played_url` is the page that was played back and `historical` says of each
    redirect on the way whether the site itself sent it that day: then the page's links are those of where it led. But
    the index lists a page under one key whether http, https, ``www.`` or a port was asked for; among those the source's
    own spelling stands for all, or a text would seem to change with the way it was asked for.

    The timestamp is the listed one also where another capture stood in: it is what the ledger and the index know the
    capture by, and the archive leads from it to the one that stood in. When that was taken, history says (`seen_at`).
    """
    elsewhere = played_url is not None and any(historical) and not same_page(played_url, source_url)
    url = played_url if played_url is not None and elsewhere else source_url
    digits = timestamp_of(listed)
    return Naming(url, digits, f"{base.rstrip('/')}/{digits}id_/{quote(url)}")


def is_of_git(archive: str) -> bool:
    """Return whether an archive is a repository of Open Terms Archive.

    Pages from there are cleaned at the address that their file has in the newest commit, which all versions share.
    """
    return archive.startswith(f"{OPEN_TERMS_ARCHIVE}:")
