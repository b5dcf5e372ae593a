"""The requests of one page: blocked, or answered by the caller, each address once and in order."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from contextlib import suppress
from typing import TYPE_CHECKING

from harvester.errors import RenderingError
from harvester.rendering.addresses import Surroundings
from harvester.rendering.rendered import Answering, PartAnswer, ToRender, VisitLimits

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab
    from playwright.async_api import Request, Route

NEVER_ASKED = frozenset({"image", "media", "font"})
"""Kinds of requests that no archive is troubled with: they have no text. The corpus's browser blocked images only."""


class Requests:
    """Routes what a tab asks for. `failed` gets the error that ends the rendering.

    `seen` counts requests begun and ended, `pending` those under way: the page rests while neither moves. `shown` is
    the address of the page that the tab shows: the last to which it was sent.
    """

    def __init__(self, page: ToRender, answering: Answering, threads: Executor, limits: VisitLimits) -> None:
        self.seen = 0
        self.pending = 0
        self.answered: dict[str, None] = {}
        self.missing: dict[str, None] = {}
        self.blocked: dict[str, None] = {}
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._page = page
        self._place = Surroundings(page.address)
        self._first = ""
        self.shown = page.address
        self._pages = 0
        self._answering = answering
        self._threads = threads
        self._limits = limits
        self._known: dict[str, asyncio.Future[PartAnswer | None]] = {}
        self._turn: asyncio.Future[None] | None = None

    def fail(self, error: BaseException) -> None:
        """End the rendering with an error; the first one counts."""
        if not self.failed.done():
            self.failed.set_exception(error)

    async def route(self, tab: Tab, route: Route) -> None:
        """Answer or block one request of a tab."""
        self.seen += 1
        self.pending += 1
        # Answers are given in the order of the requests, however long each takes: scripts run in one order only.
        before, turn = self._turn, asyncio.get_running_loop().create_future()
        self._turn = turn
        try:
            answer = await self._answer(tab, route.request)
            if (answer is None or answer is _MISSING) and _navigates(tab, route.request):
                raise RenderingError(
                    "leaves",
                    f"rendering {self._page.address}: it sends on to {route.request.url}, which is not archived",
                )
            if before is not None:
                await before
            with suppress(Exception):  # the page may have gone, or have taken the request back
                await _give(route, answer)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001 (raised in the thread that asked for the page)
            self.fail(error)
        finally:
            turn.set_result(None)
            self.seen += 1
            self.pending -= 1

    async def _answer(self, tab: Tab, request: Request) -> PartAnswer | None:
        address = request.url.partition("#")[0]
        navigates = _navigates(tab, request)
        if not self._first and navigates:
            self._first = address
        if navigates:
            self.shown = address
            self._pages += 1
            if self._pages > self._limits.pages:
                raise RenderingError(
                    "sends-on", f"rendering {self._page.address}: it sends on more than {self._limits.pages} times"
                )
        if address == self._first:
            return PartAnswer(self._page.body, self._page.content_type)
        if request.resource_type in NEVER_ASKED or not self._place.holds(address) or _of_another(tab, request):
            self.blocked[address] = None
            return None
        named = self._place.named(address)
        if named is None or request.method != "GET":
            self.missing[address] = None
            return _MISSING
        if address not in self._known:
            if len(self._known) >= self._limits.requests:
                self.blocked[address] = None
                return None
            loop = asyncio.get_running_loop()
            self._known[address] = loop.run_in_executor(self._threads, self._answering, named.url, named.timestamp)
        answer = await asyncio.shield(self._known[address])
        (self.missing if answer is None else self.answered)[address] = None
        return answer or _MISSING


_MISSING = PartAnswer(b"", "text/html", 404)


async def _give(route: Route, answer: PartAnswer | None) -> None:
    if answer is None:
        await route.abort()
        return
    headers = {"content-type": answer.content_type} if answer.content_type else {}
    await route.fulfill(status=answer.status, headers=headers, body=answer.body)


def _navigates(tab: Tab, request: Request) -> bool:
    """Return whether a request is for another page in the tab itself, not in one of its frames."""
    try:
        return request.is_navigation_request() and request.frame == tab.main_frame
    except Exception:  # noqa: BLE001 (a window that opens has no frame yet)
        return False


def _of_another(tab: Tab, request: Request) -> bool:
    """Return whether a request is of a window that the page opened."""
    try:
        return request.frame.page != tab
    except Exception:  # noqa: BLE001 (see above)
        return request.is_navigation_request()
