"""The browser: started when first needed, one page at a time, and killed with whatever a page made of it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from harvester.errors import ConfigurationError, RenderingError, Stopped
from harvester.rendering.rendered import Answering, Rendered, ToRender, VisitLimits
from harvester.rendering.requests import Requests
from harvester.rendering.visit import VIEWPORT, visit

if TYPE_CHECKING:
    from playwright.async_api import Browser as Started
    from playwright.async_api import CDPSession, Playwright

_NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: what is not answered here reaches no network
_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--run-all-compositor-stages-before-draw",  # without it a page whose clock stands may never be drawn again
    "--js-flags=--max-old-space-size=700",
]
_LOOK_EVERY = 0.1  # seconds between two looks at what a page takes
_TO_CLOSE = 5.0  # seconds in which a page must have closed


class Browser:
    """A Chromium that renders pages. Thread-safe; use it in a ``with``."""

    def __init__(self, program: Path, limits: VisitLimits | None = None, stop: threading.Event | None = None) -> None:
        self._program = program
        self._limits = limits or VisitLimits()
        self._stop_wanted = stop or threading.Event()
        self._one_at_a_time = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="answer")
        self._playwright: Playwright | None = None
        self._browser: Started | None = None
        self._session: CDPSession | None = None
        self._processes: set[int] = set()
        self.most_memory = 0
        """Bytes of the largest process of the browser so far."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # what does not close is killed with its pipe
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(4 * _TO_CLOSE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def render(self, page: ToRender, answering: Answering) -> Rendered:
        """Return a page after its scripts, whose requests `answering` answers.

        Raises RenderingError with a reason, Stopped, whatever `answering` raises, and ConfigurationError where the
        browser cannot be started.
        """
        with self._one_at_a_time:
            doing = asyncio.run_coroutine_threadsafe(self._render(page, answering), self._loop)
            try:
                return doing.result()
            except BaseException:
                doing.cancel()
                raise

    async def _render(self, page: ToRender, answering: Answering) -> Rendered:
        browser = await self._start()
        requests = Requests(page, answering, self._threads, self._limits)
        context = await browser.new_context(
            viewport=VIEWPORT,  # type: ignore[arg-type]
            timezone_id="UTC",
            locale="en-US",
            service_workers="block",
            accept_downloads=False,
        )
        doing = asyncio.ensure_future(visit(context, page, requests, self._limits, browser.version))
        watching = asyncio.ensure_future(self._watch(page, requests))
        try:
            waiting: list[asyncio.Future[Any]] = [requests.failed, watching, doing]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for ended in waiting[:2]:
                if ended.done():
                    ended.result()
            return await doing
        except (RenderingError, ConfigurationError):
            raise
        except _playwright_error() as error:
            if not browser.is_connected():
                raise RenderingError("crashed", f"rendering {page.address}: the browser ended") from error
            first = str(error).partition("\n")[0]
            if "Download is starting" in first:
                raise RenderingError("downloads", f"rendering {page.address}: it is a download, not a page") from error
            raise RenderingError("failed", f"rendering {page.address}: {first}") from error
        finally:
            watching.cancel()
            whole = doing.done() and not doing.cancelled() and doing.exception() is None
            if not await self._close(context) or not whole:
                await self._kill()
            doing.cancel()
            with suppress(BaseException):
                await doing
            if requests.failed.done():
                requests.failed.exception()

    async def _watch(self, page: ToRender, requests: Requests) -> None:
        """Raise RenderingError when a page takes too much time or memory."""
        seconds = 0.0
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if self._stop_wanted.is_set():
                raise Stopped("stopped while a page was rendered; run it again to resume")
            if not requests.pending:
                seconds += _LOOK_EVERY
            if seconds > self._limits.seconds:
                raise RenderingError("hangs", f"rendering {page.address}: no end after {self._limits.seconds:g} s")
            if await self._most_memory() > self._limits.memory_bytes:
                limit = self._limits.memory_bytes >> 20
                raise RenderingError("too-much-memory", f"rendering {page.address}: it takes more than {limit} MB")

    async def _most_memory(self) -> int:
        """Return the bytes of the largest process of the browser; 0 where the system does not say."""
        await self._find_processes()
        most = 0
        for process in self._processes:
            with suppress(OSError, ValueError, IndexError):
                pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
                most = max(most, pages * os.sysconf("SC_PAGE_SIZE"))
        self.most_memory = max(self.most_memory, most)
        return most

    async def _find_processes(self) -> None:
        if self._session is not None:
            with suppress(Exception):  # a browser that ends is noticed by who waits for the page
                told: dict[str, Any] = await self._session.send("SystemInfo.getProcessInfo")
                self._processes = {one["id"] for one in told["processInfo"]}

    async def _start(self) -> Started:
        from playwright.async_api import Error, async_playwright

        if self._browser is not None and self._browser.is_connected():
            return self._browser
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        # Chromium refuses its sandbox to root; elsewhere some kernels refuse it.
        wanted = [True, False] if os.geteuid() != 0 else [False]
        for sandbox in wanted:
            try:
                self._browser = await self._playwright.chromium.launch(
                    executable_path=self._program,
                    args=_ARGUMENTS,
                    chromium_sandbox=sandbox,
                    proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
                break
            except Error as error:
                if sandbox == wanted[-1]:
                    first = str(error).partition("\n")[0]
                    raise ConfigurationError(f"{self._program}: the browser does not start: {first}") from error
        assert self._browser is not None
        self._session = await self._browser.new_browser_cdp_session()
        await self._find_processes()
        return self._browser

    async def _close(self, context: Any) -> bool:
        with suppress(Exception):
            await asyncio.wait_for(context.close(), _TO_CLOSE)
            return True
        return False

    async def _kill(self) -> None:
        """End all processes of the browser; the next page starts another."""
        browser, self._browser, self._session = self._browser, None, None
        for process in self._processes:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        self._processes = set()
        if browser is not None:
            with suppress(Exception):
                await asyncio.wait_for(browser.close(), _TO_CLOSE)

    async def _stop(self) -> None:
        if self._browser is not None:
            with suppress(Exception):
                await asyncio.wait_for(self._browser.close(), _TO_CLOSE)
        await self._kill()
        if self._playwright is not None:
            with suppress(Exception):
                await asyncio.wait_for(self._playwright.stop(), _TO_CLOSE)
            self._playwright = None
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1)


def _playwright_error() -> type[Exception]:
    from playwright.async_api import Error

    return Error
