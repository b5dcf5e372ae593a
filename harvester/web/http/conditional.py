"""Answers that a client has already: ETag, Last-Modified, 304 (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.web.http.streams import is_streamed

_KEPT_IN_304 = ("cache-control", "etag", "last-modified", "vary", "link")


def http_date(moment: datetime) -> str:
    """Return an instant in the form of HTTP headers."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def has_it(request: Mapping[str, str], answer: Mapping[str, str]) -> bool:
    """Return whether a client that sent these request headers already has the answer with those headers."""
    if (wanted := request.get("if-none-match")) is not None:
        etag = answer.get("etag", "")
        return wanted.strip() == "*" or etag.removeprefix("W/") in (
            one.strip().removeprefix("W/") for one in wanted.split(",")
        )
    since, modified = request.get("if-modified-since"), answer.get("last-modified")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


class Conditional:
    """Gives each good answer to GET and HEAD an ETag made of its body, and answers 304 to who has it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and hold the answer until its ETag is known, unless it is a stream."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []
        streams = False

        async def hold(message: Message) -> None:
            nonlocal start, streams
            if message["type"] == "http.response.start":
                start, streams = message, is_streamed(message)
                if streams:
                    await send(message)
                return
            if streams:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await _finish(scope, start, b"".join(parts), send)

        await self._app(scope, receive, hold)


async def _finish(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    if start["status"] == 200:
        headers = MutableHeaders(scope=start)
        tag = headers.get("etag", f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')
        headers["ETag"] = f"W/{tag.removeprefix('W/')}"  # weak: the same whether the answer is compressed or not
        if has_it(Headers(scope=scope), headers):
            kept = [(name, value) for name, value in headers.items() if name.lower() in _KEPT_IN_304]
            raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept]
            start, body = {"type": "http.response.start", "status": 304, "headers": raw}, b""
    await send(start)
    await send({"type": "http.response.body", "body": body})
