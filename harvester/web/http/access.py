"""Each request counted and timed for the metrics, and logged if the settings say so."""

from __future__ import annotations

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.service.observe.metrics import DURATIONS, HTTP_REQUESTS

log = logging.getLogger("harvester.web.access")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Access:
    """Counts and logs every answer, whatever made it. The outermost of the middlewares."""

    def __init__(self, app: ASGIApp, *, logged: bool) -> None:
        self._app, self._logged = app, logged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count it when its answer is complete, or broke off (status 500 if none began)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size = time.perf_counter(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            self._note(scope, status, size, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        # Only names that we know: labels that a reader could choose would be kept for ever.
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = _route(scope)
        HTTP_REQUESTS.labels(method, route, str(status)).inc()
        DURATIONS["http"].labels(route).observe(seconds)
        if not self._logged:
            return
        # As it travelled: percent-encoded, so that it cannot forge a line.
        address = (scope.get("raw_path") or b"").decode("ascii", "backslashreplace")
        if scope["path"].startswith("/subscriptions/"):
            address = route  # it ends in what proves that the reader has the mail
        if scope["query_string"]:
            address += "?" + scope["query_string"].decode("ascii", "backslashreplace")
        client = scope["client"][0] if scope.get("client") else None
        milliseconds = round(1000 * seconds, 1)
        log.info(
            "%s %s %d %d bytes %.1f ms",
            method, address, status, size, milliseconds,
            extra={
                "method": method, "address": address, "status": status, "bytes": size,
                "milliseconds": milliseconds, "client": client,
            },
        )  # fmt: skip


_CONVERTOR = re.compile(r":\w+(?=\})")
"""How a route reads a part of its path (``{service:document}``), which is no part of the label that people alert on."""


def _route(scope: Scope) -> str:
    """Return the pattern of the address; ``other`` for one that leads nowhere."""
    route = getattr(scope.get("route"), "path", None)
    if isinstance(route, str):
        return _CONVERTOR.sub("", route)
    return "/static" if scope["path"].startswith("/static/") else "other"
