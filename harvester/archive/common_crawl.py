"""The client of Common Crawl: an index for each crawl, and captures by their place in its files.

Its list of crawls is kept in a file, since it changes once a month; a list that has lost crawls is not believed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import requests

from harvester.archive.dialects.commoncrawl import COMMON_CRAWL, Crawl, StoredRecord, crawls_of, place_of, record_of
from harvester.archive.dialects.form import IndexQuery, NotAnIndexPage
from harvester.archive.index.asking import ask, plain
from harvester.archive.index.cdx import CaptureRow, is_web_address
from harvester.archive.index.paging import CdxPage, Checkpoint, PageAnswer, pages
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.local.answer import OF_THE_WIRE, Damaged, answer_of, content_of
from harvester.archive.playback.playback import Hop, PlayedCapture
from harvester.archive.playback.redirects import MAX_HOPS, same_host
from harvester.archive.transport import Transport, new_session
from harvester.errors import ArchiveUnavailable, RedirectedAway, TooLarge, TransientFailure, Unplayable
from harvester.files import replacing
from harvester.memento import same_page
from harvester.settings import ArchiveSettings, FetchSettings

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
"""How long the list of crawls is used before it is asked for again."""
LIST_LIMIT = 5_000_000
ROWS_KEPT = 200_000
"""Rows whose places are remembered between search and fetch; others are asked for again."""
_REDIRECTS = (301, 302, 303, 307, 308)


class CommonCrawlClient:
    """Asks Common Crawl, as `ArchiveClient` asks other archives. Thread-safe.

    `kept` is the file that keeps the list of crawls (None: it is kept in memory).
    """

    def __init__(
        self,
        archive: ArchiveSettings,
        settings: FetchSettings,
        limiter: Limiter,
        *,
        session: requests.Session | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        kept: Path | None = None,
    ) -> None:
        self.archive = archive
        self.settings = settings
        self.limiter = limiter
        self._session = session or new_session(settings)
        self._transport = Transport(settings, limiter, self._session)
        self._clock = clock
        self._kept = kept
        self._listed: tuple[datetime, list[Crawl]] | None = None
        self._rows: dict[tuple[str, datetime], CaptureRow] = {}

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def search(
        self,
        url: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Iterator[CdxPage]:
        """Yield the captures of a URL between two instants, one page for each crawl of that time, oldest first.

        See `ArchiveClient.search`.
        """
        yield from pages(
            lambda place, until: self._page(url, place, until), checkpoint or Checkpoint(start), end, self._clock
        )

    def fetch(
        self, url: str, timestamp: datetime, *, window: timedelta | None = None, digest: str | None = None
    ) -> PlayedCapture:
        """Fetch the capture of a URL at an instant; see `ArchiveClient.fetch`. A body that was cut off is refused."""
        window = self.settings.window if window is None else window
        what = f"{url} at {timestamp:%Y-%m-%d %H:%M:%S}"
        row = self._rows.get((url, timestamp)) or self._nearest(url, timestamp, timedelta(0))
        if row is None:
            raise Unplayable(f"{what}: listed, but no crawl lists it any more; requested again when that expires")
        chain: list[Hop] = []
        seen = {row.original}
        while True:
            record, length = self._record(what, row)
            answer = answer_of(record.block)
            location = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not location:
                break
            chain.append(Hop(row.original, row.timestamp, answer.status, True))
            target = _target(row.original, location)
            if target is None or target in seen or len(chain) > MAX_HOPS:
                raise RedirectedAway(f"{what}: its redirects go in a circle or nowhere, at {location[:200]}")
            seen.add(target)
            following = self._nearest(target, row.timestamp, window)
            if following is None:
                raise RedirectedAway(f"{what}: a redirect to a page that the archive does not have")
            if abs(following.timestamp - timestamp) > window:
                raise RedirectedAway(
                    f"{what}: the nearest capture is of {following.timestamp}, farther off than {window}"
                )
            row = following
        if answer.status == 304:
            raise Unplayable(f"{what}: a revisit whose body is not in the crawl; requested again when that expires")
        listed = record.headers.get("warc-payload-digest") or (f"sha1:{digest}" if digest else None)
        try:
            content = content_of(answer, listed, self.settings.max_body_bytes)
        except Damaged as error:
            raise TransientFailure(f"{what}: {error}; it will be retried") from error
        return PlayedCapture(
            url=row.original,
            timestamp=row.timestamp,
            status=answer.status or 200,
            headers={name: value for name, value in answer.headers.items() if name not in OF_THE_WIRE},
            body=content.body,
            chain=tuple(chain),
            digest_verdict="unknown" if chain else content.verdict,
            bytes_on_wire=length,
        )

    def _page(self, url: str, place: Checkpoint, end: datetime | None) -> PageAnswer:
        chosen = [crawl for crawl in self._crawls() if crawl.meets(place.start, end)]
        names = [crawl.name for crawl in chosen]
        at = names.index(place.resume_key) if place.resume_key in names else 0
        if not chosen:
            return PageAnswer([], None, {})
        rows = self._ask(chosen[at], url, place.start, end)
        if len(self._rows) > ROWS_KEPT:
            self._rows.clear()
        self._rows.update({(row.original, row.timestamp): row for row in rows.rows if isinstance(row, CaptureRow)})
        return PageAnswer(rows.rows, names[at + 1] if at + 1 < len(names) else None, {})

    def _ask(self, crawl: Crawl, url: str, start: datetime | None, end: datetime | None) -> PageAnswer:
        index = urljoin(self.archive.cdx, crawl.index)
        if not same_host(index, self.archive.cdx):
            raise ArchiveUnavailable(
                f"{crawl.name}: its index is said to be at {index}, another host, which is not asked"
            )
        return ask(self._transport, COMMON_CRAWL, index, IndexQuery(url, start, end, self.settings.page_rows), {})

    def _nearest(self, url: str, moment: datetime, window: timedelta) -> CaptureRow | None:
        """Return the capture of a page nearest to an instant."""
        first, last = moment - window, moment + window
        found = [
            row
            for crawl in self._crawls()
            if crawl.meets(first, last)
            for row in self._ask(crawl, url, first, last).rows
            if isinstance(row, CaptureRow)
        ]
        return min(found, key=lambda row: (abs(row.timestamp - moment), row.original != url), default=None)

    def _record(self, what: str, row: CaptureRow) -> tuple[StoredRecord, int]:
        """Return the whole record of a row, and the bytes that were sent."""
        place = place_of(row)
        if place is None:
            raise Unplayable(f"{what}: the index does not say where its record is; requested again when that expires")
        _refuse_cut(what, place.truncated)
        if place.length > self.settings.max_body_bytes:
            raise TooLarge(f"{what}: its record has {place.length} bytes, above the limit (fetch.max_body_bytes)")
        last = place.offset + place.length - 1
        address = f"{self.archive.playback.rstrip('/')}/{place.file}"
        span = {"Range": f"bytes={place.offset}-{last}", "Accept-Encoding": "identity"}
        answer = self._transport.get("playback", address, headers=span, limit=self.settings.max_body_bytes)
        if answer.status == 403:
            self.limiter.limited(answer.headers.get("retry-after"))
            raise TransientFailure(f"{what}: the archive answered 403, which asks to slow down; it will be retried")
        if answer.status not in (200, 206):
            raise Unplayable(f"{what}: its file answers {answer.status}; requested again when that expires")
        body = answer.body if answer.status == 206 else answer.body[place.offset : last + 1]
        if len(body) < place.length:
            raise TransientFailure(f"{what}: {len(body)} of {place.length} bytes came; it will be retried")
        record = record_of(body, self.settings.max_body_bytes)
        if not same_page(record.url, row.original):
            raise Unplayable(f"{what}: the record there is of {record.url[:200]}; requested again when that expires")
        _refuse_cut(what, record.headers.get("warc-truncated", ""))
        return record, len(answer.body)

    def _crawls(self) -> list[Crawl]:
        """Return the crawls, oldest first, from the kept list if it is of today."""
        now = self._clock()
        if self._listed is not None and now - self._listed[0] < KEPT_FOR:
            return self._listed[1]
        kept, when = self._kept_list()
        if kept and when is not None and timedelta(0) <= now - when < KEPT_FOR:
            self._listed = (when, kept)
            return kept
        known = kept or (self._listed[1] if self._listed else [])
        try:
            answer = self._transport.get("cdx", self.archive.cdx, limit=LIST_LIMIT)
            text = plain(answer, LIST_LIMIT).decode("utf-8", "replace")
            if answer.status != 200:
                raise NotAnIndexPage(f"its status is {answer.status}")
            crawls = crawls_of(text)
            if lost := {crawl.name for crawl in known} - {crawl.name for crawl in crawls}:
                raise NotAnIndexPage(f"it has lost {len(lost)} crawls, {min(lost)} among them")
        except (NotAnIndexPage, TransientFailure, TooLarge) as error:
            problem = f"{self.archive.cdx}: no list of crawls: {error}"
            if isinstance(error, NotAnIndexPage):
                self._transport.limiter.failed(problem)
            if not known:
                raise ArchiveUnavailable(f"{problem}; search again later") from error
            log.warning("%s; the one kept before is used", problem)
            self._listed = (now, known)
            return known
        self._transport.limiter.good(answer.admitted)
        if self._kept is not None:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._kept) as file:
                file.write_text(text, encoding="utf-8")
        self._listed = (now, crawls)
        return crawls

    def _kept_list(self) -> tuple[list[Crawl], datetime | None]:
        if self._kept is None:
            return [], None
        try:
            written = datetime.fromtimestamp(self._kept.stat().st_mtime, UTC)
            return crawls_of(self._kept.read_text(encoding="utf-8")), written
        except (OSError, UnicodeDecodeError, NotAnIndexPage):
            return [], None


def _refuse_cut(what: str, truncated: str) -> None:
    """Raise `TooLarge` or `Unplayable` for a body whose end is missing: a version of it would have lost its end."""
    if truncated == "length":
        raise TooLarge(f"{what}: the crawler cut it off at its limit")
    if truncated:
        raise Unplayable(f"{what}: the crawler cut it off ({truncated[:40]}); requested again when that expires")


def _target(page: str, location: str) -> str | None:
    try:
        target = urljoin(page, location.strip())
    except ValueError:
        return None
    return target if is_web_address(target) else None
