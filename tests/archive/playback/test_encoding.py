"""Bodies under whatever content-encodings, announced or not."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.playback.content_encoding import GZIP_MAGIC, decoded
from harvester.errors import TooLarge, TransientFailure

PAGE = b"<p>" + b"The policy. " * 500
LIMIT = 1_000_000
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(PAGE) + RAW.flush()


@pytest.mark.parametrize(
    ("wire", "announced"),
    [
        (gzip.compress(PAGE, mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0), "x-gzip"),
        (gzip.compress(PAGE, mtime=0), ""),
        (gzip.compress(PAGE, mtime=0), ", gzip"),
        (gzip.compress(PAGE[:100], mtime=0) + gzip.compress(PAGE[100:], mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0) + b"\0\0\0\0trailing", "gzip"),
        (gzip.compress(PAGE, mtime=0) + GZIP_MAGIC + b"trailing", "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (RAW_DEFLATE, "deflate"),
        (gzip.compress(zlib.compress(PAGE), mtime=0), "deflate, gzip"),
        (PAGE, "gzip"),
        (PAGE, "deflate"),
        (PAGE, "br"),
        (PAGE, ""),
    ],
)
def test_the_page_comes_out(wire: bytes, announced: str) -> None:
    assert decoded(wire, announced, "text/html", LIMIT) == PAGE


def test_a_file_that_is_gzip_to_its_reader_stays_so() -> None:
    wire = gzip.compress(PAGE, mtime=0)
    assert decoded(wire, "", "application/gzip; x=y", LIMIT) == wire


def test_deflate_that_is_announced_once_is_undone_once() -> None:
    # A page may itself be of bytes that look deflated: what it was sent in is not what it is.
    file = zlib.compress(PAGE)
    assert decoded(zlib.compress(file), "deflate", "application/octet-stream", LIMIT) == file


@pytest.mark.parametrize("wire", [gzip.compress(PAGE, mtime=0)[:-20], gzip.compress(PAGE, mtime=0)[:12]])
def test_a_truncated_body_is_a_passing_failure(wire: bytes) -> None:
    with pytest.raises(TransientFailure, match="will be retried"):
        decoded(wire, "", "text/html", LIMIT)


@pytest.mark.parametrize("wire", [gzip.compress(PAGE, mtime=0), gzip.compress(PAGE, mtime=0) * 3])
def test_what_unpacks_to_more_than_the_limit_is_refused(wire: bytes) -> None:
    assert decoded(gzip.compress(PAGE, mtime=0), "", "text/html", len(PAGE)) == PAGE
    with pytest.raises(TooLarge):
        decoded(wire, "", "text/html", len(PAGE) - 1)


def test_layers_without_end_are_not_followed() -> None:
    wire = PAGE
    for _ in range(20):
        wire = gzip.compress(wire, mtime=0)
    assert decoded(wire, "gzip", "text/html", LIMIT).startswith(GZIP_MAGIC)


@given(
    st.binary() | st.sampled_from([GZIP_MAGIC, b"\x78\x9c"]).flatmap(lambda m: st.binary().map(m.__add__)),
    st.sampled_from(["", "gzip", "deflate", "br", "zstd", "deflate, gzip", ","]),
)
def test_any_bytes_are_decoded_or_a_typed_error(wire: bytes, announced: str) -> None:
    try:
        body = decoded(wire, announced, "text/html", 10_000)
    except (TransientFailure, TooLarge):
        return
    assert len(body) <= 10_000 or body == wire
