"""Time to turn articles into Markdown, beside html2text 2020.1.16 on the same articles, in one run.

    python bench/markdown.py [REFERENCE-PAGES.jsonl.gz]

The articles are taken from the reference pages first. Ours starts from the tree; html2text from the tree's HTML, and
writing that HTML, which it needs and we do not, is timed apart. Processor time, the best of five runs of each article.
Exit 1 when a text differs, or when ours is not five times as fast over all.
"""

from __future__ import annotations

import gc
import gzip
import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import html2text

from harvester.cleaner.html.dom import Element, inner_html
from harvester.cleaner.markdown import to_markdown
from harvester.cleaner.readability import extract

DEFAULT = Path(__file__).resolve().parents[1] / ".." / "shared" / "cleaner" / "reference-pages.jsonl.gz"
WANTED_RATIO = 5.0
RUNS = 5

Argument = TypeVar("Argument")


def articles(path: Path) -> list[Element]:
    """The article of every reference page that has one."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    contents = [extract(page["html"], page["url"]).content for page in pages]
    return [content for content in contents if content is not None]


def peer(html: str) -> str:
    """html2text, as it made the reference documents."""
    converter = html2text.HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    converter.ignore_images = True
    return str(converter.handle(html))


def best_seconds(work: Callable[[Argument], str], arguments: list[Argument]) -> list[float]:
    """The least processor time that `work` took on each of `arguments`."""
    best = [float("inf")] * len(arguments)
    for _ in range(RUNS):
        for place, argument in enumerate(arguments):
            started = time.process_time()
            work(argument)
            best[place] = min(best[place], time.process_time() - started)
    return best


def main(arguments: list[str]) -> int:
    """Measure, print, and say with the exit code whether the promise is kept."""
    contents = articles(Path(arguments[0]) if arguments else DEFAULT)
    htmls = [inner_html(content) for content in contents]
    differing = sum(to_markdown(content) != peer(html) for content, html in zip(contents, htmls, strict=True))
    gc.collect()
    gc.freeze()  # the collector's walks over all these trees are nobody's work here
    ours, theirs = best_seconds(to_markdown, contents), best_seconds(peer, htmls)
    writing = best_seconds(inner_html, contents)
    ratios = sorted(their / our for our, their in zip(ours, theirs, strict=True))
    count = len(contents)
    ratio = sum(theirs) / sum(ours)
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{count} articles, {sum(map(len, htmls)) / count / 1000:.1f} thousand characters each; {differing} differ")
    print(f"harvester  {sum(ours) / count * 1000:.2f} ms an article")
    print(f"html2text  {sum(theirs) / count * 1000:.2f} ms, and {sum(writing) / count * 1000:.2f} ms to write the HTML")
    print(f"ratio      {ratio:.1f} over all, {ratios[count // 2]:.1f} median, {ratios[0]:.1f} to {ratios[-1]:.1f}")
    kept = ratio >= WANTED_RATIO and not differing
    print("kept: equal, and five times as fast" if kept else "BROKEN: a text differs, or less than five times as fast")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
