"""Whether a page that needs a browser is known by its bytes: the signs of `needs_a_browser` against a browser itself.

    python -m bench.needed                 pages written for it, then those of ../shared/archive
    python -m bench.needed --pages 60      only so many of the archive (default: all)
    python -m bench.needed --signs         only count the signs on the archive; no browser

Every page is cleaned as it is and after its scripts, in Chromium. A page whose text differs must have a sign; one with
a sign and equal texts is rendered for nothing. The written pages (`scripted_pages`) put a policy into a page in ways
that sites use, among what they have around it; others have scripts that leave it alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import islice
from pathlib import Path

from bench.scripted_pages import TIMESTAMP, URL, beside, written
from harvester.cleaner import clean
from harvester.cleaner.document import snapshot_address
from harvester.cleaner.page_text import words_shown
from harvester.cleaner.quality import assess
from harvester.cleaner.scripted.needs_a_browser import needs_a_browser
from harvester.errors import CleaningError
from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import Answering, ToRender
from harvester.replay.archives.opening import open_replayable
from harvester.replay.parts import parts_from

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "archive" / "captures.warc.gz"
HTML = "text/html; charset=utf-8"


class Measured:
    """Counts pages, those whose text scripts change, those with a sign, and both."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def measure(self, browser: Browser, name: str, page: ToRender, answering: Answering, at: tuple[str, str]) -> None:
        """Count one page, whose address and timestamp `at` are."""
        static = text_of(page.body, page.content_type, at, scripts_ran=False)
        words = words_shown(page.body, page.content_type)
        signs = needs_a_browser(page.body, page.content_type, words, reads_as_policy=reads_as_policy(static))
        try:
            shown = browser.render(page, answering)
        except CleaningError as error:
            self.counts["not rendered"] += 1
            print(f"{error.reason}: {name}")
            return
        differs = text_of(shown.body, HTML, at, scripts_ran=True) != static
        self.counts.update(
            {"pages": 1, "differ": int(differs), "signs": int(bool(signs)), "found": int(differs and bool(signs))}
        )
        if differs and not signs:
            print(f"missed: {name}")
        if signs and not differs:
            print(f"for nothing ({', '.join(signs)}): {name}")

    def report(self, title: str) -> None:
        """Print the figures."""
        pages, differ, found = (self.counts[one] for one in ("pages", "differ", "found"))
        nothing = self.counts["signs"] - found
        share = f" ({found / differ:.1%})" if differ else ""
        print(f"{title}: {pages} pages, scripts change the text of {differ}, with a sign {found}{share}; ", end="")
        print(f"rendered for nothing {nothing} ({nothing / max(pages, 1):.1%})")


def text_of(body: bytes, kind: str | None, at: tuple[str, str], *, scripts_ran: bool) -> str:
    """Return the comparable text of a page, or why it has none."""
    url, timestamp = at
    try:
        return clean(
            body, url=url, timestamp=timestamp, domain="x", content_type=kind, scripts_ran=scripts_ran
        ).comparable
    except CleaningError as error:
        return error.reason


def reads_as_policy(text: str) -> bool:
    """Return whether a comparable text reads as a policy."""
    title, _, rest = text.partition("\n")
    return assess(title.removeprefix("# "), rest, body=b"").is_policy


def count_signs() -> None:
    """Print which pages of the archive have signs."""
    archive = open_replayable(ARCHIVE)
    found = {archive.body(one): one for one in archive.captures() if one.answered == 200 and "html" in one.mimetype}
    some = 0
    for body, one in found.items():
        kind = one.header("Content-Type") or one.mimetype
        text = text_of(body, kind, (one.url, one.timestamp), scripts_ran=False)
        signs = needs_a_browser(body, kind, words_shown(body, kind), reads_as_policy=reads_as_policy(text))
        some += bool(signs)
        if signs:
            print(f"{', '.join(signs)}: {one.timestamp} {one.url}")
    print(f"{some} of {len(found)} pages have a sign")


def main() -> None:
    """Measure both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=None)
    parser.add_argument("--signs", action="store_true")
    options = parser.parse_args()
    if options.signs:
        count_signs()
        return
    with Browser(browser_program()) as browser:
        measured = Measured()
        for name, body in written():
            page = ToRender(snapshot_address(URL, TIMESTAMP), body, HTML)
            measured.measure(browser, name, page, beside, (URL, TIMESTAMP))
        measured.report("written")
        if not ARCHIVE.exists():
            return
        measured, archive, answering = Measured(), open_replayable(ARCHIVE), parts_from(ARCHIVE)
        found = {archive.body(one): one for one in archive.captures() if one.answered == 200 and "html" in one.mimetype}
        for body, one in islice(found.items(), options.pages):
            kind = one.header("Content-Type") or one.mimetype
            page = ToRender(snapshot_address(one.url, one.timestamp), body, kind)
            measured.measure(browser, f"{one.timestamp} {one.url}", page, answering, (one.url, one.timestamp))
        measured.report(ARCHIVE.parent.name)


if __name__ == "__main__":
    main()
