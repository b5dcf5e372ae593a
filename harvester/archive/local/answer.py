"""The content of a record: the site's answer with its headers, its decoded body, and whether its digests hold."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from fastwarc.warc import ArchiveIterator

from harvester.archive.playback.content_encoding import decoded
from harvester.archive.playback.playback import DigestVerdict
from harvester.errors import TooLarge, TransientFailure
from harvester.memento import digest_of

OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers of the answer on its way, which are not true of the body without encodings."""
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_HASHES = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
_BY_FASTWARC = ("br", "zstd")


class Damaged(ValueError):
    """A record whose bytes are not those that its digest is of, or cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """An answer of a site: `status` (None where the record has no HTTP head), headers in lower case, body as sent."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """The body without encodings, the digest (SHA-1, base 32) an index lists it by, and whether that was checked."""

    body: bytes
    digest: str
    verdict: DigestVerdict


def answer_of(block: bytes) -> SiteAnswer:
    """Return the answer in the block of a response or revisit record; a block without an HTTP head is a body."""
    if not block.startswith(b"HTTP/"):
        return SiteAnswer(None, {}, block)
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    at, width = min(ends, default=(len(block), 0))
    first, _, rest = block[:at].partition(b"\n")
    status = _STATUS_LINE.match(first)
    headers: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", rest).split(b"\n"):
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            # As http clients do: of a header sent twice, both values.
            key, text = name.strip().lower(), value.strip()
            headers[key] = (
                f"{headers[key]}, {text}" if key in headers and key not in ("location", "content-type") else text
            )
    return SiteAnswer(int(status[1]) if status else None, headers, block[at + width :])


def content_of(answer: SiteAnswer, listed: str | None, limit: int) -> Content:
    """Return the content of an answer; `listed` is the WARC-Payload-Digest of its record.

    Crawlers take that digest of the body as it was sent, without its chunks, or without its content-encoding. Raises
    `Damaged` for a body that cannot be unpacked, and `TooLarge` above `limit` bytes.
    """
    entity = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        entity = _dechunked(entity)
    try:
        body = _plain(entity, answer.headers, limit)
    except TransientFailure as error:
        raise Damaged(str(error).partition(";")[0]) from error
    named = _named(listed)
    if named is None:
        return Content(body, digest_of(body), "unknown")
    algorithm, expected = named
    if any(hashlib.new(algorithm, one).digest() == expected for one in (entity, answer.body, body)):
        digest = base64.b32encode(expected).decode("ascii") if algorithm == "sha1" else digest_of(body)
        return Content(body, digest, "match")
    return Content(body, digest_of(body), "mismatch")


def check_block(block: bytes, listed: str | None) -> None:
    """Raise `Damaged` if a block is not the one that its WARC-Block-Digest is of."""
    named = _named(listed)
    if named is not None and hashlib.new(named[0], block).digest() != named[1]:
        raise Damaged("its bytes are not those of its WARC-Block-Digest")


def sha1_of(listed: str | None) -> str:
    """Return a listed digest as an index has it (SHA-1, base 32); ``""`` for another algorithm and for none."""
    named = _named(listed)
    return base64.b32encode(named[1]).decode("ascii") if named is not None and named[0] == "sha1" else ""


def _named(listed: str | None) -> tuple[str, bytes] | None:
    """Return the algorithm and the digest of ``sha1:BASE32`` or ``sha256:HEX``; None if it is neither."""
    name, _, text = (listed or "").strip().partition(":")
    name = name.lower().replace("-", "")
    if (size := _HASHES.get(name)) is None:
        return None
    try:
        if len(text) == 2 * size:
            return name, bytes.fromhex(text)
        value = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return (name, value) if len(value) == size else None


def _dechunked(body: bytes) -> bytes:
    """Return a body without its chunks; unchanged if it has none although its header says so."""
    parts: list[bytes] = []
    place = 0
    while (end := body.find(b"\r\n", place)) >= 0:
        size = body[place:end].partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9a-fA-F]{1,12}", size):
            return body
        begin = end + 2
        if not (length := int(size, 16)):
            return b"".join(parts)
        parts.append(body[begin : begin + length])
        place = begin + length + 2
    return b"".join(parts) if parts else body


def _plain(entity: bytes, headers: Mapping[str, str], limit: int) -> bytes:
    if len(entity) > limit:
        raise TooLarge("the body has more bytes than the size limit (fetch.max_body_bytes)")
    announced, content_type = headers.get("content-encoding", ""), headers.get("content-type", "")
    if announced.strip().lower() not in _BY_FASTWARC:
        return decoded(entity, announced, content_type, limit)
    # FastWARC undoes an encoding only of a record that it reads itself.
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {announced.strip().lower()}\r\n\r\n".encode()
    block = head + entity
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nWARC-Date: 2000-01-01T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(block)
    )
    try:
        one = next(iter(ArchiveIterator(BytesIO(record + block + b"\r\n\r\n"), parse_http=True, auto_decode="content")))
        plain: bytes = one.reader.read(limit + 1)
    except (OSError, StopIteration):
        return entity
    if len(plain) > limit:
        raise TooLarge("the body unpacks to more than the size limit (fetch.max_body_bytes)")
    return plain
