"""One visit of one page: the steps of the corpus's crawler, on a clock of the page's own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from harvester.errors import RenderingError
from harvester.memento import parse_timestamp
from harvester.rendering.addresses import PartName, Surroundings
from harvester.rendering.chance import fixed_chance
from harvester.rendering.rendered import Rendered, ToRender, VisitLimits
from harvester.rendering.requests import Requests

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Route
    from playwright.async_api import Page as Tab

VIEWPORT = {"width": 1366, "height": 768}
QUIET_MS = 500
"""The page rests when its document is whole and it has asked for nothing for so long (``networkidle0``)."""
STEP_MS = 50
_FRAME_SECONDS = 1  # of the wall clock: the longest wait for a page to be drawn
_STARVED = 10_000  # tasks at one instant of the page's clock, after which it moves


async def visit(
    context: BrowserContext, page: ToRender, requests: Requests, limits: VisitLimits, version: str
) -> Rendered:
    """Load a page in a fresh context and return it once it rests. Raises RenderingError."""
    place = Surroundings(page.address)
    named = place.named(page.address)
    if named is None:
        raise RenderingError("no-capture", f"rendering {page.address}: this is no address of a capture")
    await context.add_init_script(fixed_chance(page.address))
    tab = await context.new_page()

    async def route(one: Route) -> None:
        await requests.route(tab, one)

    await context.route("**/*", route)
    context.on("page", _close_window)
    tab.on("crash", lambda _: requests.fail(_failure(page, "crashed", "the browser gave it up")))
    session = await context.new_cdp_session(tab)
    clock = await _Clock.started(session, named)
    whole = asyncio.Event()
    tab.on("domcontentloaded", lambda _: whole.set())
    tab.on("framenavigated", lambda frame: whole.clear() if frame == tab.main_frame else None)
    await tab.goto(page.address, wait_until="commit", timeout=0)
    quiet = spent = 0
    while quiet < QUIET_MS:
        before = requests.seen
        await clock.advance(STEP_MS)
        await _draw(session)
        spent += STEP_MS
        rests = whole.is_set() and requests.seen == before and not requests.pending
        quiet = quiet + STEP_MS if rests else 0
        if spent >= limits.page_seconds * 1000:
            raise _failure(page, "never-rests", f"it still asks for more after {limits.page_seconds:g} s of its clock")
    html = await tab.content()
    shown = place.named(requests.shown) or named
    return Rendered(
        html,
        shown.url,
        shown.timestamp,
        version,
        tuple(sorted(requests.answered)),
        tuple(sorted(requests.missing)),
        tuple(sorted(requests.blocked)),
    )


def _failure(page: ToRender, reason: str, text: str) -> RenderingError:
    return RenderingError(reason, f"rendering {page.address}: {text}")


async def _close_window(window: Tab) -> None:
    with suppress(Exception):  # it may be gone
        await window.close()


async def _draw(session: CDPSession) -> None:
    """Wait until the page is drawn once: frames go by the wall clock, which the page's own clock outruns.

    Without it a page that writes at its second frame, or when a part comes into view, is now complete and now not.
    """
    with suppress(Exception):  # it is sending on, or gives no frames
        async with asyncio.timeout(_FRAME_SECONDS):
            frames = await session.send("Page.getFrameTree")
            of_ours = {"frameId": frames["frameTree"]["frame"]["id"], "worldName": "frames"}
            world = await session.send("Page.createIsolatedWorld", of_ours)  # where no script of the page reaches
            frame = {"expression": "new Promise(requestAnimationFrame)", "awaitPromise": True}
            await session.send("Runtime.evaluate", {**frame, "contextId": world["executionContextId"]})


class _Clock:
    """The page's clock (virtual time): it goes only when told, and stands while an answer is pending."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._there = asyncio.Event()
        session.on("Emulation.virtualTimeBudgetExpired", lambda _: self._there.set())

    @classmethod
    async def started(cls, session: CDPSession, named: PartName) -> _Clock:
        """Stop the clock at the capture's instant."""
        clock = cls(session)
        start = parse_timestamp(named.timestamp).timestamp()
        await clock._set({"policy": "pause", "initialVirtualTime": start})
        return clock

    async def advance(self, milliseconds: int) -> None:
        """Let the page live through so many milliseconds."""
        self._there.clear()
        policy = {"policy": "pauseIfNetworkFetchesPending", "budget": milliseconds}
        await self._set({**policy, "maxVirtualTimeTaskStarvationCount": _STARVED})
        await self._there.wait()

    async def _set(self, policy: dict[str, Any]) -> None:
        await self._session.send("Emulation.setVirtualTimePolicy", policy)
