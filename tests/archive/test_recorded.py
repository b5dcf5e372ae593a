"""Every recorded answer of ../shared/responses, handled as WAYBACK.md says, over a real socket."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.dialects.form import IndexQuery, NotAnIndexPage
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.index.cdx import CaptureRow, MalformedRow, parse_text_page
from harvester.archive.index.paging import Checkpoint
from harvester.errors import RedirectedAway, SiteExcluded, Unplayable
from tests.support.archive_server.servers import recording
from tests.support.times import at

Recordings = Callable[[str], ArchiveClient]
ANY = IndexQuery("http://site.example/", None, None, 10)
BIRDS = "https://www.fws.gov/birds/"
DAY = timedelta(days=1)


def rows_of(client: ArchiveClient, url: str, start: str | None = None, end: str | None = None) -> list[CaptureRow]:
    found = client.search(url, start=at(start) if start else None, end=at(end) if end else None)
    return [row for page in found for row in page.rows]


@pytest.mark.parametrize(
    "name",
    [
        "test_get_memento",
        "test_get_memento_handles_non_utc_datetime",
        "test_get_memento_with_archive_url",
        "test_get_memento_with_cdx_record",
        "test_get_memento_with_mode",
        "test_get_memento_with_mode_string",
        "test_get_memento_with_string_datetime",
    ],
)
def test_an_exact_capture_comes_decoded_with_its_own_headers(recorded: Recordings, responses: Path, name: str) -> None:
    playback = recorded(name).fetch(BIRDS, at("20171124151315"))
    assert playback.status == 200
    assert playback.timestamp == at("20171124151315")
    assert playback.url == BIRDS
    assert playback.chain == ()
    assert playback.body == (responses / "wayback" / "fws-gov-birds.txt").read_bytes()
    assert playback.content_type == "text/html"
    assert "x-archive-src" not in playback.headers
    assert "date" in playback.headers
    assert playback.bytes_on_wire == 24428
    assert playback.digest_verdict == "unknown"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("test_get_memento_with_date_datetime", "20171124000000"),
        ("test_get_memento_with_inexact_string_datetime", "20171124151310"),
    ],
)
def test_a_capture_that_stands_in_is_taken_inside_the_window_with_its_true_timestamp(
    recorded: Recordings, name: str, asked: str
) -> None:
    playback = recorded(name).fetch(BIRDS, at(asked), window=DAY)
    assert playback.timestamp == at("20171124151315")
    assert [(hop.status, hop.historical) for hop in playback.chain] == [(302, False)]


def test_a_wide_window_takes_a_capture_of_another_week(recorded: Recordings) -> None:
    client = recorded("test_get_memento_target_window")
    assert client.fetch(BIRDS, at("20171101000000"), window=timedelta(days=25)).timestamp == at("20171124151315")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("test_get_memento_raises_when_memento_is_outside_target_window", "20171101000000"),
        ("test_get_memento_should_fail_for_non_playbackable_mementos", "20150509080314"),
    ],
)
def test_a_capture_that_stands_in_from_outside_the_window_is_redirected_away(
    recorded: Recordings, name: str, asked: str
) -> None:
    with pytest.raises(RedirectedAway, match="further away than 1 day"):
        recorded(name).fetch(BIRDS, at(asked), window=DAY)


def test_a_redirect_of_that_day_is_followed_inside_the_archive_and_its_chain_kept(recorded: Recordings) -> None:
    client = recorded("test_get_memento_follows_historical_redirects")
    playback = client.fetch("http://epa.gov/climatechange", at("20200201020357"))
    assert playback.url == "https://www.epa.gov/sites/production/files/signpost/cc.html"
    assert playback.timestamp == at("20200201024405")
    assert [(hop.status, hop.historical) for hop in playback.chain] == [(302, False), (301, True), (302, False)]
    assert b"<html" in playback.body


@pytest.mark.parametrize(
    ("name", "url", "asked", "final", "status"),
    [
        (
            "test_get_memento_with_redirects",
            "https://www.epa.gov/ghgreporting/san5779-factsheet",
            "20180808094144",
            "20180808104500",
            200,
        ),
        (
            "test_get_memento_with_path_based_redirects",
            "https://www.whitehouse.gov/administration/eop/ostp/about/student/faqs",
            "20201027215555",
            "20201027220743",
            404,
        ),
        (
            "test_get_memento_with_schemeless_redirects",
            "https://www.census.gov/geography/gss-initiative.html",
            "20201102232816",
            "20201102233026",
            404,
        ),
    ],
)
def test_locations_are_understood_absolute_by_path_and_without_scheme(
    recorded: Recordings, name: str, url: str, asked: str, final: str, status: int
) -> None:
    playback = recorded(name).fetch(url, at(asked))
    assert (playback.timestamp, playback.status) == (at(final), status)
    assert [hop.historical for hop in playback.chain] == [True, False]


def test_an_archived_404_with_memento_is_history(recorded: Recordings) -> None:
    client = recorded("test_get_memento_with_path_based_redirects")
    playback = client.fetch("https://www.whitehouse.gov/ostp/about/student/faqs", at("20201027220743"))
    assert playback.status == 404
    assert playback.body


def test_an_archived_429_with_memento_is_history_and_pauses_nothing(recorded: Recordings) -> None:
    client = recorded("test_get_memento_works_on_archived_rate_limit_responses")
    playback = client.fetch("http://www.reddit.com/r/PokemonGiveaway", at("20150129034904"))
    assert playback.status == 429
    assert playback.headers["retry-after"] == "6"
    assert client.limiter.state().paused_until == 0


def test_redirects_in_a_circle_end(recorded: Recordings) -> None:
    client = recorded("test_get_memento_raises_for_mementos_that_redirect_in_a_loop")
    with pytest.raises(RedirectedAway, match="loop"):
        client.fetch("https://link.springer.com/article/10.1007/s00382-012-1331-2", at("20200925075402"))


def test_the_excuse_page_of_a_blocked_site_is_no_capture(recorded: Recordings) -> None:
    with pytest.raises(SiteExcluded):
        recorded("test_get_memento_raises_blocked_error").fetch(
            "https://nationalpost.com/health/", at("20170929002712")
        )


def test_a_404_without_memento_is_unplayable(recorded: Recordings) -> None:
    with pytest.raises(Unplayable, match="404"):
        recorded("test_get_memento_raises_no_memento_error").fetch(
            "https://this-is-not-real-url.whatever/", at("20170929002712")
        )


def test_the_true_url_of_a_capture_is_that_of_its_original_link(recorded: Recordings) -> None:
    client = recorded("test_get_memento_returns_memento_with_accurate_url")
    assert client.fetch("http://fws.gov/", at("20171124143728")).url == "https://www.fws.gov/"


def test_a_redirect_of_that_day_to_a_page_that_was_not_captured_is_redirected_away(recorded: Recordings) -> None:
    client = recorded("test_get_memento_follow_redirects_does_not_follow_historical_redirects")
    with pytest.raises(RedirectedAway, match="does not have"):
        client.fetch("http://epa.gov/climatechange", at("20200201020357"))


def test_the_view_mode_is_never_asked_for(recorded: Recordings) -> None:
    client = recorded("test_get_memento_with_redirect_in_view_mode")
    with pytest.raises(Unplayable, match="418"):
        client.fetch("https://www.whitehouse.gov/ostp/about/student/faqs", at("20201027220743"))


def test_a_blocked_site_shows_in_the_index_as_403(recorded: Recordings) -> None:
    with pytest.raises(SiteExcluded, match="owner"):
        rows_of(
            recorded("test_search_raises_for_blocked_urls"),
            "https://nationalpost.com/health",
            "20191001000000",
            "20191002000000",
        )


@pytest.mark.parametrize(
    ("name", "url", "start", "end", "rows"),
    [
        ("test_search", "nasa.gov", "19961001000000", "19970201000000", 1),
        ("test_search_does_not_repeat_results", "energystar.gov/", "20200612000000", "20200613000000", 15),
        ("test_search_multipage", "cnn.com", "20010410000000", "20010510000000", 96),
        ("test_search_with_date", "dw.com", "20191001000000", "20200301000000", 2234),
    ],
)
def test_recorded_searches_give_every_row_once_through_all_their_pages(
    recorded: Recordings, responses: Path, name: str, url: str, start: str, end: str, rows: int
) -> None:
    found = rows_of(recorded(name), url, start, end)
    expected: list[str] = []
    for line in recorded_lines(responses / "wayback" / f"{name}.yaml"):
        if not expected or expected[-1] != line:
            expected.append(line)
    assert [row.line for row in found] == expected
    assert len(found) == rows
    assert [row.timestamp for row in found] == sorted(row.timestamp for row in found)


@pytest.mark.parametrize(
    ("name", "url", "start", "end"),
    [
        ("test_search_with_filter", "nasa.gov/", "20220101000000", "20220201000000"),
        ("test_search_with_filter_list", "nasa.gov/", "20220101000000", "20220201000000"),
        ("test_search_rate_limits", "zew.de", None, None),
        ("test_memento_rate_limits", "zew.de", None, None),
        ("test_search_with_timezone", "nasa.gov", "19961231235847", None),
        ("test_search_with_timezone", "nasa.gov", "19970101045847", None),
    ],
)
def test_a_recorded_first_page_has_a_key_that_a_checkpoint_keeps(
    recorded: Recordings, name: str, url: str, start: str | None, end: str | None
) -> None:
    client = recorded(name)
    page = next(client.search(url, start=at(start) if start else None, end=at(end) if end else None))
    assert page.rows
    assert not page.malformed
    assert page.checkpoint is not None
    assert page.checkpoint.resume_key is not None
    assert "%29%2F" in page.checkpoint.resume_key
    assert Checkpoint.load(page.checkpoint.dump()) == page.checkpoint


def test_a_search_taken_up_from_a_checkpoint_gives_the_rest(recorded: Recordings) -> None:
    client = recorded("test_search_multipage")
    start, end = at("20010410000000"), at("20010510000000")
    whole = [row.line for page in client.search("cnn.com", start=start, end=end) for row in page.rows]
    search = client.search("cnn.com", start=start, end=end)
    first = [next(search), next(search), next(search)]
    assert first[-1].checkpoint is not None
    kept = Checkpoint.load(first[-1].checkpoint.dump())
    rest = recorded("test_search_multipage").search("cnn.com", start=start, end=end, checkpoint=kept)
    assert [row.line for page in [*first, *rest] for row in page.rows] == whole


def test_recorded_filtered_pages_are_read(responses: Path) -> None:
    for name in ("test_search_with_filter", "test_search_with_filter_list", "test_search_with_filter_tuple"):
        lines = list(recorded_lines(responses / "wayback" / f"{name}.yaml"))
        rows, _ = parse_text_page("\n".join(lines) + "\n")
        assert len(rows) == len(lines) > 0
        assert all(isinstance(row, CaptureRow) for row in rows)


def test_a_fifth_of_the_recorded_rows_repeats_the_row_before(responses: Path) -> None:
    rows = repeats = 0
    for file in sorted((responses / "wayback").glob("*.yaml")):
        seen = set()
        for uri, lines in recorded_pages(file):
            if uri not in seen:
                seen.add(uri)
                rows += len(lines)
                repeats += sum(a == b for a, b in pairwise(lines))
    assert (rows, repeats) == (6655, 1314)


def test_recorded_rows_with_an_inserted_00_are_repaired(responses: Path) -> None:
    rows, _ = parse_text_page((responses / "wayback" / "bad_timestamp_cdx.txt").read_text())
    assert all(isinstance(row, CaptureRow) for row in rows)
    repaired = [row.timestamp for row in rows if isinstance(row, CaptureRow)]
    assert repaired[3:] == [at("20001217044900"), at("20000824162300")]


def test_recorded_malformed_rows_are_set_aside_and_the_rest_is_read(responses: Path) -> None:
    rows, _ = parse_text_page((responses / "wayback" / "malformed_cdx.txt").read_text())
    assert [type(row) for row in rows] == [CaptureRow, CaptureRow, MalformedRow, MalformedRow, MalformedRow]
    assert {row.reason for row in rows if isinstance(row, MalformedRow)} == {"original: not the address of a page"}


def test_recorded_rows_without_length_are_read(responses: Path) -> None:
    rows, _ = parse_text_page((responses / "wayback" / "zero_length_cdx.txt").read_text())
    assert [row.length for row in rows if isinstance(row, CaptureRow)] == [24186, 24028, 24116, 24217, None]


def test_recorded_json_pages_are_read(responses: Path) -> None:
    files = sorted((responses / "cdx_toolkit").glob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text().splitlines():
            rows, key = DIALECTS["wayback"].page(json.loads(line)["response_text"], ANY)
            assert key is None
            assert len(rows) == 10
            assert all(isinstance(row, CaptureRow) and row.status == 200 for row in rows)


def test_recorded_html_is_no_index_page(responses: Path) -> None:
    with pytest.raises(NotAnIndexPage, match="HTML"):
        DIALECTS["wayback"].page((responses / "wayback" / "fws-gov-birds.txt").read_text(), ANY)


def test_a_recorded_body_has_the_digest_that_the_index_lists(recorded: Recordings) -> None:
    client = recorded("test_memento_rate_limits")
    listed = [row.digest for row in next(client.search("zew.de")).rows if row.timestamp == at("19970427191925")]
    verdicts = [client.fetch("http://www.zew.de/", at("19970427191925"), digest=digest) for digest in listed]
    assert sorted(playback.digest_verdict for playback in verdicts) == ["match", "mismatch"]


def recorded_pages(file: Path) -> Iterator[tuple[str, list[str]]]:
    """The row lines of each recorded index page."""
    for exchange in recording(file):
        if "/cdx/" in exchange.uri and exchange.reply.status == 200:
            text = gzip.decompress(exchange.reply.body).decode()
            yield exchange.uri, [line for line in text.split("\n") if line.count(" ") >= 6]


def recorded_lines(file: Path) -> Iterator[str]:
    """All of them, in order."""
    for _, lines in recorded_pages(file):
        yield from lines
