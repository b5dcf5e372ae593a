"""Undo the content-encoding of a captured body, believing its bytes rather than its headers.

Only gzip and deflate are decoded: the client requests nothing else.

Recorded captures come with two Content-Encoding headers, one of them blank, with gzip announced over plain bytes, and
with gzip bytes that nothing announces: magic bytes decide.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from harvester.errors import TooLarge, TransientFailure

GZIP_MAGIC = b"\x1f\x8b\x08"
#: Files that are gzip to their reader, not by transport.
GZIP_TYPES = ("application/gzip", "application/x-gzip", "application/x-tar", "application/tar+gzip")
#: Encodings one on the other that are undone; more are nobody's honest body.
MAX_LAYERS = 3


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


def decoded(body: bytes, announced: str, content_type: str, limit: int) -> bytes:
    """Return the body without its content-encodings.

    `announced` is the joined Content-Encoding, `limit` the most bytes that may come out. Raises `TooLarge` above that
    and `TransientFailure` for a body that ends before its encoding does.
    """
    encodings = [name.strip().lower() for name in announced.split(",") if name.strip()]
    for _ in range(MAX_LAYERS):
        if body.startswith(GZIP_MAGIC) and content_type.partition(";")[0].strip().lower() not in GZIP_TYPES:
            body = _gunzip(body, limit)
        elif "deflate" in encodings and (plain := _undeflate(body, limit)) is not None:
            encodings.remove("deflate")
            body = plain
        else:
            break
    return body


def _gunzip(body: bytes, limit: int) -> bytes:
    """Decompress all members; anything else after the last one is ignored, as gzip itself does."""
    out: list[bytes] = []
    room = limit
    while body.startswith(GZIP_MAGIC):
        try:
            part, body = _inflate(zlib.decompressobj(wbits=31), body, room)
        except zlib.error as error:
            if out:
                break
            raise TransientFailure(f"the gzip of the body is damaged ({error}); it will be retried") from error
        out.append(part)
        room -= len(part)
    return b"".join(out)


def _undeflate(body: bytes, limit: int) -> bytes | None:
    """Deflate with or without the zlib wrapper (servers mean either); None when it is neither."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            plain, rest = _inflate(zlib.decompressobj(wbits=wbits), body, limit)
        except (zlib.error, TransientFailure):
            continue
        if plain and not rest:
            return plain
    return None


def _inflate(inflater: _Inflater, body: bytes, room: int) -> tuple[bytes, bytes]:
    plain = inflater.decompress(body, room + 1)
    if len(plain) > room:
        raise _too_large()
    if not inflater.eof:
        raise TransientFailure("the body ends before its compression does; it will be retried")
    return plain, inflater.unused_data


def _too_large() -> TooLarge:
    return TooLarge("the body unpacks to more than the size limit (fetch.max_body_bytes)")
