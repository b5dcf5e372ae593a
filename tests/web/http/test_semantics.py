"""What HTTP asks of every server: HEAD beside GET, no encoding that is refused, whole answers."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import AsyncMock
from urllib.parse import unquote

import pytest
from starlette.datastructures import Headers

from harvester.web.http.semantics import Semantics, takes_gzip
from harvester.web.pages.everything import AT_ONCE
from tests.support.web.client import Client
from tests.support.web.site import TOKEN

CHANGE = "/services/kettle.example/changes/20160802080000"
ADDRESSES = [
    "/", "/changes", "/gaps", "/gaps.csv", "/status", "/search?q=tea", "/trends?term=tea", "/trends.svg?term=tea",
    "/services/kettle.example", "/services/kettle.example/captures", "/services/kettle.example/versions/latest",
    "/services/kettle.example/versions/20191231235847", "/services/none.example", "/nowhere",
    "/feeds/changes.atom", "/healthz", "/readyz", "/static/style.css",
    "/api/v1/services", "/api/v1/changes", "/api/v1/search?q=tea", "/api/v1/status", "/api/v1/openapi.json",
    "/api/v1/services/kettle.example/versions/latest/document.md",
]  # fmt: skip


def named(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in ("date", "server", "retry-after")}


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_its_body(client: Client, address: str) -> None:
    got = client.get(address, follow_redirects=False)
    head = client.request("HEAD", address, follow_redirects=False)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert named(head.headers) == named(got.headers)


@pytest.mark.parametrize(
    ("target", "path", "host"),
    [
        ("http://policies.example:8000/services/a%20b", "/services/a b", "policies.example:8000"),
        ("HTTPS://reader@policies.example", "/", "policies.example"),
        ("ftp://policies.example/", "ftp://policies.example/", "other.example"),
        ("*", "*", "other.example"),
        ("/http://policies.example/", "/http://policies.example/", "other.example"),
    ],
)
def test_a_whole_address_is_read_as_its_path(target: str, path: str, host: str) -> None:
    """RFC 9112, section 3.2.2: a server takes the absolute form, whose host counts and not the field's."""
    headers = [(b"host", b"other.example"), (b"accept", b"*/*")]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": unquote(target),
        "raw_path": target.encode(),
        "headers": headers,
    }
    asyncio.run(Semantics(AsyncMock())(scope, AsyncMock(), AsyncMock()))
    assert (scope["path"], unquote(scope["raw_path"])) == (path, path)
    assert Headers(scope=scope).getlist("host") == [host]


def test_head_of_a_stream_makes_none_and_keeps_no_place(client: Client) -> None:
    address = "/services/kettle.example/everything.zip"
    got = client.get(address)
    for _ in range(AT_ONCE + 1):
        head = client.request("HEAD", address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert "content-length" not in head.headers


def test_what_has_no_get_has_no_head(client: Client) -> None:
    refused = client.request(
        "HEAD", "/api/v1/services/kettle.example/run", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert client.request("DELETE", "/changes").headers["allow"] == "GET, HEAD"


def test_who_has_the_answer_gets_no_head_either(client: Client) -> None:
    tag = client.get("/changes").headers["etag"]
    assert client.request("HEAD", "/changes", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "br", "gzip; q=0.0, br", "*;q=0", "", "GZIP;Q=0"])
@pytest.mark.parametrize("address", ["/changes", "/static/style.css", "/api/v1/services"])
def test_nobody_gets_gzip_who_does_not_take_it(client: Client, accepted: str, address: str) -> None:
    assert "content-encoding" not in client.get(address, headers={"Accept-Encoding": accepted}).headers
    squeezed = client.get(address, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert squeezed.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [("gzip", True), ("gzip;q=0.001", True), ("gzip;q=1.000", True), ("x-gzip", True), ("gzipped", False)],
)
def test_weights_of_encodings(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=-1", "bytes=99999999-", "bytes=5-2", "lines=1-2", "bytes=x"])
@pytest.mark.parametrize("address", ["/static/style.css", "/changes"])
def test_answers_are_whole(client: Client, asked: str, address: str) -> None:
    whole = client.get(address)
    assert client.get(address, headers={"Range": asked, "If-Range": whole.headers["etag"]}).content == whole.content


def test_a_tag_that_holds_for_the_compressed_answer_too_is_weak(client: Client) -> None:
    for address in ("/static/style.css", "/changes"):
        assert client.get(address).headers["etag"].startswith('W/"')
