"""How long the cleaner takes, beside its peers, on the reference pages, in one run.

    python bench/cleaner.py [REFERENCE-PAGES.jsonl.gz] [--pages N]

Peers: the reference (jsdom, Readability.js d6fc38c and html2text; when HARVESTER_READABILITY_JS names it), trafilatura
to Markdown and readability-lxml with html2text (when installed), and turbohtml's parse alone. Milliseconds of processor
time, the best of three runs a page, of thirty where a page takes a fraction of one (the reference: one, after a
warm-up). Then the time per kB, begun kilobytes counted whole, and how time and memory grow with the page.
Exit 1 when a target of docs/cleaner.md is missed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import math
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import turbohtml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the live reference is part of the tests

from harvester.cleaner import clean  # noqa: E402
from tests.cleaner.fuzz.reference import Reference, markdown_of, missing  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "cleaner" / "reference-pages.jsonl.gz"
RUNS, RUNS_OF_SMALL = 3, 30
FASTER_THAN_REFERENCE, FASTER_THAN_TRAFILATURA, SPREAD, MEMORY = 10.0, 3.0, 4.0, 30.0
PAGES_OF_A_PERCENTILE = 100
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
SMALL = 10_000  # bytes

Page = dict[str, str]


def ours(page: Page) -> None:
    """This cleaner, from bytes to the document."""
    text = clean(
        page["html"].encode(),
        url=page["url"],
        timestamp="20191021000000",
        domain="",
        content_type="text/html; charset=utf-8",
        snapshot_url=page["url"],
    ).text
    assert text.endswith(page["markdown"]), page["id"]


def best_of(run: Callable[[Page], object], page: Page) -> float:
    """Milliseconds of the quickest of a few runs."""
    times = []
    for _ in range(RUNS if len(page["html"]) >= SMALL else RUNS_OF_SMALL):
        start = time.process_time()
        run(page)
        times.append(time.process_time() - start)
    return min(times) * 1000


def peers() -> dict[str, Callable[[Page], object]]:
    """What else there is on this machine."""
    found: dict[str, Callable[[Page], object]] = {
        "parse alone (turbohtml)": lambda page: turbohtml.parse(page["html"], scripting=True)
    }
    try:
        extract = importlib.import_module("trafilatura").extract
        found["trafilatura to Markdown"] = lambda page: extract(
            page["html"], output_format="markdown", include_links=True
        )
    except ImportError:
        print("trafilatura is not installed: left out")
    try:
        document = importlib.import_module("readability").Document
        found["readability-lxml + html2text"] = lambda page: markdown_of(document(page["html"]).summary())
    except ImportError:
        print("readability-lxml is not installed: left out")
    return found


def time_reference(pages: list[Page]) -> list[float]:
    """Milliseconds of jsdom and Readability.js in node, and of html2text here, for each page."""
    times = []
    with Reference() as reference:
        for page in pages[:5]:
            reference.ask(page["html"], page["url"], alone=True)
        for page in pages:
            answer = reference.ask(page["html"], page["url"], alone=True)
            start = time.process_time()
            assert answer.content is None or markdown_of(answer.content) == page["markdown"]
            times.append(answer.ms + (time.process_time() - start) * 1000)
    return times


def grown(page: Page, size: int) -> str:
    """A page of about `size` bytes: the body of `page` again and again."""
    html = page["html"]
    start, end = html.find(">", html.lower().index("<body")) + 1, html.lower().rindex("</body>")
    body = html[start:end]
    return html[:start] + (body * (size // len(body) + 1))[: max(0, size - start)] + "</body></html>"


MEASURE = """
import sys, time
from harvester.cleaner import clean
from harvester.errors import CleaningError
body = sys.stdin.buffer.read()
make = lambda body: clean(body, url="http://e.org/", timestamp="20191021000000", domain="e.org")
make(b"<p>" + b"warm, up. " * 99)
# Not ru_maxrss, which a process has from the one that started it.
peak = lambda: int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
before, start = peak(), time.process_time()
try:
    make(body)
except CleaningError:
    pass  # the time counts all the same
print(time.process_time() - start, (peak() - before) * 1024)
"""


def growth(pages: list[Page]) -> list[tuple[int, float, float]]:
    """For each size: bytes, ms per kB, and bytes of memory for each byte of the page, each in a fresh process."""
    policies = [page for page in pages if page["id"].startswith("ota-") and "<body" in page["html"].lower()]
    page = min(policies, key=lambda page: page["html"].lower().index("<body"))
    rows = []
    for size in SIZES:
        body = grown(page, size).encode()
        out = subprocess.run([sys.executable, "-c", MEASURE], input=body, capture_output=True, check=True, cwd=ROOT)
        seconds, memory = map(float, out.stdout.split())
        rows.append((len(body), seconds * 1e6 / len(body), memory / len(body)))
    return rows


def report(name: str, times: list[float], own: list[float]) -> float:
    """One line; returns how many times longer the median page took than ours."""
    ratio = statistics.median(times) / statistics.median(own)
    print(f"{name:34} {statistics.median(times):8.2f} {statistics.mean(times):8.2f} {max(times):9.2f} {ratio:7.2f}")
    return ratio


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    arguments = parser.parse_args()
    with gzip.open(arguments.file, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines][: arguments.pages]
    sizes = [len(page["html"].encode()) / 1000 for page in pages]
    print(f"{len(pages)} pages, median {statistics.median(sizes):.0f} kB; Python {platform.python_version()}")
    print(f"{'milliseconds a page':34} {'median':>8} {'mean':>8} {'most':>9} {'/ours':>7}")
    own = [best_of(ours, page) for page in pages]
    missed = []
    report("this cleaner", own, own)
    for name, run in peers().items():
        ratio = report(name, [best_of(run, page) for page in pages], own)
        if name.startswith("trafilatura") and ratio < FASTER_THAN_TRAFILATURA:
            missed.append(f"{FASTER_THAN_TRAFILATURA:g} times faster than trafilatura: {ratio:.1f}")
    if reason := missing():
        print(f"reference: left out, {reason}")
    else:
        ratio = report("jsdom + Readability.js + html2text", time_reference(pages), own)
        if ratio < FASTER_THAN_REFERENCE:
            missed.append(f"{FASTER_THAN_REFERENCE:g} times faster than the reference: {ratio:.1f}")
    for unit, of in (("kB, begun ones counted whole", math.ceil), ("kB, in fractions", float)):
        each = sorted(ms / of(size) for ms, size in zip(own, sizes, strict=True))
        middle, high = statistics.median(each), each[math.ceil(0.99 * len(each)) - 1]
        print(f"ms per {unit}: median {middle:.3f}, p99 {high:.3f} ({high / middle:.1f} times)")
        # Of fewer pages the 99th percentile is the largest: a page of 437 bytes, whose costs are those of any page.
        if of is math.ceil and len(each) >= PAGES_OF_A_PERCENTILE and high > SPREAD * middle:
            missed.append(f"p99 of time per kB within {SPREAD:g} times its median: {high / middle:.1f}")
    rows = growth(pages)
    for size, per_kb, memory in rows:
        print(f"a page of {size / 1000:6.0f} kB: {per_kb:.3f} ms per kB, peak memory {memory:.1f} times the page")
    if rows[-1][2] > MEMORY:
        missed.append(f"peak memory under {MEMORY:g} times the page: {rows[-1][2]:.1f}")
    for target in missed:
        print(f"MISSED: {target}")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
