"""What HTTP asks of every server (RFC 9110), whatever the route: HEAD, a refused encoding, ranges, whole addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.web.http.streams import HEADERS_ONLY

_RANGES = (b"range", b"if-range")

_WHOLE = re.compile(rb"https?://(?:[^/@]*@)?([^/]*)", re.IGNORECASE)


class Semantics:
    """Answers HEAD as GET without its body, compresses for nobody who refuses it, and sends whole answers only."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as one that the routes understand."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _read_whole_address(scope)
        unread = (
            _RANGES if takes_gzip(Headers(scope=scope).get("accept-encoding", "")) else (*_RANGES, b"accept-encoding")
        )
        # A part of the answer would not be a part of its compressed form. Servers may ignore ranges (section 14.2).
        scope["headers"] = [one for one in scope["headers"] if one[0] not in unread]
        if scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        scope.update({"method": "GET", HEADERS_ONLY: True})
        try:
            await self._app(scope, receive, without_body)
        finally:
            scope["method"] = "HEAD"  # as the log has it


def _read_whole_address(scope: Scope) -> None:
    """Make a target such as ``http://host/path`` its path; its host is the one meant (RFC 9112, section 3.2.2)."""
    if whole := _WHOLE.match(scope.get("raw_path") or b""):
        path = scope["raw_path"][whole.end() :] or b"/"
        others = [one for one in scope["headers"] if one[0] != b"host"]
        scope.update(
            {"raw_path": path, "path": unquote(path.decode("ascii")), "headers": [(b"host", whole[1]), *others]}
        )


def takes_gzip(accepted: str) -> bool:
    """Return whether an ``Accept-Encoding`` names gzip, with a weight above 0 (section 12.5.3)."""
    for one in accepted.lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";q=")
        if name in ("gzip", "x-gzip"):
            return weight.strip("0.") != "" or not weight
    return False
