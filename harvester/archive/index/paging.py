"""Walking through an index, page by page, so that it can be left and taken up again after any page. No I/O of its own.

The caller keeps the `Checkpoint` of the last page it stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from harvester.archive.index.cdx import CaptureRow, MalformedRow, Row, without_repeats
from harvester.archive.transport import GatewayTimeout
from harvester.clock import Clock
from harvester.dates import iso, parse_iso
from harvester.errors import EndlessIndex, TransientFailure

#: The first captures of the Wayback Machine are of 1996.
FIRST = datetime(1996, 1, 1, tzinfo=UTC)
#: A span of the index that is not narrowed further when the archive answers 504.
NARROWEST = timedelta(days=1)
#: The part of a span that is requested after a 504: from thirty years to a day in eight steps.
NARROWING = 4
#: This many pages in a row without a capture, each with a new key, are not an index any more.
MOST_EMPTY_PAGES = 1_000
#: So many pages in a row with captures, none later than those before: an index is in the order of time.
MOST_STALLED_PAGES = 100
#: Pages and rows of one search; the addresses archived most often have some 1,000 pages.
MOST_PAGES = 10_000
MOST_ROWS = 20_000_000
#: How far the clocks of archives may be ahead of this one.
AHEAD = timedelta(days=1)
#: When this was written: a clock that says less is wrong, and hides no captures.
WRITTEN = datetime(2026, 11, 28, tzinfo=UTC)
#: The time of one search: 10,000 pages take seven hours at the limit that the Internet Archive asks for.
LONGEST_SEARCH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a search continues: opaque to the caller, who keeps it as text.

    `resume_key` and `cookies` are as the archive gave them; `start` is the first instant still to be read.
    """

    start: datetime | None = None
    resume_key: str | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> str:
        """Return the text for the database."""
        start = iso(self.start)
        return json.dumps({"start": start, "resume_key": self.resume_key, "cookies": dict(self.cookies)})

    @classmethod
    def load(cls, text: str) -> Checkpoint:
        """Read the text of `dump`."""
        fields = json.loads(text)
        start = parse_iso(fields["start"]) if fields["start"] else None
        return cls(start, fields["resume_key"], fields["cookies"])


@dataclass(frozen=True, slots=True)
class CdxPage:
    """One page of an index: captures, rows set aside, and where to continue (None: this was the last page)."""

    rows: tuple[CaptureRow, ...]
    malformed: tuple[MalformedRow, ...]
    checkpoint: Checkpoint | None


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What the index answered: all rows of a page, the key to the next one, the cookies to keep while paging."""

    rows: list[Row]
    resume_key: str | None
    cookies: Mapping[str, str]


#: Asks the index for the page at a place, up to an instant (None: to its end); raises what `ArchiveClient.search` does.
Ask = Callable[[Checkpoint, datetime | None], PageAnswer]


def pages(ask: Ask, place: Checkpoint, end: datetime | None, clock: Clock) -> Iterator[CdxPage]:
    """Yield the pages from a place to `end` (None: to the newest capture, at most until now by `clock`).

    A query that is too wide for the archive (504) is repeated for a part of its span, and widened again after that. A
    page without captures but with a key is followed. A key that comes twice is not used twice: the search continues
    from the last instant read, or raises `TransientFailure` if that would not advance either.
    A search that passes a bound raises `EndlessIndex`; pages given before stay good.
    """
    begun = clock()
    last = end or begun
    reach = last
    read_to = place.start or FIRST
    restarted_at = read_to
    last_line: str | None = None
    keys = {place.resume_key}
    empty_pages = stalled_pages = all_pages = all_rows = 0
    while True:
        took = clock() - begun
        if took > LONGEST_SEARCH:
            raise EndlessIndex(f"the index does not end: searched for {took / timedelta(hours=1):.0f} hours")
        if all_pages >= MOST_PAGES or all_rows > MOST_ROWS:
            raise EndlessIndex(f"the index does not end: {all_pages:,} pages with {all_rows:,} rows so far")
        try:
            answer = ask(place, end if reach == last else reach)
        except GatewayTimeout:
            if reach - read_to < NARROWEST:
                raise
            reach = (read_to + (reach - read_to) / NARROWING).replace(microsecond=0)
            continue
        fresh = without_repeats(answer.rows, last_line)
        last_line = answer.rows[-1].line if answer.rows else last_line
        fresh = [_of_the_past(row, max(begun, WRITTEN)) for row in fresh]
        captures = tuple(row for row in fresh if isinstance(row, CaptureRow))
        all_pages, all_rows = all_pages + 1, all_rows + len(answer.rows)
        newest = max([read_to, *(row.timestamp for row in captures)])
        # Only a later capture is progress: pages may be empty and without progress in turn.
        if newest > read_to:
            empty_pages = stalled_pages = 0
        elif fresh:
            stalled_pages += 1
        else:
            empty_pages += 1
        read_to = newest
        following: Checkpoint | None = None
        if answer.resume_key is not None and answer.resume_key not in keys:
            if empty_pages > MOST_EMPTY_PAGES:
                raise EndlessIndex(f"the index does not end: {empty_pages:,} empty pages, no later capture")
            if stalled_pages > MOST_STALLED_PAGES:
                raise EndlessIndex(f"the index does not end: {stalled_pages:,} pages without a later capture")
            keys.add(answer.resume_key)
            following = Checkpoint(place.start, answer.resume_key, answer.cookies)
        elif answer.resume_key is not None:
            if read_to <= restarted_at:
                raise TransientFailure("the index repeats a resume key without end; it will be searched again")
            restarted_at = read_to
            following = Checkpoint(read_to, None, answer.cookies)
        elif reach < last:
            width = reach - (place.start or FIRST)
            following = Checkpoint(reach + timedelta(seconds=1), None, answer.cookies)
            read_to = reach
            reach = min(last, reach + 2 * width)
        yield CdxPage(captures, tuple(row for row in fresh if isinstance(row, MalformedRow)), following)
        if following is None:
            return
        place = following


def _of_the_past(row: Row, now: datetime) -> Row:
    """Return a row, or why it is set aside: no capture is of the future, whatever an archive says."""
    if isinstance(row, CaptureRow) and row.timestamp > now + AHEAD:
        return MalformedRow(row.line, "timestamp: it lies in the future")
    return row
