"""The end of an outage of the database, seen by the first answer that could be made again."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.service.observe.outage import Outage

_WITHOUT_THE_STORE = ("/static/", "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json")


class Outages:
    """Notes that the database answers. The innermost of the middlewares: answers that were kept do not reach it."""

    def __init__(self, app: ASGIApp, *, outage: Outage) -> None:
        self._app, self._outage = app, outage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self._outage.over()
            await send(message)

        reads = scope["type"] == "http" and not scope["path"].startswith(_WITHOUT_THE_STORE)
        await self._app(scope, receive, noted if reads else send)
