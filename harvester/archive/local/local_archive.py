"""Archive files on disk as an archive: an index of the addresses that are wanted, and their captures from the files.

A harvest reads it like the client of a web archive (`archive.client`): redirects of the site are followed within the
files, a revisit record shows the body of the record that it refers to, and another capture stands in within the window.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from harvester.archive.index.paging import CdxPage, Checkpoint
from harvester.archive.local.answer import OF_THE_WIRE, Damaged, sha1_of
from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.archive.local.records import Record, records
from harvester.archive.local.rows import NOT_MODIFIED, Row, content_at, row_of
from harvester.archive.playback.playback import Hop, PlayedCapture
from harvester.archive.playback.redirects import MAX_HOPS
from harvester.errors import RedirectedAway, Stopped, Unplayable
from harvester.memento import has_body_digest, surt
from harvester.settings import INTERNET_ARCHIVE, ArchiveSettings, FetchSettings

LOCAL = INTERNET_ARCHIVE.model_copy(update={"name": "local"})
"""What the ledger knows captures from files by. Their documents name the snapshot that the Internet Archive has of that
page and time, as those of every archive that is not in the settings."""


class LocalArchive:
    """Files as an archive. Thread-safe once `index` has returned.

    `report` is called for each broken place, once, as it is found.
    """

    archive: ArchiveSettings = LOCAL

    def __init__(
        self,
        files: Iterable[ArchiveFile],
        settings: FetchSettings,
        report: Callable[[Broken], None],
        stop: threading.Event,
    ) -> None:
        self.files = tuple(files)
        self.settings = settings
        self.stop = stop
        self._report = report
        self._reported: set[tuple[str, int]] = set()
        self._rows: dict[str, list[Row]] = {}
        self._by_digest: dict[str, Row] = {}
        self._sought: set[str] = set()

    def records(self) -> Iterator[Record]:
        """Yield every record of the files that shows a page; what is broken is reported. Raises `Stopped`."""
        for file in self.files:
            for one in records(file):
                if self.stop.is_set():
                    raise Stopped("stopped while the files were read; run it again to resume")
                if isinstance(one, Broken):
                    self.report(one)
                else:
                    yield one

    def report(self, broken: Broken) -> None:
        """Report a broken place, unless it was reported before."""
        if (key := (broken.file, broken.offset)) not in self._reported:
            self._reported.add(key)
            self._report(broken)

    def index(self, urls: Iterable[str]) -> None:
        """Read the captures of some addresses into the index.

        The files are read once, and again while redirects or revisits lead to captures that are not indexed yet.
        """
        keys, digests = {surt(url) for url in urls} - self._rows.keys(), set[str]()
        for _ in range(MAX_HOPS + 1):
            if not keys and not digests:
                break
            self._rows.update({key: [] for key in keys})
            self._sought |= digests
            for record in self.records():
                key = surt(record.url)
                if key in keys or sha1_of(record.headers.get("warc-payload-digest")) in digests:
                    self._enter(key, record, listed=key in keys)
            for rows in self._rows.values():
                rows.sort(key=lambda row: row.moment)
                rows[:] = [self._resolved(row) for row in rows]
            keys, digests = self._missing()

    def captures(self, url: str) -> int:
        """Return how many captures the index has of an address."""
        return len(self._rows.get(surt(url), ()))

    def lists(self, url: str, timestamp: datetime, digest: str) -> bool:
        """Tell whether the files list a capture."""
        return any(row.moment == timestamp and row.digest == digest for row in self._rows.get(surt(url), ()))

    def plays(self, url: str, timestamp: datetime, digest: str) -> bool:
        """Tell whether the files list a capture and hold its body."""
        found = self._rows.get(surt(url), ())
        return any(row.moment == timestamp and row.digest == digest and row.has_body for row in found)

    def search(
        self,
        url: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Iterator[CdxPage]:
        """Yield the captures of exactly this URL between two instants (both included), oldest first, on one page."""
        rows = [
            row.listed_as()
            for row in self._rows.get(surt(url), ())
            if (start is None or row.moment >= start) and (end is None or row.moment <= end)
        ]
        yield CdxPage(tuple(rows), (), None)

    def fetch(
        self, url: str, timestamp: datetime, *, window: timedelta | None = None, digest: str | None = None
    ) -> PlayedCapture:
        """Fetch the capture of a URL at an instant, following the site's redirects within the files.

        Raises `Unplayable`, `RedirectedAway` or `TooLarge`.
        """
        if self.stop.is_set():
            raise Stopped("stopped; run it again to resume")
        window = self.settings.window if window is None else window
        what = f"{url} at {timestamp:%Y-%m-%d %H:%M:%S}"
        chain: list[Hop] = []
        seen: set[tuple[str, datetime]] = set()
        row = self._choose(url, timestamp, digest)
        if row is None or row.moment != timestamp:
            raise Unplayable(f"{what}: the files do not hold it")
        while row.redirect is not None:
            answered, target = row.redirect
            if len(chain) == MAX_HOPS:
                raise RedirectedAway(f"{what}: more than {MAX_HOPS} redirects")
            seen.add((row.url, row.moment))
            chain.append(Hop(row.url, row.moment, answered, True))
            following = self._choose(target, row.moment, None)
            if following is None:
                raise RedirectedAway(f"{what}: a redirect to a page that the archive does not have")
            if abs(following.moment - timestamp) > window:
                raise RedirectedAway(f"{what}: the nearest capture is of {following.moment}, farther off than {window}")
            if (following.url, following.moment) in seen:
                raise RedirectedAway(f"{what}: its redirects go in a circle at {target}")
            row = following
        source = row if row.kind != "revisit" else row.original
        if source is None:
            raise Unplayable(f"{what}: a revisit of a record that the files do not hold")
        try:
            content = content_at(source, self.settings.max_body_bytes)
        except (Damaged, OSError) as error:
            raise Unplayable(f"{what}: {source.file.name} at {source.offset}: {error}") from error
        headers = row.headers if row.answered not in (None, NOT_MODIFIED) else source.headers
        status = row.answered if row.answered not in (None, NOT_MODIFIED) else source.answered
        return PlayedCapture(
            url=row.url,
            timestamp=row.moment,
            status=status or 200,
            headers={
                **{name: value for name, value in headers.items() if name not in OF_THE_WIRE},
                "x-imported-from": f"{Path(row.file.name).name} {row.offset}",
            },
            body=content.body,
            chain=tuple(chain),
            digest_verdict="unknown" if chain else content.verdict,
            bytes_on_wire=source.length,
        )

    def _choose(self, url: str, moment: datetime, digest: str | None) -> Row | None:
        """Choose the capture nearest in time, of the exact URL if there is one, but not one that only redirects to that
        URL.
        """
        rows = [row for row in self._rows.get(surt(url), ()) if row.url == url or row.location != url]
        exact = [row for row in rows if row.moment == moment]
        if digest is not None:
            exact = [row for row in exact if row.digest == digest] or exact
        return min(
            exact or rows, key=lambda row: (abs(row.moment - moment), row.url != url, row.answered != 200), default=None
        )

    def _enter(self, key: str, record: Record, *, listed: bool) -> None:
        try:
            row = row_of(record, self.settings.max_body_bytes)
        except (Damaged, OSError, EOFError) as error:
            self.report(Broken(record.file.name, record.offset, str(error)))
            return
        if row.verdict == "mismatch":
            reason = "its bytes are not those of its WARC-Payload-Digest; they are kept, with that verdict"
            self.report(Broken(record.file.name, record.offset, reason))
        if listed:
            self._rows[key].append(row)
        if row.has_body and has_body_digest(row.listed):
            self._by_digest.setdefault(row.listed, row)

    def _resolved(self, row: Row) -> Row:
        """Return a revisit with the row that it refers to, if known."""
        if row.kind != "revisit" or row.original is not None:
            return row
        original = None
        if row.refers_to is not None:
            url, moment = row.refers_to
            there = [one for one in self._rows.get(surt(url), ()) if one.moment == moment and one.kind != "revisit"]
            there.sort(key=lambda one: one.url != url)  # a redirect to https may be of the same second
            original = next((one for one in there if one.listed == row.listed), there[0] if there else None)
        original = original or self._by_digest.get(row.listed)
        if original is None and row.refers_to_id:
            # A revisit that has nothing but the id (304, server-not-modified) is of the same address.
            same = (one for one in self._rows.get(surt(row.url), ()) if one.kind != "revisit")
            original = next((one for one in same if one.record_id == row.refers_to_id), None)
        if original is None:
            return row
        return replace(row, original=original, digest=original.digest if original.digest else row.digest)

    def _missing(self) -> tuple[set[str], set[str]]:
        """Return the addresses and digests that rows lead to and that have not been searched for yet."""
        keys, digests = set[str](), set[str]()
        for row in [row for rows in self._rows.values() for row in rows]:
            if row.redirect is not None:
                keys.add(surt(row.redirect[1]))
            elif row.kind == "revisit" and row.original is None:
                if row.refers_to is not None:
                    keys.add(surt(row.refers_to[0]))
                if row.listed:
                    digests.add(row.listed)
        return keys - self._rows.keys(), digests - self._sought
