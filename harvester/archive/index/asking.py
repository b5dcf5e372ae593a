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
        return PageAnswer(*page, {**cookies, **answer.cookies})
    raise ArchiveUnavailable(f"{query.url}: {problem}; search again later")


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
    text = body.decode("utf-8", "backslashreplace")
    if form.says_nothing_found(answer.status, text):
        return [], None
    if answer.status == 403 and form.refuses_by_403:
        raise _SlowDown(f"{base} answered 403, which asks to slow down; search again later")
    if 400 <= answer.status != 403:
        raise TransientFailure(f"{query.url}: the index answered {answer.status}; it will be searched again")
    if answer.status != 200:
        raise NotAnIndexPage(f"its status is {answer.status}")
    return form.page(text, query)


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
