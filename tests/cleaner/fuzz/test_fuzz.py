"""Differential fuzzing: on any page, however broken, the cleaner gives what the live reference gives.

HARVESTER_FUZZ_PAGES: how many pages (default 60; each takes the reference about a tenth of a second).
HARVESTER_FUZZ_SEED: the first page's seed (default 0); the same seed makes the same page.
"""

from __future__ import annotations

import os
import random

import pytest

from harvester.cleaner.markdown import to_markdown
from harvester.cleaner.readability import extract
from tests.cleaner.fuzz import pages
from tests.cleaner.fuzz.fixtures import ADDRESS
from tests.cleaner.fuzz.reference import Reference, missing
from tests.support.paths import ROOT

COUNT = int(os.environ.get("HARVESTER_FUZZ_PAGES", "60"))
FIRST = int(os.environ.get("HARVESTER_FUZZ_SEED", "0"))

PAGES_OF_ONE_REFERENCE = 2000  # jsdom keeps something of each page: after some 15,000 node's 4 GB are full


@pytest.mark.timeout(60 + COUNT * 2)
def test_broken_pages_give_what_the_reference_gives() -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)
    file = ROOT.parent / "shared" / "cleaner" / "reference-pages.jsonl.gz"
    real = pages.sources(file) if file.is_file() else []
    differing: list[int] = []
    seeds = range(FIRST, FIRST + COUNT)
    for start in seeds[::PAGES_OF_ONE_REFERENCE]:
        with Reference() as reference:
            some = range(start, min(start + PAGES_OF_ONE_REFERENCE, seeds.stop))
            differing += (seed for seed in some if differs(pages.page(random.Random(seed), real), seed, reference))
    assert differing == []


def differs(page: str, seed: int, reference: Reference) -> bool:
    wanted = reference.ask(page, ADDRESS)
    assert wanted.error is None, (seed, wanted.error)
    article = extract(page, ADDRESS)
    given = None if article.content is None else to_markdown(article.content)
    return (given, article.title) != (wanted.markdown, wanted.title)
