"""One test for each sentence of ../shared/archive/WAYBACK.md that is not already a recorded answer's.

`test_recorded.py` has those that a recorded answer shows, `test_limits.py` and `test_gate.py` the arithmetic of limits.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.index.paging import Checkpoint
from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.rules import Limits
from harvester.archive.playback.redirects import Address, target_of
from harvester.archive.transport import TRIES
from harvester.errors import (
    ArchiveUnavailable,
    BudgetSpent,
    CaptureRefused,
    RedirectedAway,
    SiteExcluded,
    TooLarge,
    TooSlow,
    TransientFailure,
    Unplayable,
)
from harvester.memento import EMPTY_BODY_DIGEST, digest_of, has_body_digest
from harvester.settings import FetchSettings, PollSettings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.servers import Answerer, Asked, Reply, Server, in_turn
from tests.support.service.installations import until
from tests.support.times import at

Scripted = Callable[..., tuple[ArchiveClient, Server]]

URL = "http://example.com/privacy"
WHEN = at("20200102030405")
MEMENTO = ("Memento-Datetime", "Thu, 02 Jan 2020 03:04:05 GMT")
TEXT = ("Content-Type", "text/plain;charset=UTF-8")


def capture(body: bytes = b"<p>policy", *headers: tuple[str, str], status: int = 200, **options: object) -> Reply:
    return Reply(status, [MEMENTO, *headers], body, **options)  # type: ignore[arg-type]


def row(timestamp: str, digest: str = "A" * 32, original: str = URL, rest: str = "100") -> str:
    return f"com,example)/privacy {timestamp} {original} text/html 200 {digest} {rest}"


def index(*lines: str, key: str | None = None, cookie: str | None = None) -> Reply:
    tail = f"\n{key}\n" if key else ""
    headers = [TEXT] + ([("Set-Cookie", cookie)] if cookie else [])
    return Reply(200, headers, ("".join(f"{line}\n" for line in lines) + tail).encode())


def lines_of(client: ArchiveClient, **span: object) -> list[str]:
    return [found.line for page in client.search(URL, **span) for found in page.rows]  # type: ignore[arg-type]


# Limits


def test_the_user_agent_names_the_tool_and_a_contact(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: capture(), fetch=FetchSettings(contact="mailto:me@example.org"))
    client.fetch(URL, WHEN)
    assert server.asked[0].headers["user-agent"].startswith("harvester/")
    assert "mailto:me@example.org" in server.asked[0].headers["user-agent"]


def test_one_connection_is_kept_alive_for_many_requests(scripted: Scripted) -> None:
    replies = in_turn(
        Reply(302, [MEMENTO, ("Location", "/web/20200102030405id_/http://example.com/new")], b"moved" * 1000),
        capture(),
        Reply(404, [], b"no" * 20_000),
        Reply(503, [], b"busy"),
        capture(b"chunked", chunked=True),
    )
    client, server = scripted(replies)
    client.fetch(URL, WHEN)
    with pytest.raises(Unplayable):
        client.fetch(URL, WHEN)
    client.fetch(URL, WHEN)
    assert len(server.asked) == 5
    assert len({asked.client_port for asked in server.asked}) == 1


def test_threads_use_no_more_connections_than_the_settings_allow(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: capture(hang=0.02), fetch=FetchSettings(threads=2))
    threads = [threading.Thread(target=lambda: [client.fetch(URL, WHEN) for _ in range(5)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.asked) == 30
    assert len({asked.client_port for asked in server.asked}) == 2


@pytest.mark.parametrize("header", [[], [("Retry-After", "1")]])
def test_after_a_429_nothing_is_asked_until_the_pause_is_over_and_no_try_is_charged(
    scripted: Scripted, header: list[tuple[str, str]]
) -> None:
    many = [Reply(429, header) for _ in range(2)]
    limits = Limits(0, 0, pause=0.2, backoff=0)
    client, server = scripted(in_turn(*many, capture()), limits=limits)
    assert client.fetch(URL, WHEN).body == b"<p>policy"
    gaps = [b.at - a.at for a, b in zip(server.asked, server.asked[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= (1.0 if header else 0.2)


def test_a_429_of_the_index_pauses_playback_too(scripted: Scripted) -> None:
    replies = {"/cdx": in_turn(Reply(429), index()), "/web": in_turn(capture())}
    client, server = scripted(lambda asked: replies[asked.path[:4]](asked), limits=Limits(0, 0, pause=0.5, backoff=0))
    search = threading.Thread(target=lambda: list(client.search(URL)))
    search.start()
    until(lambda: client.limiter.state().paused_until > 0, every=0.005)
    client.fetch(URL, WHEN)
    search.join()
    assert server.asked[1].at - server.asked[0].at >= 0.5


def test_refused_connections_open_the_breaker_and_are_no_tries_of_a_capture(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: capture(), limits=Limits(0, 0, backoff=0))
    server.close()
    with pytest.raises(ArchiveUnavailable, match="refused") as told:
        client.fetch(URL, WHEN)
    assert not isinstance(told.value, TransientFailure | CaptureRefused)
    assert told.value.retry_at_seconds == pytest.approx(60, abs=5)
    assert client.limiter.state().refused_in_row == 3


# Transient faults


@pytest.mark.parametrize("status", [500, 502, 503, 504, 413, 421, 599])
def test_a_passing_state_of_the_archive_is_tried_again(scripted: Scripted, status: int) -> None:
    client, server = scripted(in_turn(Reply(status, [], b"oops"), capture()))
    assert client.fetch(URL, WHEN).status == 200
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Reply(503),
        Reply(cut=0),
        capture(b"x" * 1000, cut=500),
        capture(b"x" * 1000, cut=500, chunked=True),
        capture(gzip.compress(b"y" * 10_000)[:30], ("Content-Encoding", "gzip")),
    ],
    ids=["503", "reset", "truncated", "truncated chunk", "truncated gzip"],
)
def test_a_fault_that_stays_leaves_the_capture_for_a_later_pass(scripted: Scripted, fault: Reply) -> None:
    client, server = scripted(lambda asked: fault)
    with pytest.raises(TransientFailure, match="will be retried"):
        client.fetch(URL, WHEN)
    assert 1 <= len(server.asked) <= 3


@pytest.mark.parametrize("fault", [Reply(cut=0), capture(b"x" * 1000, cut=500)], ids=["reset", "truncated"])
def test_a_reset_or_truncated_body_is_tried_again(scripted: Scripted, fault: Reply) -> None:
    client, _ = scripted(in_turn(fault, fault, capture()))
    assert client.fetch(URL, WHEN).body == b"<p>policy"


def test_a_silent_archive_is_too_slow(scripted: Scripted) -> None:
    client, _ = scripted(lambda asked: Reply(hang=600), fetch=FetchSettings(timeout=0.1))
    with pytest.raises(TooSlow):
        client.fetch(URL, WHEN)


def test_a_body_that_drips_is_cut_off_by_the_wall_clock(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TRIES, "playback", 1)
    client, _ = scripted(lambda asked: capture(b"x" * 500, pace=0.02), fetch=FetchSettings(timeout=5, max_seconds=0.1))
    # On a busy machine the time may be over before the first byte of the body.
    with pytest.raises(TooSlow, match=r"too slow after|no answer within"):
        client.fetch(URL, WHEN)


def test_delays_between_tries_grow_and_have_jitter(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    client, server = scripted(lambda asked: Reply(503), limits=Limits(0, 0, backoff=0.1, failures=1000))
    waits: list[float] = []
    monkeypatch.setattr(client.limiter, "sleep", waits.append)
    for _ in range(4):
        with pytest.raises(TransientFailure):
            client.fetch(URL, WHEN)
    assert len(server.asked) == 4 * 3
    firsts, seconds = waits[::2], waits[1::2]
    assert len(set(firsts)) == 4
    assert all(0.05 <= one <= 0.2 for one in firsts)
    assert all(0.1 <= one <= 0.4 for one in seconds)


def test_html_in_place_of_the_index_is_never_no_captures(scripted: Scripted) -> None:
    client, _ = scripted(lambda asked: Reply(200, [("Content-Type", "text/html")], b"<html>Temporarily offline</html>"))
    with pytest.raises(ArchiveUnavailable, match="HTML"):
        list(client.search(URL))


@pytest.mark.parametrize(
    "reply",
    [Reply(200, [TEXT], b"<html>Temporarily offline</html>"), Reply(403, [TEXT], b"Forbidden"), Reply(204)],
    ids=["html", "a 403 that names no block", "no content"],
)
def test_what_is_no_index_is_asked_again_and_told_to_the_breaker(scripted: Scripted, reply: Reply) -> None:
    client, server = scripted(lambda asked: reply, limits=Limits(0, 0, backoff=0, failures=1000))
    with pytest.raises(ArchiveUnavailable, match="not with an index page"):
        list(client.search(URL))
    assert len(server.asked) == client.limiter.state().failed_in_row == 6


def test_a_passing_html_page_in_place_of_the_index_is_asked_again(scripted: Scripted) -> None:
    client, _ = scripted(in_turn(Reply(200, [], b"<!DOCTYPE html>sorry"), index(row("20200101000000"))))
    assert len(lines_of(client)) == 1


def test_an_error_in_plain_words_in_place_of_the_index_is_never_no_captures(scripted: Scripted) -> None:
    client, _ = scripted(lambda asked: Reply(200, [TEXT], b"Internal error, try again\n"))
    with pytest.raises(ArchiveUnavailable, match="Internal error"):
        list(client.search(URL))


def test_a_504_on_a_wide_query_narrows_the_range_and_misses_nothing(scripted: Scripted) -> None:
    days = [f"2020{month:02}{day:02}120000" for month in range(1, 13) for day in (1, 15)]

    def answer(asked: Asked) -> Reply:
        low, high = asked.query["from"], asked.query["to"]
        if int(high[:8]) - int(low[:8]) > 300:
            return Reply(504)
        return index(*(row(day) for day in days if low <= day <= high))

    client, server = scripted(answer, limits=Limits(0, 0, backoff=0, failures=1000))
    found = lines_of(client, start=at("20200101000000"), end=at("20201231235959"))
    assert found == [row(day) for day in days]
    spans = [(asked.query["from"], asked.query["to"]) for asked in server.asked]
    assert spans[0] == ("20200101000000", "20201231235959")
    assert len(spans) < 30


def test_a_search_that_narrowed_and_was_killed_goes_on_where_it_was(scripted: Scripted) -> None:
    days = [f"2020{month:02}{day:02}120000" for month in range(1, 13) for day in (1, 15)]

    def answer(asked: Asked) -> Reply:
        low, high = asked.query["from"], asked.query["to"]
        return Reply(504) if int(high[:6]) - int(low[:6]) > 4 else index(*(row(d) for d in days if low <= d <= high))

    client, _ = scripted(answer)
    span = (at("20200101000000"), at("20201231235959"))
    search = client.search(URL, start=span[0], end=span[1])
    first = next(search)
    assert first.checkpoint is not None
    rest = client.search(URL, start=span[0], end=span[1], checkpoint=first.checkpoint)
    assert [found.line for page in [first, *rest] for found in page.rows] == [row(day) for day in days]


def test_narrowing_is_no_failure_of_the_archive(scripted: Scripted) -> None:
    client, _ = scripted(in_turn(*[Reply(504)] * 6, index(row("20200101000000"))))
    lines_of(client, start=at("19960101000000"), end=at("20251231235959"))
    assert not client.limiter.state().troubled


def test_a_504_on_the_narrowest_range_is_a_passing_failure(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: Reply(504), limits=Limits(0, 0, backoff=0, failures=1000))
    with pytest.raises(TransientFailure):
        lines_of(client, start=at("20200101000000"), end=at("20200102000000"))
    assert len(server.asked) < 20
    assert client.limiter.state().failed_in_row == 1


# The index


def test_a_limit_and_the_wish_for_a_resume_key_go_with_every_query(scripted: Scripted) -> None:
    client, server = scripted(in_turn(index(row("20200101000000"), key="k%201"), index(row("20200102000000"))))
    lines_of(client)
    for asked in server.asked:
        assert asked.query["limit"] == "5000"
        assert asked.query["showResumeKey"] == "true"
        assert asked.query["fl"].split(",")[0] == "urlkey"
        assert "page" not in asked.query


def test_a_resume_key_comes_back_as_it_was_printed(scripted: Scripted) -> None:
    key = "com%2Cexample%29%2F.%25c2%25a0+2020010400000%3A"
    client, server = scripted(in_turn(index(row("20200101000000"), key=key), index(row("20200102000000"))))
    assert len(lines_of(client)) == 2
    assert server.asked[1].query["resumeKey"] == key


def test_a_resume_key_of_a_json_page_is_understood(scripted: Scripted) -> None:
    names = '["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
    first = f'[{names},["k","20200101000000","{URL}","text/html","200","{"A" * 32}","1"],[],["com%2Cexample"]]'
    second = f'[{names},["k","20200102000000","{URL}","warc/revisit","-","{"A" * 32}","-"]]'
    client, server = scripted(in_turn(Reply(200, [], first.encode()), Reply(200, [], second.encode())))
    rows = [found for page in client.search(URL) for found in page.rows]
    assert [(found.status, found.length, found.mimetype == "warc/revisit") for found in rows] == [
        (200, 1, False),
        (None, None, True),
    ]
    assert server.asked[1].query["resumeKey"] == "com%2Cexample"


def test_a_repeated_resume_key_is_not_used_again_and_the_search_goes_on(scripted: Scripted) -> None:
    pages = in_turn(
        index(row("20200101000000"), row("20200102000000"), key="k1"),
        index(row("20200103000000"), key="k1"),
        index(row("20200103000000"), row("20200104000000")),
    )
    client, server = scripted(pages)
    assert lines_of(client) == [row(f"2020010{day}000000") for day in (1, 2, 3, 4)]
    assert "resumeKey" not in server.asked[2].query
    assert server.asked[2].query["from"] == "20200103000000"


def test_a_resume_key_repeated_for_ever_ends_the_search_as_a_failure(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: index(row("20200101000000"), key="k1"))
    with pytest.raises(TransientFailure, match="repeats"):
        lines_of(client)
    assert len(server.asked) < 10


def test_an_empty_page_that_carries_a_key_is_gone_through(scripted: Scripted) -> None:
    empty = Reply(200, [TEXT], b"\nk2\n")
    client, _ = scripted(in_turn(index(row("20200101000000"), key="k1"), empty, index(row("20200102000000"))))
    assert len(lines_of(client)) == 2


def test_a_page_of_rows_that_are_all_set_aside_is_gone_through(scripted: Scripted) -> None:
    pages = in_turn(index(row("99999999999999"), key="k1"), index(row("20200102000000")))
    client, _ = scripted(pages)
    found = list(client.search(URL))
    assert [(len(page.rows), len(page.malformed)) for page in found] == [(0, 1), (1, 0)]
    assert found[0].malformed[0].line == row("99999999999999")


def test_the_cookie_is_kept_while_paging_and_in_the_checkpoint_and_nowhere_else(scripted: Scripted) -> None:
    pages = in_turn(
        index(row("20200101000000"), key="k1", cookie="lb=node7; Path=/"),
        index(row("20200102000000"), key="k2"),
        index(row("20200103000000")),
        index(row("20200104000000")),
        index(row("20200103000000")),
    )
    client, server = scripted(pages)
    found = list(client.search(URL))
    list(client.search(URL))
    list(client.search(URL, checkpoint=found[1].checkpoint))
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "lb=node7", "lb=node7", None, "lb=node7"]


@pytest.mark.parametrize("cookie", ["0", "lb; Path=/", "=", "=node7"])
def test_a_cookie_without_a_name_or_a_value_does_not_end_a_search(scripted: Scripted, cookie: str) -> None:
    first = index(row("20200101000000"), key="k1", cookie=cookie)
    client, _ = scripted(in_turn(first, index(row("20200102000000"))))
    pages = list(client.search(URL))
    assert [len(page.rows) for page in pages] == [1, 1]


def test_a_search_taken_up_from_a_stored_checkpoint_sends_its_key_and_cookie(scripted: Scripted) -> None:
    pages = in_turn(
        index(row("20200101000000"), key="k1", cookie="lb=node7; Path=/"), index(row("20200102000000"), key="k2")
    )
    client, server = scripted(pages)
    stored = next(client.search(URL, start=WHEN)).checkpoint
    assert stored is not None
    next(client.search(URL, checkpoint=Checkpoint.load(stored.dump())))
    again = server.asked[1]
    assert again.headers.get("cookie") == "lb=node7"
    assert "resumeKey=k1" in again.path
    assert f"from={WHEN:%Y%m%d%H%M%S}" in again.path


def test_rows_repeated_within_and_across_pages_come_once(scripted: Scripted) -> None:
    one, two = row("20200101000000"), row("20200102000000")
    client, _ = scripted(in_turn(index(one, one, two, two, key="k1"), index(two, two, one)))
    assert lines_of(client) == [one, two, one]


def test_one_timestamp_can_have_two_captures(scripted: Scripted) -> None:
    both = [row("20200101000000"), row("20200101000000", original="https://example.com/privacy")]
    client, _ = scripted(in_turn(index(*both)))
    assert lines_of(client) == both


def test_variants_of_one_key_keep_their_own_originals(scripted: Scripted) -> None:
    originals = ["http://example.com:80/privacy", "https://www.example.com/privacy", "http://EXAMPLE.com/privacy/"]
    client, _ = scripted(in_turn(index(*(row("20200101000000", original=original) for original in originals))))
    found = [found for page in client.search(URL) for found in page.rows]
    assert [found.original for found in found] == originals
    assert {found.urlkey for found in found} == {"com,example)/privacy"}


def test_columns_after_the_seventh_are_ignored(scripted: Scripted) -> None:
    client, _ = scripted(in_turn(index(row("20200101000000", rest="100 - - 50 60"))))
    assert [found.length for page in client.search(URL) for found in page.rows] == [100]


def test_no_filter_is_sent_since_it_would_drop_revisits(scripted: Scripted) -> None:
    client, server = scripted(in_turn(index()))
    lines_of(client)
    assert not any("filter" in asked.path or "collapse" in asked.path for asked in server.asked)


def test_both_ends_of_a_span_are_sent_in_14_digits(scripted: Scripted) -> None:
    client, server = scripted(in_turn(index()))
    lines_of(client, start=at("20040101000000"), end=at("20041231235959"))
    assert (server.asked[0].query["from"], server.asked[0].query["to"]) == ("20040101000000", "20041231235959")


def test_incremental_polls_overlap_by_more_days_than_the_index_lags() -> None:
    assert PollSettings().overlap >= timedelta(days=7)


def test_each_url_is_queried_exactly(scripted: Scripted) -> None:
    client, server = scripted(in_turn(index()))
    url = "http://example.com/a b?x=1&y=%2F*#part"
    list(client.search(url))
    assert server.asked[0].query["url"] == url
    assert server.asked[0].query["matchType"] == "exact"


def test_the_empty_body_digest_says_nothing_and_any_other_tells_the_body() -> None:
    assert digest_of(b"") == EMPTY_BODY_DIGEST
    assert not has_body_digest(EMPTY_BODY_DIGEST)
    assert not has_body_digest("")
    assert not has_body_digest(None)
    assert has_body_digest(digest_of(b"policy"))


BLOCKED = "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(403, [("X-Archive-Wayback-Runtime-Error", BLOCKED)]),
        Reply(403, [TEXT], BLOCKED.encode()),
        Reply(200, [TEXT], f"{BLOCKED}\n".encode()),
        Reply(200, [TEXT], f"{row('20200101000000')}\n{BLOCKED} for http://example.com/\n".encode()),
    ],
    ids=["header", "body", "row of a 200", "row among others"],
)
def test_a_site_blocked_by_robots_is_excluded_from_the_index(scripted: Scripted, reply: Reply) -> None:
    client, server = scripted(lambda asked: reply)
    with pytest.raises(SiteExcluded, match=r"robots\.txt"):
        list(client.search(URL))
    assert len(server.asked) == 1


# Playback


def test_playback_is_asked_for_as_captured(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: capture())
    client.fetch("http://example.com/a?b=c&d=%C3%A9", WHEN)
    assert server.asked[0].path == "/web/20200102030405id_/http://example.com/a?b=c&d=%C3%A9"


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
def test_with_memento_datetime_every_status_is_history(scripted: Scripted, status: int) -> None:
    client, server = scripted(lambda asked: capture(status=status))
    assert client.fetch(URL, WHEN).status == status
    assert len(server.asked) == 1
    assert not client.limiter.state().troubled


def test_a_listed_capture_that_cannot_be_played_is_an_outcome(scripted: Scripted) -> None:
    client, server = scripted(lambda asked: Reply(404, [], b"Not Found"))
    with pytest.raises(Unplayable) as told:
        client.fetch(URL, WHEN)
    assert told.value.outcome == "unplayable"
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [200, 403])
def test_an_unknown_page_of_the_archives_own_is_neither_a_capture_nor_an_exclusion(
    scripted: Scripted, status: int
) -> None:
    client, _ = scripted(lambda asked: Reply(status, [], b"<html>Exclusive: scheduled maintenance</html>"))
    with pytest.raises(TransientFailure):
        client.fetch(URL, WHEN)


@pytest.mark.parametrize("days", [0.4, 30])
def test_a_capture_that_stands_in_is_accepted_only_inside_the_window(scripted: Scripted, days: float) -> None:
    true = WHEN + timedelta(days=days)
    there = f"/web/{true:%Y%m%d%H%M%S}id_/{URL}"
    memento = ("Memento-Datetime", f"{true:%a, %d %b %Y %H:%M:%S} GMT")
    away = Reply(302, [("Location", there), ("X-Archive-Redirect-Reason", f"found capture at {true:%Y%m%d%H%M%S}")])
    client, server = scripted(in_turn(away, Reply(200, [memento], b"text")))
    if days < 1:
        assert client.fetch(URL, WHEN, window=timedelta(days=1)).timestamp == true
    else:
        with pytest.raises(RedirectedAway):
            client.fetch(URL, WHEN, window=timedelta(days=1))
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location",
    [
        "{base}/web/20200102030405id_/http://example.com/new",
        "{base}/web/20200102030405/http://example.com/new",
        "{base}/web/http://example.com/new",
        "{base}/web/id_/http://example.com/new",
        "/web/20200102030405id_/http://example.com/new",
        "/web/http:/example.com/new",
        "//{host}/web/20200102030405id_/http://example.com/new",
        "http://example.com/new",
        "/new",
        "new",
    ],
)
def test_a_redirect_of_that_day_is_followed_inside_the_archive(scripted: Scripted, location: str) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path.endswith("/privacy"):
            base = f"http://{asked.headers['host']}"
            return capture(b"", ("Location", location.format(base=base, host=asked.headers["host"])), status=301)
        return capture(b"new")

    client, server = scripted(answer)
    playback = client.fetch(URL, WHEN)
    assert playback.body == b"new"
    assert playback.url == "http://example.com/new"
    assert [(hop.url, hop.status, hop.historical) for hop in playback.chain] == [(URL, 301, True)]
    assert server.asked[1].path == "/web/20200102030405id_/http://example.com/new"


@pytest.mark.parametrize(
    "location", ["ftp://example.com/x", "javascript:void(0)", "mailto:a@example.com", "http://[bad", "http://", ""]
)
def test_a_redirect_to_nowhere_is_redirected_away(scripted: Scripted, location: str) -> None:
    client, _ = scripted(lambda asked: capture(b"", ("Location", location), status=302))
    with pytest.raises(RedirectedAway):
        client.fetch(URL, WHEN)


@pytest.mark.parametrize("control", ["\x00", "\x01", "\t", "\x1f", "\x7f"])
@pytest.mark.parametrize("historical", [True, False])
def test_a_location_with_control_characters_leads_nowhere(control: str, historical: bool) -> None:
    here = Address(WHEN, URL)
    for location in (f"/web/20200102030405id_/{URL}{control}x", f"/new{control}er"):
        assert target_of(location, "https://web.archive.org/web", here, historical=historical) is None


def test_only_the_configured_host_is_ever_contacted(scripted: Scripted) -> None:
    elsewhere_asked: list[Asked] = []

    def note(asked: Asked) -> Reply:
        elsewhere_asked.append(asked)
        return capture()

    elsewhere = Server(note)
    try:
        for memento in ([], [MEMENTO]):
            away = Reply(302, [*memento, ("Location", f"{elsewhere.base}/web/20200102030405id_/{URL}")])
            client, _ = scripted(in_turn(away, Reply(404)))
            with pytest.raises(RedirectedAway):
                client.fetch(URL, WHEN)
            index_client, _ = scripted(in_turn(Reply(302, [("Location", f"{elsewhere.base}/cdx")])))
            with pytest.raises(ArchiveUnavailable):
                list(index_client.search(URL))
    finally:
        elsewhere.close()
    assert elsewhere_asked == []


def test_the_body_of_a_redirect_is_not_read_without_end(scripted: Scripted) -> None:
    moved = capture(b"x" * 3_000_000, ("Location", "/new"), status=301)
    client, _ = scripted(in_turn(moved, capture(b"new")), fetch=FetchSettings(max_body_bytes=1_000))
    assert client.fetch(URL, WHEN).body == b"new"


def test_an_endless_chain_of_redirects_ends_at_the_hop_limit(scripted: Scripted) -> None:
    def answer(asked: Asked) -> Reply:
        hop = int(asked.path.rpartition("?")[2] or 0) if "?" in asked.path else 0
        return capture(b"", ("Location", f"/web/20200102030405id_/{URL}?{hop + 1}"), status=302)

    client, server = scripted(answer)
    with pytest.raises(RedirectedAway, match="more than 20"):
        client.fetch(URL, WHEN)
    assert len(server.asked) == 21


PAGE = b"<p>" + b"The policy. " * 500


@pytest.mark.parametrize(
    ("headers", "wire"),
    [
        ([("Content-Encoding", "gzip")], gzip.compress(PAGE)),
        ([("Content-Encoding", "gzip"), ("Content-Encoding", "")], gzip.compress(PAGE)),
        ([("Content-Encoding", ""), ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
        ([("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
        ([("Content-Encoding", "gzip, gzip")], gzip.compress(gzip.compress(PAGE))),
        ([("Content-Encoding", "gzip")], PAGE),
        ([], gzip.compress(PAGE)),
        ([("Content-Encoding", "identity")], PAGE),
        ([("Content-Encoding", "nonsense")], PAGE),
        ([], PAGE),
    ],
    ids=[
        "plain",
        "blank second",
        "blank first",
        "twice said",
        "twice done",
        "announced",
        "unannounced",
        "id",
        "?",
        "no",
    ],
)
def test_magic_bytes_decide_about_the_content_encoding(
    scripted: Scripted, headers: list[tuple[str, str]], wire: bytes
) -> None:
    client, _ = scripted(lambda asked: capture(wire, *headers))
    playback = client.fetch(URL, WHEN)
    assert playback.body == PAGE
    assert playback.bytes_on_wire == len(wire)


def test_a_content_type_without_charset_is_kept_as_it_is(scripted: Scripted) -> None:
    client, _ = scripted(lambda asked: capture(b"x", ("Content-Type", "text/html")))
    assert client.fetch(URL, WHEN).content_type == "text/html"


def test_the_sites_own_headers_are_kept_under_their_own_names(scripted: Scripted) -> None:
    headers = [("X-Archive-Orig-Server", "Apache/1.3"), ("x-archive-orig-last-modified", "never"), ("X-ts", "200")]
    client, _ = scripted(lambda asked: capture(b"x", ("Content-Type", "text/html"), *headers))
    assert client.fetch(URL, WHEN).headers == {
        "server": "Apache/1.3",
        "last-modified": "never",
        "content-type": "text/html",
    }


@pytest.mark.parametrize(
    ("digest", "verdict"),
    [
        (digest_of(PAGE), "match"),
        (digest_of(b"else"), "mismatch"),
        (None, "unknown"),
        ("", "unknown"),
        (EMPTY_BODY_DIGEST, "unknown"),
    ],
)
def test_the_digest_verdict_is_recorded_and_never_a_reason_to_reject(
    scripted: Scripted, digest: str | None, verdict: str
) -> None:
    client, _ = scripted(lambda asked: capture(gzip.compress(PAGE), ("Content-Encoding", "gzip")))
    playback = client.fetch(URL, WHEN, digest=digest)
    assert playback.digest_verdict == verdict
    assert playback.body == PAGE


def test_a_digest_of_the_compressed_body_matches_too(scripted: Scripted) -> None:
    wire = gzip.compress(PAGE)
    client, _ = scripted(lambda asked: capture(wire, ("Content-Encoding", "gzip")))
    assert client.fetch(URL, WHEN, digest=digest_of(wire)).digest_verdict == "match"


def test_behind_a_redirect_another_digest_says_nothing(scripted: Scripted) -> None:
    moved = capture(b"", ("Location", "/web/20200102030405id_/http://example.com/new"), status=301)
    client, _ = scripted(in_turn(moved, capture(b"new")))
    assert client.fetch(URL, WHEN, digest=digest_of(b"else")).digest_verdict == "unknown"


# Limits of one answer, and of a run


@pytest.mark.parametrize(
    ("chunked", "said"), [(False, "300000 bytes exceed the limit of 100000"), (True, "more bytes .* 100000")]
)
def test_a_body_above_the_limit_is_refused_by_its_announced_size_where_it_has_one(
    scripted: Scripted, chunked: bool, said: str
) -> None:
    client, server = scripted(
        lambda asked: capture(b"x" * 300_000, chunked=chunked), fetch=FetchSettings(max_body_bytes=100_000)
    )
    with pytest.raises(TooLarge, match=said):
        client.fetch(URL, WHEN)
    assert len(server.asked) == 1


def test_a_body_that_unpacks_to_more_than_the_limit_is_refused(scripted: Scripted) -> None:
    bomb = gzip.compress(b"\0" * 10_000_000)
    client, _ = scripted(lambda asked: capture(bomb), fetch=FetchSettings(max_body_bytes=100_000))
    with pytest.raises(TooLarge, match="unpacks"):
        client.fetch(URL, WHEN)


def test_every_request_counts_against_the_budget_retries_too(scripted: Scripted) -> None:
    budget = Budget(3)
    client, server = scripted(in_turn(Reply(503), capture()), budget=budget)
    client.fetch(URL, WHEN)
    client.fetch(URL, WHEN)
    with pytest.raises(BudgetSpent):
        client.fetch(URL, WHEN)
    assert len(server.asked) == 3
    assert budget.spent == {"cdx": 0, "playback": 3}


# Other archives


def pywb_line(timestamp: str, **fields: str) -> str:
    import json

    return json.dumps(
        {"urlkey": "com,example)/privacy", "timestamp": timestamp, "url": URL, "mime": "text/html"} | fields
    )


def test_pywb_lists_captures_as_json_lines(scripted: Scripted) -> None:
    body = "\n".join(
        [
            pywb_line("20200101000000", status="200", digest="sha1:" + "A" * 32, length="5"),
            pywb_line("20200102000000", mime="warc/revisit", digest="B" * 32),
            "{broken",
        ]
    )
    client, server = scripted(lambda asked: Reply(200, [], body.encode()), dialect="pywb")
    page = next(client.search(URL))
    assert [(found.status, found.digest, found.mimetype == "warc/revisit") for found in page.rows] == [
        (200, "A" * 32, False),
        (None, "B" * 32, True),
    ]
    assert [bad.line for bad in page.malformed] == ["{broken"]
    assert page.checkpoint is None
    assert server.asked[0].path.startswith("/coll/cdx?")
    assert "limit" not in server.asked[0].query


@pytest.mark.parametrize("body", [b'{"message": "No captures found"}', b'{"error": "not found"}'])
def test_pywb_says_404_with_a_message_when_it_has_no_captures(scripted: Scripted, body: bytes) -> None:
    client, _ = scripted(lambda asked: Reply(404, [], body), dialect="pywb")
    assert [(page.rows, page.checkpoint) for page in client.search(URL)] == [((), None)]


def test_a_404_of_the_wayback_index_is_not_no_captures(scripted: Scripted) -> None:
    client, _ = scripted(lambda asked: Reply(404, [], b'{"message": "moved"}'))
    with pytest.raises(TransientFailure, match="404"):
        list(client.search(URL))


def nearest(url: str = URL) -> Answerer:
    def answer(asked: Asked) -> Reply:
        there = ("Content-Location", f"http://{asked.headers['host']}/coll/20200102030405id_/{url}")
        return capture(b"near", there)

    return answer


def test_pywb_answers_the_nearest_capture_which_is_taken_only_inside_the_window(scripted: Scripted) -> None:
    client, _ = scripted(nearest("https://www.example.com/privacy"), dialect="pywb")
    playback = client.fetch(URL, at("20200102000000"), window=timedelta(hours=4))
    assert (playback.timestamp, playback.url) == (WHEN, "https://www.example.com/privacy")
    with pytest.raises(RedirectedAway):
        client.fetch(URL, at("20200102000000"), window=timedelta(hours=3))


def test_a_capture_of_another_page_is_not_taken_for_this_one(scripted: Scripted) -> None:
    client, _ = scripted(nearest("http://example.com/other"), dialect="pywb")
    with pytest.raises(RedirectedAway, match="instead"):
        client.fetch(URL, WHEN)


def test_the_tests_do_not_wait_for_limits() -> None:
    assert EAGER.cdx_interval == EAGER.playback_interval == 0
