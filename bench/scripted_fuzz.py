"""Pages with scripts, made at random: what `harvester.rendering` leaves against the crawler's own steps.

    python -m bench.scripted_fuzz                        200 pages from seed 0
    python -m bench.scripted_fuzz --pages 5000 --seed 7  (about two seconds of processor time a page)

The pages are those of `tests.rendering.made_pages`. Where the crawler makes something else the second time, its own
clock decides: such a page counts as unsteady. Prints the families of the pieces of pages that differ, and their seeds.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from harvester.errors import RenderingError
from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import ToRender
from tests.rendering.made_pages import made
from tests.rendering.oracle import shown_by_the_crawler
from tests.rendering.pages import ADDRESS, archived

HTML = "text/html; charset=utf-8"
_BATCH = 24


def differing(browser: Browser, seeds: range) -> tuple[list[int], list[int]]:
    """Return the seeds whose pages differ from the crawler's, and those of which the crawler makes two things."""
    pages = {str(seed): made(seed)[0] for seed in seeds}
    theirs = shown_by_the_crawler(pages)
    ours = {}
    for name, body in pages.items():
        try:
            ours[name] = browser.render(ToRender(ADDRESS, body, HTML), archived).html
        except RenderingError as error:
            ours[name] = error.reason
    doubtful = {name: body for name, body in pages.items() if ours[name] != theirs[name]}
    again = shown_by_the_crawler(doubtful) if doubtful else {}
    steady = [int(name) for name in doubtful if again[name] == theirs[name]]
    unsteady = [int(name) for name in doubtful if again[name] != theirs[name]]
    return steady, unsteady


def main() -> None:
    """Compare, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, default=200)
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    families: Counter[str] = Counter()
    found: list[int] = []
    unsteady: list[int] = []
    began, done = time.monotonic(), 0
    with Browser(browser_program()) as browser:
        for start in range(options.seed, options.seed + options.pages, _BATCH):
            seeds = range(start, min(start + _BATCH, options.seed + options.pages))
            differ, doubtful = differing(browser, seeds)
            found, unsteady, done = found + differ, unsteady + doubtful, done + len(seeds)
            for seed in differ:
                families.update(set(made(seed)[1]))
                print(f"differs: {seed} {made(seed)[1]}", flush=True)
            print(
                f"{done} pages in {time.monotonic() - began:.0f} s, {len(found)} differ, {len(unsteady)} unsteady",
                flush=True,
            )
    print(f"families of those that differ: {dict(families.most_common())}")
    print(f"unsteady: {unsteady}")


if __name__ == "__main__":
    main()
