"""What a comparison does grows with its texts and no faster, whatever small pattern they repeat: counted, not timed.

Counted are the calls that it makes, of Python and of C, and the characters that it spells out to look for a pattern in
them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from harvester.diffing import compare
from harvester.diffing.kinds import altered
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.spans import Spelled

SIZE = 600
GROWTH = 4
WORST = 1.5  # times linear; what grows with the square has 4

_PATTERNS = (
    "1:! 1. 1, 1/ (1) 1) a1: !1 a-1- 1.a. $1, @1. a@1. 1990- 2020. 20:20! [1] <1> #1 *1 '1' ~1 ©1 §1. www.1 http://1"
    " v1. 1>a> é1: 1年 1| 1st, 1,000, 12/1/2020"
)
PATTERNS = _PATTERNS.split()

Shape = Callable[[str, int], tuple[str, str]]
BEGIN = "# Policy\n\nWe keep what you tell us for a year."
SHAPES: dict[str, Shape] = {
    "one word that came": lambda one, times: (BEGIN, f"{BEGIN}\n\n{one * times}"),
    "one word within a sentence": lambda one, times: (BEGIN, BEGIN.replace("tell", f"tell {one * times}")),
    "one word that altered": lambda one, times: (f"{BEGIN}\n\n{one * times}", f"{BEGIN}\n\n{(one * 4 + 'x') * times}"),
    "words that came": lambda one, times: (BEGIN, f"{BEGIN}\n\n{f'{one} ' * times}"),
    "paragraphs that came": lambda one, times: (BEGIN, "\n\n".join([BEGIN, *[one] * times])),
    "paragraphs that altered": lambda one, times: tuple("\n\n".join([BEGIN, *[o] * times]) for o in (one, f"{one}2")),  # type: ignore[dict-item, return-value]
}


class Work:
    """Calls made and characters spelled out."""

    calls = characters = 0


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work, begin = Work(), Spelled.__init__

    def spell(self: Spelled, tokens: list[str], **form: bool) -> None:
        work.characters += sum(map(len, tokens))
        begin(self, tokens, **form)

    def call(frame: FrameType, event: str, argument: Any) -> None:
        work.calls += event in ("call", "c_call")

    with monkeypatch.context() as patched:
        patched.setattr(Spelled, "__init__", spell)
        before = sys.getprofile()
        sys.setprofile(call)
        try:
            yield work
        finally:
            sys.setprofile(before)


def work_of(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> Work:
    with counted(monkeypatch) as work:
        compare(old, new)
    return work


def grows_faster(shape: Shape, pattern: str, size: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    times = size // len(pattern)
    small = work_of(*shape(pattern, times), monkeypatch)
    large = work_of(*shape(pattern, GROWTH * times), monkeypatch)
    linear = WORST * GROWTH
    return large.calls > linear * small.calls or large.characters > linear * max(small.characters, size)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_repeated_pattern_costs_no_more_than_in_proportion(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(BEGIN, f"{BEGIN} (c) 2020, a@b.example")  # what is read once
    # Work that is bounded may grow up to its bound: what is worse must be so on larger texts too.
    assert [
        pattern
        for pattern in PATTERNS
        if all(grows_faster(SHAPES[shape], pattern, size, monkeypatch) for size in (SIZE, GROWTH * SIZE))
    ] == []


EACH: dict[str, tuple[str, str, str]] = {
    "the form of a company": (
        "Part w{0} is kept by Acme for x{0} years.",
        "Part w{0} is kept by Acme Inc. for x{0} years.",
        "Acme Inc. is here.",
    ),
    "the form of its own company": (
        "Part w{0} is kept by Acme{0} for x{0} years.\n\nAcme{0} Inc. is here.",
        "Part w{0} is kept by Acme{0} Inc. for x{0} years.\n\nAcme{0} Inc. is here.",
        "End.",
    ),
    "a reference of Markdown": (
        "See our terms a{0} of use in b{0}.",
        r"See our \[terms a{0}\]\[t\] of use in b{0}.",
        r"\[t\]: /terms",
    ),
    "where a reference leads": (
        "See our terms a{0} of use in b{0}.",
        r"See our \[terms a{0}\]\[t{0}\] of use in b{0}.",
        r"\[t\]: /terms",
    ),
}
"""Sentences before and after, and a last paragraph of both texts."""


@pytest.mark.parametrize("what", EACH)
def test_what_is_looked_for_in_the_whole_text_is_looked_for_once(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def texts(times: int) -> tuple[str, str]:
        *sides, last = EACH[what]
        old, new = ("\n\n".join([*(one.format(number) for number in range(times)), last]) for one in sides)
        return old, new

    compare(*texts(10))  # what is read once
    small, large = (work_of(*texts(times), monkeypatch) for times in (100, GROWTH * 100))
    assert large.calls <= WORST * GROWTH * small.calls


def test_a_paragraph_that_came_a_thousand_times_is_judged_no_more_often_than_its_reason_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[Place] = []
    finding = altered._finding

    def judge(place: Place) -> object:
        judged.append(place)
        return finding(place)

    monkeypatch.setattr(altered, "_finding", judge)
    diff = compare(BEGIN, "\n\n".join([BEGIN, *["We share it with advertisers."] * 1000]))
    assert diff.reasons == ('added: "We share it with advertisers."',)
    assert len(judged) <= 3
