"""Whatever an archive answers and whatever a URL holds, the client gives a capture or a typed error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.rules import Limits
from harvester.archive.playback.playback import PlayedCapture
from harvester.errors import ArchiveError
from harvester.settings import FetchSettings
from tests.support.archive_server.clients import client_of
from tests.support.archive_server.servers import Reply, Server
from tests.support.times import at

WHEN = at("20200102030405")
NAMES = st.sampled_from(
    [
        "Memento-Datetime",
        "Location",
        "Content-Encoding",
        "Content-Type",
        "Content-Location",
        "Link",
        "Set-Cookie",
        "X-Archive-Redirect-Reason",
        "X-Archive-Orig-Date",
        "X-Archive-Wayback-Runtime-Error",
    ]
)
LATIN = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40)
VALUES = LATIN | st.sampled_from(
    [
        "Thu, 02 Jan 2020 03:04:05 GMT",
        "Thu, 99 Jan 2020 03:04:05 GMT",
        "Thu, 02 Jan 0000 03:04:05 -9999",
        "/web/20200102030405id_/http://example.com/",
        "//web/20200102030405id_/http://[example.com/",
        "gzip",
        "deflate",
        '<http://example.com/>; rel="original"',
    ]
)
REPLIES = st.builds(
    Reply,
    status=st.sampled_from([200, 200, 200, 204, 301, 302, 304, 307, 400, 403, 404, 451, 500, 503, 504, 999]),
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=5),
    body=st.binary(max_size=200) | st.sampled_from([b"\x1f\x8b\x08\x00", b"[]", b"[[]]", b"\n\nkey\n", b"{}\n"]),
    cut=st.none() | st.integers(0, 50),
    chunked=st.booleans(),
)


class Stranger:
    """A server whose next replies a test sets."""

    def __init__(self, dialect: str) -> None:
        self.replies: list[Reply] = []
        self.server = Server(lambda asked: self.replies.pop(0) if self.replies else Reply(404))
        limits = Limits(0, 0, backoff=0, failures=10**9, refusals=10**9, block=0.0)
        self.client = client_of(
            self.server, dialect=dialect, limits=limits, fetch=FetchSettings(timeout=2, max_seconds=5)
        )


@pytest.fixture(params=["wayback", "pywb"], scope="module")
def stranger(request: pytest.FixtureRequest) -> Iterator[Stranger]:
    made = Stranger(request.param)
    yield made
    made.client.close()
    made.server.close()


def ask_everything(client: ArchiveClient, url: str) -> None:
    """Fetch and search; an error that is not the archive's passes through and fails the test."""
    with suppress(ArchiveError):
        assert isinstance(client.fetch(url, WHEN, window=timedelta(days=1)), PlayedCapture)
    with suppress(ArchiveError):
        for page in client.search(url, start=WHEN, end=WHEN + timedelta(days=30)):
            assert all(row.reason for row in page.malformed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(REPLIES, min_size=1, max_size=4))
def test_any_answer_gives_a_result_or_a_typed_error(stranger: Stranger, replies: list[Reply]) -> None:
    stranger.replies[:] = replies
    ask_everything(stranger.client, "http://example.com/privacy")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40).map("http://example.com/".__add__) | st.text(max_size=40))
def test_any_url_gives_a_result_or_a_typed_error(stranger: Stranger, url: str) -> None:
    memento = ("Memento-Datetime", "Thu, 02 Jan 2020 03:04:05 GMT")
    stranger.replies[:] = [Reply(200, [memento], b"policy")]
    ask_everything(stranger.client, url)
