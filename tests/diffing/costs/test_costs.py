"""A diff is quick whatever its texts are made of and however they were altered."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from harvester.diffing import compare, render

pytestmark = pytest.mark.costs

SIZE = 8_000
MOST_SECONDS = 0.8
"""Of processor time; what grew with the square of a block took half as much again, and more."""


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What the first diff of a process loads is no cost of a text."""
    diff = compare("# Policy\n\nWe share no data.\n", "# Policy\n\nWe share some data.\n")
    assert render.unified(diff, "a", "b")
    assert render.html_inline(diff)


Text = Callable[[int], list[str]]

TEXTS: dict[str, tuple[str, Text]] = {
    "paragraphs": ("\n\n", lambda n: [f"Paragraph {i} says what we keep of you, and why." for i in range(n // 48)]),
    "equal paragraphs": ("\n\n", lambda n: ["We keep what the law asks us to keep."] * (n // 38)),
    "items": ("\n", lambda n: [f"- item {i} of a list" for i in range(n // 20)]),
    "nested items": ("\n", lambda n: [f"{'  ' * (i % 9)}- item {i}" for i in range(n // 18)]),
    "numbers": ("\n\n", lambda n: [f"{i}. The clause of that number." for i in range(n // 32)]),
    "lines of numbers": ("\n", lambda n: ["1."] * n),
    "headings": ("\n\n", lambda n: [f"{'#' * (i % 6 + 1)} Heading {i}" for i in range(n // 16)]),
    "equal headings": ("\n", lambda n: ["# a"] * (n // 4)),
    "one long block": (" ", lambda n: [f"word{i}" for i in range(n // 8)]),
    "one block of one word": (" ", lambda n: ["a"] * (n // 2)),
    "one long word": ("", lambda n: ["ab"] * (n // 2)),
    "links": (" ", lambda n: [f"[link {i}](http://a.example/{i})" for i in range(n // 34)]),
    "empty links": (" ", lambda n: ["[]()"] * (n // 5)),
    "marks": ("", lambda n: ["**_"] * (n // 3)),
    "emphasised words": (" ", lambda n: [f"**word** _{i}_" for i in range(n // 15)]),
    "joiners": (" ", lambda n: ["می\u200cخواهیم"] * (n // 9)),
    "brackets": ("", lambda n: ["[("] * (n // 2)),
    "cells with emphasis": ("\n", lambda n: [f"| **cell {i}** | *b* | `c` |" for i in range(n // 28)]),
    "table": ("\n", lambda n: [f"| cell {i} | b | c |" for i in range(n // 21)]),
    "ideographs": ("", lambda n: [chr(0x4E00 + i % 3000) for i in range(n)]),
    "dates and amounts": (" ", lambda n: [f"{i % 28 + 1} May {1990 + i % 40}, ${i}" for i in range(n // 18)]),
}


def shuffled(parts: list[str]) -> list[str]:
    return random.Random(len(parts)).sample(parts, len(parts))


ALTERED: dict[str, Callable[[list[str]], list[str]]] = {
    "every fifth": lambda parts: [f"{one} now" if at % 5 == 0 else one for at, one in enumerate(parts)],
    "every one": lambda parts: [f"other{at}" for at in range(len(parts))],
    "reversed": lambda parts: parts[::-1],
    "shuffled": shuffled,
    "half gone": lambda parts: parts[::2],
    "halves swapped": lambda parts: parts[len(parts) // 2 :] + parts[: len(parts) // 2],
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_diff_costs_little_whatever_was_altered(text: str) -> None:
    join, made = TEXTS[text]
    parts = made(SIZE)
    slow = []
    for name, alter in ALTERED.items():
        old, new = (f"# Policy\n\n{join.join(some)}\n" for some in (parts, alter(parts)))
        began = time.process_time()
        diff = compare(old, new)
        written = len(render.unified(diff, "a", "b")) + len(render.html_inline(diff))
        if (seconds := time.process_time() - began) > MOST_SECONDS:
            slow.append((name, seconds))
        assert written < 60 * (len(old) + len(new)), "what is written is in proportion to the texts too"
    assert slow == []


def test_thousands_of_items_in_another_order_cost_in_proportion_to_their_number() -> None:
    join, made = TEXTS["items"]
    parts = made(3 * SIZE)
    old, new = (f"# Policy\n\n{join.join(some)}\n" for some in (parts, parts[::-1]))
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < MOST_SECONDS, "what looked back from each item to its heading took longer"


@pytest.mark.parametrize("signs", ["#" * 60, "*" * 90, "#" * 3_000, "{:." + "toc" * 40, "{" + ".toc" * 2_000])
def test_a_rule_of_signs_beside_a_word_is_read_once(signs: str) -> None:
    old = "# Policy\n\nWe keep it all.\n"
    began = time.process_time()
    compare(old, f"{old}\n{signs} Children {signs}\n")
    compare(f"{old}\n{signs}\n", f"{old}\n{signs} and others {signs}\n")
    assert time.process_time() - began < MOST_SECONDS


def test_commas_before_an_address_are_read_in_one_way() -> None:
    at = "Data is on servers in" + " ," * 16 + " Acme: {} High Street, London SW1A 1AA"
    old, new = ("# Policy\n\n" + "\n\n".join([at.format(number)] * 60) for number in (12, 14))
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < MOST_SECONDS


def test_quotation_marks_before_an_edit_are_counted_once() -> None:
    old, new = (
        "# Policy\n\n" + " ".join(f"z{n} {said} x{n}" for n in range(6_000))
        for said in ('"quoted"', '"quoted" "quoted"')
    )
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 3 * MOST_SECONDS
