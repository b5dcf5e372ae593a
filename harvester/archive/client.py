"""The client of a web archive: its index, page by page, and its captures, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import requests

from harvester.archive.dialects.form import IndexQuery
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.index.asking import ask, plain
from harvester.archive.index.paging import CdxPage, Checkpoint, PageAnswer, pages
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.playback.playback import (
    Hop,
    PlayedCapture,
    blocked_reason,
    digest_verdict,
    memento_datetime,
    original_headers,
)
from harvester.archive.playback.redirects import (
    MAX_HOPS,
    Address,
    address_in,
    location_text,
    playback_url,
    same_host,
    target_of,
)
from harvester.archive.playback.timegate import AskedAt, gate_url, memento_of_gate
from harvester.archive.transport import Answer, GatewayTimeout, Transport, new_session
from harvester.errors import (
    ArchiveError,
    RedirectedAway,
    SiteExcluded,
    TransientFailure,
    Unplayable,
)
from harvester.memento import same_page
from harvester.settings import ArchiveSettings, FetchSettings


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
        place = self._place(address)
        seen = {place}
        chain: list[Hop] = []
        for _ in range(MAX_HOPS + 1):
            answer = self._transport.get("playback", place.url, headers=place.headers)
            moment = memento_datetime(answer.headers)
            if moment is not None:
                _check_window(what, timestamp, moment, window)
            if not answer.is_redirect:
                if moment is None:
                    raise self._no_capture(what, answer, any(hop.historical for hop in chain))
                return self._capture(answer, address, moment, chain, digest)
            chain.append(Hop(address.url, moment or address.timestamp, answer.status, moment is not None))
            location = _location(answer)
            memento = memento_of_gate(location, place) if moment is None and self.archive.timegate else None
            target = target_of(memento or location, self.archive.playback, address, historical=moment is not None)
            if target is None and memento is None:
                raise RedirectedAway(f"{what}: redirected to {location!r}, outside the archive")
            address = target or address
            if moment is None:
                _check_window(what, timestamp, address.timestamp, window)
            place = AskedAt(memento) if memento else self._place(address)
            if place in seen:
                raise RedirectedAway(f"{what}: its redirects loop at {address.url}")
            seen.add(place)
        raise RedirectedAway(f"{what}: more than {MAX_HOPS} redirects")

    def _place(self, address: Address) -> AskedAt:
        """Return where a capture is asked for: under its own name, or at the archive's TimeGate."""
        if self.archive.timegate:
            return AskedAt(gate_url(self.archive.timegate, address), address.timestamp)
        return AskedAt(playback_url(self.archive.playback, address))

    def _page(self, url: str, place: Checkpoint, end: datetime | None) -> PageAnswer:
        query = IndexQuery(url, place.start, end, self.settings.page_rows, place.resume_key)
        base = self._dialect.address(self.archive.cdx, query)
        if not same_host(base, self.archive.cdx):
            raise TransientFailure(f"{url}: the index continues at {base}, on another host, which is not asked")
        return ask(self._transport, self._dialect, base, query, place.cookies)

    def _capture(
        self, answer: Answer, address: Address, moment: datetime, chain: list[Hop], digest: str | None
    ) -> PlayedCapture:
        body = plain(answer, self.settings.max_body_bytes)
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
        if original and self.archive.timegate and not same_page(original[1], address.url):
            raise RedirectedAway(f"{address.url}: the archive returned {original[1]} instead")
        return original[1] if original and same_page(original[1], address.url) else address.url

    def _no_capture(self, what: str, answer: Answer, redirected: bool) -> ArchiveError:
        text = plain(answer, self.settings.max_body_bytes)
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


def _location(answer: Answer) -> str:
    """Return the Location header."""
    return location_text(answer.headers.get("location", ""))
