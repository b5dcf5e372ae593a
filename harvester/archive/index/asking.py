"""One page of an index asked for, whatever its dialect; what is no index page is asked for again."""

from __future__ import annotations

from collections.abc import Mapping

from harvester.archive.dialects.form import DialectForm, IndexQuery, NotAnIndexPage
from harvester.archive.index.cdx import MalformedRow, Row, parse_row
from harvester.archive.index.paging import PageAnswer
from harvester.archive.playback.content_encoding import decoded
from harvester.archive.playback.playback import blocked_reason
from harvester.archive.transport import TRIES, Answer, GatewayTimeout, Transport
from harvester.errors import ArchiveError, ArchiveUnavailable, EndlessIndex, SiteExcluded, TooLarge, TransientFailure

#: Rows of one page: a page of the most bytes has some 700,000 rows of real addresses.
MOST_ROWS_A_PAGE = 1_000_000
MOST_COLUMNS = 15
#: Characters of a resume key: it is kept with the search, and sent with the next question.
LONGEST_KEY = 100_000
#: Characters of the cookies of a search, which archives take; older ones are forgotten.
MOST_COOKIES = 8_000


def ask(
    transport: Transport, form: DialectForm, base: str, query: IndexQuery, cookies: Mapping[str, str]
) -> PageAnswer:
    """Return the page of the index at `base` that answers a question.

    Raises `SiteExcluded`, `ArchiveUnavailable` (also for HTML in place of an index), `TransientFailure`,
    `GatewayTimeout` for a span that is too wide, `EndlessIndex` for a page above the dialect's bound.
    """
    parameters = form.parameters(query)
    problem = ""
    for attempt in range(1, TRIES["cdx"] + 1):
        try:
            answer = transport.get("cdx", base, parameters, cookies, form.page_limit)
        except GatewayTimeout as error:
            transport.backoff(attempt)
            if form.narrows:
                raise
            transport.limiter.failed(str(error))
            raise TransientFailure(str(error)) from error
        except TooLarge as error:
            raise _endless(form) from error
        try:
            page = _page(form, base, query, answer)
        except NotAnIndexPage as error:
            problem = f"{base} answered, but not with an index page: {error}"
            transport.limiter.failed(problem)
            if attempt < TRIES["cdx"]:
                transport.backoff(attempt)
            continue
        except _SlowDown as error:
            transport.limiter.limited(answer.headers.get("retry-after"))
            raise ArchiveUnavailable(str(error)) from error
        except ArchiveError:
            transport.limiter.good(answer.admitted)
            raise
        transport.limiter.good(answer.admitted)
        return PageAnswer(*page, _newest({**cookies, **answer.cookies}))
    raise ArchiveUnavailable(f"{query.url}: {problem}; search again later")


def _newest(cookies: Mapping[str, str]) -> Mapping[str, str]:
    """Return the last cookies, as many as archives take: each page may set others."""
    kept: dict[str, str] = {}
    room = MOST_COOKIES
    for name, value in reversed(list(cookies.items())):
        room -= len(name) + len(value)
        if room >= 0:
            kept[name] = value
    return dict(reversed(list(kept.items())))


class _SlowDown(Exception):
    """A 403 of an archive that asks to slow down with it."""


def _endless(form: DialectForm) -> EndlessIndex:
    return EndlessIndex(f"the index does not end: one page has more than {form.page_limit:,} bytes")


def _page(form: DialectForm, base: str, query: IndexQuery, answer: Answer) -> tuple[list[Row], str | None]:
    """Return the rows and the resume key that an answer holds; raises `NotAnIndexPage` for what no index says."""
    try:
        body = plain(answer, form.page_limit)
    except TooLarge as error:
        raise _endless(form) from error
    if reason := _site_is_blocked(answer, body):
        raise SiteExcluded(f"{query.url}: the archive does not show this site ({reason}); requested again monthly")
    if _has_too_many_parts(body):
        raise EndlessIndex(f"the index does not end: one page has more than {MOST_ROWS_A_PAGE:,} rows")
    text = body.decode("utf-8", "backslashreplace")
    if form.says_nothing_found(answer.status, text):
        return [], None
    if answer.status == 403 and form.refuses_by_403:
        raise _SlowDown(f"{base} answered 403, which asks to slow down; search again later")
    if 400 <= answer.status != 403:
        raise TransientFailure(f"{query.url}: the index answered {answer.status}; it will be searched again")
    if answer.status != 200:
        raise NotAnIndexPage(f"its status is {answer.status}")
    rows, key = form.page(text, query)
    if key is not None and len(key) > LONGEST_KEY:
        raise EndlessIndex(f"the index does not end: a resume key has {len(key):,} characters")
    return rows, key


def _has_too_many_parts(body: bytes) -> bool:
    """Return whether a page has more rows or columns than any index: tiny ones take far more memory than their bytes.

    A row begins with a line, a bracket or an angle bracket, in whichever dialect; a column with a comma.
    """
    rows = max(body.count(mark) for mark in (b"\n", b"[", b"{", b"<"))
    return rows > MOST_ROWS_A_PAGE or body.count(b",") > MOST_ROWS_A_PAGE * MOST_COLUMNS


def plain(answer: Answer, limit: int) -> bytes:
    """Return the body of an answer without its content-encoding."""
    headers = answer.headers
    return decoded(answer.body, headers.get("content-encoding", ""), headers.get("content-type", ""), limit)


def _site_is_blocked(answer: Answer, body: bytes) -> str | None:
    """Return why the index does not show a site, from a 403 or from a row of a page with status 200."""
    if answer.status != 200:
        return blocked_reason(answer.status, answer.headers, body)
    for line in body[:4_000].decode("utf-8", "replace").split("\n"):
        if "AccessControlException" in line and isinstance(parse_row(line), MalformedRow):
            return blocked_reason(403, {}, line.encode())
    return None
