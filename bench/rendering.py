"""Pages of an archive rendered in Chromium: pages a minute, the browser's memory, and whose text scripts change.

    python bench/rendering.py                    the first 40 different pages of ../shared/archive
    python bench/rendering.py DIR|WARC --pages N

Every page is cleaned as it is and after its scripts. What it asks for is answered from the same archive. `signs` are
those of `needs_a_browser`; a page whose texts differ and that has none is missed, one with a sign and equal texts was
rendered for nothing. The peer of the time is the same page without a browser.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from harvester.cleaner import clean
from harvester.cleaner.document import snapshot_address
from harvester.cleaner.page_text import words_shown
from harvester.cleaner.scripted.needs_a_browser import needs_a_browser
from harvester.errors import CleaningError
from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import ToRender
from harvester.replay.archives.opening import open_replayable
from harvester.replay.parts import parts_from

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "archive" / "captures.warc.gz"


def text_of(body: bytes, url: str, timestamp: str, kind: str | None, *, scripts_ran: bool) -> str:
    """Return the comparable text of a page, or why it has none."""
    try:
        return clean(
            body, url=url, timestamp=timestamp, domain="x", content_type=kind, scripts_ran=scripts_ran
        ).comparable
    except CleaningError as error:
        return error.reason


def main() -> None:
    """Render the pages and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--pages", type=int, default=40)
    options = parser.parse_args()
    archive = open_replayable(options.archive)
    parts = parts_from(options.archive)
    pages = {archive.body(one): one for one in archive.captures() if one.answered == 200 and "html" in one.mimetype}
    without = rendering = 0.0
    answered = missing = blocked = most = differ = found = for_nothing = 0
    chosen = list(pages.items())[: options.pages]
    with Browser(browser_program()) as browser:
        for body, capture in chosen:
            kind = capture.header("Content-Type") or capture.mimetype
            signs = needs_a_browser(body, kind, words_shown(body, kind))
            start = time.perf_counter()
            static = text_of(body, capture.url, capture.timestamp, kind, scripts_ran=False)
            without += time.perf_counter() - start
            start = time.perf_counter()
            try:
                page = ToRender(snapshot_address(capture.url, capture.timestamp), body, kind)
                rendered = browser.render(page, parts)
            except CleaningError as error:
                print(f"{error.reason}: {capture.url} at {capture.timestamp}")
                continue
            finally:
                rendering += time.perf_counter() - start
                most = max(most, browser.most_memory)
            html = "text/html; charset=utf-8"
            text = text_of(rendered.body, capture.url, capture.timestamp, html, scripts_ran=True)
            answered, missing = answered + len(rendered.answered), missing + len(rendered.missing)
            blocked += len(rendered.blocked)
            differ += text != static
            found += text != static and bool(signs)
            for_nothing += text == static and bool(signs)
    asked = answered + missing
    a_minute = 60 * len(chosen)
    print(f"{len(chosen)} pages: {a_minute / rendering:.0f} a minute, without a browser {a_minute / without:.0f}")
    print(f"largest process of the browser: {most >> 20} MB")
    print(f"requests: {asked} to the archive, {answered} answered from it; {blocked} blocked")
    print(f"texts that scripts change: {differ}, with a sign {found}; rendered for nothing: {for_nothing}")


if __name__ == "__main__":
    main()
