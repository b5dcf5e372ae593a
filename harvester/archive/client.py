"""The client of a web archive: its index, page by page, and its captures, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import requests

from harvester.archive.index.cdx import MalformedRow, parse_row
from harvester.archive.index.dialects import DIALECTS, IndexQuery, NotAnIndexPage, says_nothing_found
from harvester.archive.index.paging import CdxPage, Checkpoint, PageAnswer, pages
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.playback.content_encoding import decoded
from harvester.archive.playback.playback import (
    Hop,
    PlayedCapture,
    blocked_reason,
    digest_verdict,
    memento_datetime,
    original_headers,
)
from harvester.archive.playback.redirects import MAX_HOPS, Address, address_in, playback_url, target_of
from harvester.archive.transport import TRIES, Answer, GatewayTimeout, Transport, new_session
from harvester.errors import (
    ArchiveError,
    ArchiveUnavailable,
    EndlessIndex,
    RedirectedAway,
    SiteExcluded,
    TooLarge,
    TransientFailure,
    Unplayable,
)
from harvester.memento import same_page
from harvester.settings import ArchiveSettings, FetchSettings

#: An index page may have this many bytes; pywb sends all rows at once.
INDEX_LIMIT = 200_000_000


class ArchiveClient:
    """Asks one archive. Thread-safe; one for a process, so that its connections are kept and shared."""

    def __init__(
        self,
        archive: ArchiveSettings,
        settings: FetchSettings,
        limiter: Limiter,
        *,
        session: requests.Session | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.archive = archive
        self.settings = settings
        self.limiter = limiter
        self._session = session or new_session(settings)
        self._transport = Transport(settings, limiter, self._session)
        self._dialect = DIALECTS[archive.dialect]
        self._clock = clock

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
        """Yield the captures of exactly this URL between two instants (both included), oldest first, page by page.

        Store what a page holds and its `checkpoint` together: a search called again with it continues after that page.
        Raises `SiteExcluded`, `ArchiveUnavailable` (also for HTML in place of an index), `TransientFailure`
        (`EndlessIndex` when it passes every bound), `BudgetSpent` or `Stopped`; pages given before stay good.
        """
        try:
            yield from pages(
                lambda place, until: self._page(url, place, until), checkpoint or Checkpoint(start), end, self._clock
            )
        except GatewayTimeout as error:
            self.limiter.failed(str(error))
            raise

    def fetch(
        self, url: str, timestamp: datetime, *, window: timedelta | None = None, digest: str | None = None
    ) -> PlayedCapture:
        """Fetch the capture of a URL at an instant, or another capture of it no further off than `window`.

        `digest` is the index's. Raises `Unplayable`, `RedirectedAway`, `TooLarge` (outcomes), `SiteExcluded`,
        `TransientFailure` (due again), `ArchiveUnavailable`, `BudgetSpent` or `Stopped`.
        """
        window = self.settings.window if window is None else window
        what = f"{url} at {timestamp:%Y-%m-%d %H:%M:%S}"
        address = Address(timestamp, url)
        seen = {address.key}
        chain: list[Hop] = []
        for _ in range(MAX_HOPS + 1):
            answer = self._transport.get("playback", playback_url(self.archive.playback, address))
            moment = memento_datetime(answer.headers)
            if moment is not None:
                _check_window(what, timestamp, moment, window)
            if not answer.is_redirect:
                if moment is None:
                    raise self._no_capture(what, answer, any(hop.historical for hop in chain))
                return self._capture(answer, address, moment, chain, digest)
            chain.append(Hop(address.url, moment or address.timestamp, answer.status, moment is not None))
            location = _location(answer)
            target = target_of(location, self.archive.playback, address, historical=moment is not None)
            if target is None:
                raise RedirectedAway(f"{what}: redirected to {location!r}, outside the archive")
            if moment is None:
                _check_window(what, timestamp, target.timestamp, window)
            if target.key in seen:
                raise RedirectedAway(f"{what}: its redirects loop at {target.url}")
            seen.add(target.key)
            address = target
        raise RedirectedAway(f"{what}: more than {MAX_HOPS} redirects")

    def _page(self, url: str, place: Checkpoint, end: datetime | None) -> PageAnswer:
        query = IndexQuery(url, place.start, end, self.settings.page_rows, place.resume_key)
        parameters = self._dialect.parameters(query)
        problem = ""
        for attempt in range(1, TRIES["cdx"] + 1):
            try:
                answer = self._transport.get("cdx", self.archive.cdx, parameters, place.cookies, INDEX_LIMIT)
                body = _plain(answer, INDEX_LIMIT)
            except GatewayTimeout:
                self._transport.backoff(attempt)
                raise
            except TooLarge as error:
                raise EndlessIndex(f"the index does not end: one page has more than {INDEX_LIMIT:,} bytes") from error
            if reason := _site_is_blocked(answer, body):
                raise SiteExcluded(f"{url}: the archive does not show this site ({reason}); requested again monthly")
            cookies = {**place.cookies, **answer.cookies}
            text = body.decode("utf-8", "backslashreplace")
            if self._dialect.empty_is_404 and says_nothing_found(answer.status, text):
                return PageAnswer([], None, cookies)
            if 400 <= answer.status != 403:
                raise TransientFailure(f"{url}: the index answered {answer.status}; it will be searched again")
            try:
                if answer.status != 200:
                    raise NotAnIndexPage(f"its status is {answer.status}")
                rows, key = self._dialect.page(text)
                return PageAnswer(rows, key, cookies)
            except NotAnIndexPage as error:
                problem = f"{self.archive.cdx} answered, but not with an index page: {error}"
                self.limiter.failed(problem)
                if attempt < TRIES["cdx"]:
                    self._transport.backoff(attempt)
        raise ArchiveUnavailable(f"{url}: {problem}; search again later")

    def _capture(
        self, answer: Answer, address: Address, moment: datetime, chain: list[Hop], digest: str | None
    ) -> PlayedCapture:
        body = _plain(answer, self.settings.max_body_bytes)
        return PlayedCapture(
            url=self._true_url(answer, address),
            timestamp=moment,
            status=answer.status,
            headers=original_headers(answer.headers),
            body=body,
            chain=tuple(chain),
            digest_verdict=digest_verdict(body, answer.body, digest, direct=not chain),
            bytes_on_wire=len(answer.body),
        )

    def _true_url(self, answer: Answer, address: Address) -> str:
        """Return the URL of the capture itself: pywb names it in Content-Location, the Wayback Machine in Link."""
        named = address_in(answer.headers.get("content-location", ""), self.archive.playback, address.timestamp)
        if named is not None:
            if not same_page(named.url, address.url):
                raise RedirectedAway(f"{address.url}: the archive returned {named.url} instead")
            return named.url
        original = re.search(r'<([^<>]+)>\s*;\s*rel="?original"?', answer.headers.get("link", ""))
        return original[1] if original and same_page(original[1], address.url) else address.url

    def _no_capture(self, what: str, answer: Answer, redirected: bool) -> ArchiveError:
        text = _plain(answer, self.settings.max_body_bytes)
        if reason := blocked_reason(answer.status, answer.headers, text):
            return SiteExcluded(f"{what}: the archive does not show this site ({reason}); requested again monthly")
        if answer.status in (200, 403):
            return TransientFailure(f"{what}: the archive answered with a page of its own; it will be retried")
        if redirected:
            return RedirectedAway(f"{what}: a redirect to a page that the archive does not have")
        return Unplayable(f"{what}: listed, but playback answers {answer.status}; requested again when that expires")


def _check_window(what: str, asked: datetime, moment: datetime, window: timedelta) -> None:
    if abs(moment - asked) > window:
        raise RedirectedAway(f"{what}: the nearest capture is of {moment}, further away than {window}")


def _plain(answer: Answer, limit: int) -> bytes:
    """Return the body of an answer without its content-encoding."""
    headers = answer.headers
    return decoded(answer.body, headers.get("content-encoding", ""), headers.get("content-type", ""), limit)


def _location(answer: Answer) -> str:
    """Return the Location header; UTF-8 in it arrives as Latin-1."""
    location = answer.headers.get("location", "")
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _site_is_blocked(answer: Answer, body: bytes) -> str | None:
    """Return why the index does not show a site, from a 403 or from a row of a page with status 200."""
    if answer.status != 200:
        return blocked_reason(answer.status, answer.headers, body)
    for line in body[:4_000].decode("utf-8", "replace").split("\n"):
        if "AccessControlException" in line and isinstance(parse_row(line), MalformedRow):
            return blocked_reason(403, {}, line.encode())
    return None
