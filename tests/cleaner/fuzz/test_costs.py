"""What a page costs grows with its bytes and its document, no faster, whatever it is made of.

`HARVESTER_FUZZ_PAIRS` says how many pairs of constructs are tried (some 17,000 are all of them).
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from harvester.cleaner import clean
from harvester.cleaner.budget import MOST_CHARACTERS
from harvester.cleaner.page_text import page_words, words_shown
from harvester.cleaner.quality import assess
from harvester.cleaner.scripted.embedded import notice_address, page_of_state
from harvester.cleaner.scripted.needs_a_browser import needs_a_browser
from harvester.cleaner.sends_on import sends_on
from harvester.errors import CleaningError
from tests.cleaner.fuzz.costs import Shape, cut_pages, pages, pairs

pytestmark = pytest.mark.costs

BYTES = 9_000
GROWTH = 4
WORST = 2.0  # times linear; a quadratic one has 4
NOTHING = 0.02  # seconds of processor time that say nothing
PAIRS = int(os.environ.get("HARVESTER_FUZZ_PAIRS", "25"))


@dataclass
class Cost:
    """Seconds of this process's processor, and characters read and written."""

    seconds: float
    characters: int


def cost(page: str) -> Cost:
    body = page.encode("utf-8", "surrogatepass")
    began = time.process_time()
    try:
        document = clean(
            body,
            url="http://a.example/p",
            timestamp="20200101000000",
            domain="a.example",
            content_type="text/html; charset=utf-8",
        )
    except CleaningError:
        return Cost(time.process_time() - began, len(body))
    assess(document.title, document.markdown, body=body, status=200)
    assert document.comparable
    seconds = time.process_time() - began
    assert len(document.text) <= MOST_CHARACTERS * 1.01
    return Cost(seconds, len(body) + len(document.text))


def cost_of_words(page: str) -> Cost:
    """Of the words of a whole page, which are read beside its document."""
    body = page.encode("utf-8", "surrogatepass")
    began = time.process_time()
    words_shown(body), page_words(body)
    return Cost(time.process_time() - began, len(body))


def cost_of_what_scripts_hold(page: str) -> Cost:
    """Of the signs of scripts, their data and where a page sends on, which are looked for where it shows few words."""
    body = page.encode("utf-8", "surrogatepass")
    began = time.process_time()
    needs_a_browser(body, None, 0), page_of_state(body, None), notice_address(b"iubenda" + body, None)
    sends_on(body, "http://a.example/")
    return Cost(time.process_time() - began, len(body))


def growth(shape: Shape, size: int = BYTES, cost: Callable[[str], Cost] = cost) -> float:
    """How many times worse than linear four times the page is; 0 when it costs next to nothing."""
    large = cost(shape(GROWTH * size))
    return excess(cost(shape(size)), large) if large.seconds >= NOTHING else 0.0


def excess(small: Cost, large: Cost) -> float:
    return (large.seconds / max(small.seconds, NOTHING / 8)) / (large.characters / small.characters)


def worse_than_linear(shape: Shape) -> bool:
    # The machine may be busy, and work that is bounded may grow up to its bound: what is worse must be so three times,
    # and on larger pages too.
    return all(growth(shape, size) > WORST for size in (BYTES, BYTES, BYTES, GROWTH * BYTES))


@pytest.mark.parametrize("name", pages())
def test_a_construct_costs_no_more_than_in_proportion(name: str) -> None:
    assert not worse_than_linear(pages()[name])


@pytest.mark.parametrize("name", pages())
def test_the_words_of_a_page_cost_no_more_than_in_proportion(name: str) -> None:
    assert not all(growth(pages()[name], 6 * BYTES, cost_of_words) > WORST for _ in range(3))


@pytest.mark.parametrize("name", cut_pages())
def test_what_scripts_hold_costs_no_more_than_in_proportion(name: str) -> None:
    assert not all(growth(cut_pages()[name], size, cost_of_what_scripts_hold) > WORST for size in (BYTES, 4 * BYTES))


def test_two_constructs_together_cost_no_more_than_in_proportion() -> None:
    tried = random.Random(PAIRS).sample(sorted(pairs(), key=lambda one: one[0]), PAIRS)
    assert [name for name, shape in tried if worse_than_linear(shape)] == []


def test_the_measure_finds_what_grows_with_the_square() -> None:
    assert excess(Cost(0.1, 1_000), Cost(0.4, 4_000)) == pytest.approx(1)
    assert excess(Cost(0.1, 1_000), Cost(1.6, 4_000)) > WORST
    assert excess(Cost(0.1, 1_000), Cost(1.6, 16_000)) == pytest.approx(1), "a longer document may cost more"
