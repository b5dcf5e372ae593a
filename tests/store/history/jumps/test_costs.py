"""What stands in a page is found in proportion to the page, whatever it says again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from harvester.cleaner.page_text import words_in_row
from harvester.store.history.jumps.standing import standing
from tests.support.diffing.steps import steps_of

FEW, MANY = 50, 200
WORST = 1.5  # times linear; what compares each passage with each has 4
END = "Nothing more of it is kept by us."

Lines = Callable[[int], list[str]]


def of(line: str) -> Lines:
    return lambda times: [line.format(number) for number in range(times)]


PASSAGES: dict[str, tuple[Lines, Lines]] = {
    "one sentence many times": (of("We keep the same sentence for years."), lambda times: []),
    "sentences that go on": (
        of("We tell part w{0} of it for years."),
        of("We tell part w{0} of it for years and on."),
    ),
    "addresses elsewhere": (of("See https://a.example/{0}/more for what is said of it here."), lambda times: []),
    "altered sentences": (of("We tell part w{0} of it for years."), of("We tell part v{0} of it for years.")),
}


def judge(old: str, new: str) -> tuple[str, tuple[str, ...]]:
    return "substantive", (old[:1], new[:1])


@pytest.mark.parametrize("what", PASSAGES)
def test_each_passage_is_looked_for_without_going_through_all_others(what: str) -> None:
    def work(times: int) -> Callable[[], object]:
        old, new = ([*lines(times), END] for lines in PASSAGES[what])
        page = "\n".join(words_in_row(line.replace("/more", "/other")).strip() for line in [*old, *new])
        before, after = ("# Policy\n\n" + "\n\n".join(lines) for lines in (old, new))
        return partial(standing, before, after, lambda: f" {page} ", lambda: f" {page} ", judge)

    work(10)()
    few, many = steps_of(work(FEW)), steps_of(work(MANY))
    assert many <= WORST * MANY / FEW * few
