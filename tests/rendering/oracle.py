"""The crawler of the corpus, step for step, on the wall clock: what `harvester.rendering` is compared with.

``python -m tests.rendering.oracle`` writes what it makes of all pages into `RECORDED`, which the tests read.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from harvester.rendering.program import browser_program
from tests.rendering.made_pages import made
from tests.rendering.pages import ADDRESS, ARCHIVED, PAGES
from tests.support.web.browser import QUIET

if TYPE_CHECKING:
    from playwright.async_api import Browser, Route

BEFORE = ADDRESS.partition("/dir/")[0]
AT_ONCE = 8
ALL = {**PAGES, **{f"made at random, {seed}": made(seed)[0] for seed in range(3)}}
RECORDED = Path(__file__).with_name("shown_by_the_crawler.json")


def shown_by_the_crawler(pages: Mapping[str, bytes]) -> dict[str, str]:
    """Return the DOM of each page as the crawler would have stored it."""
    return asyncio.run(_all(pages))


async def _all(pages: Mapping[str, bytes]) -> dict[str, str]:
    from playwright.async_api import async_playwright

    turns = asyncio.Semaphore(AT_ONCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_program(), args=QUIET)

        async def one(body: bytes) -> str:
            async with turns:
                return await _one(browser, body)

        shown = await asyncio.gather(*map(one, pages.values()))
        await browser.close()
    return dict(zip(pages, shown, strict=True))


async def _one(browser: Browser, body: bytes) -> str:
    context = await browser.new_context(viewport={"width": 1366, "height": 768})

    async def route(route: Route) -> None:
        request = route.request
        if request.resource_type == "image" or not request.url.startswith("https://web.archive.org/"):
            await route.abort()
        elif request.url == ADDRESS:
            await route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            url = request.url.replace(BEFORE, "http://host.example")
            found = ARCHIVED.get(url) if request.method == "GET" else None
            if found is None:
                await route.fulfill(status=404, content_type="text/html")
            else:
                await route.fulfill(body=found.body, content_type=found.content_type)

    tab = await context.new_page()
    await context.route("**/*", route)
    await tab.goto(ADDRESS, wait_until="commit")
    for _ in range(2):  # a page that sends on begins again
        await tab.wait_for_load_state("domcontentloaded")
        await tab.wait_for_load_state("networkidle")
    shown = await tab.content()
    await context.close()
    return shown


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(shown_by_the_crawler(ALL), indent=1) + "\n", encoding="utf-8")
