"""Which three letters are of which kind to Chromium's detector, found by experiments (`encodings_probe`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from bench.encodings_pages import Ask
from bench.encodings_probe import BLOCKS, MOST, ONE_BYTE, Weights, evenly, kind_number, named, number, text
from harvester.cleaner.encoding.scan import KIND_OF
from harvester.cleaner.encoding.scores import KINDS

_HIGH = range(27, 32)
_TURKISH = (b"\xf0.", b"\xfd.", b"\xfe.", b"\xf0,", b"\xfd,", b"\xfe,", b"\xf0!", b"\xfd!")


def letters(ask: Ask) -> Any:
    """Return the kind of each three letters, 0 for none.

    First of those of ASCII, on a Turkish ground to which no letters add. Then of those with letters beyond ASCII: these
    are pairs too, so in a page of the same pairs, with one weight less than tips the balance, the letters must tip it.
    """
    kinds = np.zeros(1 << 15, np.int8)
    plain = [(a, b, c) for a in range(27) for b in range(27) for c in range(27)]
    ground = (b"\xf0.", b"\xfd.", b"\xfe.", b"\xf6.", b"\xe7.", b"\xfc.", b"\xea.", b"\xe4.")
    pages = []
    for three in plain:
        filling = ((text(number(three)) + b"..") * 6)[:30]
        pages.append(b"".join(ground[n % 8] + filling for n in range(BLOCKS)))
    for three, answer in zip(plain, ask(pages), strict=True):
        kinds[number(three)] = kind_number(named(answer))
    groups: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for x in range(1, 27):
        for high in _HIGH:
            for last in [*range(27), *_HIGH]:
                groups.setdefault((0, high, last), []).append((x, high, last))
            for y in range(1, 27):
                groups.setdefault((0, 0, high), []).append((x, y, high))
    for high in _HIGH:
        for y in [*range(1, 27), *_HIGH]:
            for z in range(1, 27):
                groups.setdefault((high, y, 0), []).append((high, y, z))
        for y in range(1, 27):
            for last in _HIGH:
                groups.setdefault((high, y, 0, last), []).append((high, y, last))
    weights = Weights(kinds, ask)

    def page(kind: int, codes: Sequence[int], units: int) -> bytes:
        middle = b".." + bytes(ONE_BYTE[code] for code in codes) + b".."
        begins = [middle if at % 5 == 1 else _TURKISH[at % 8] for at in range(BLOCKS)]
        begins[0] += weights.unit[2] * 2  # turns the counting of letters on
        blocks = (begin + weights.unit[kind] * many for begin, many in zip(begins, evenly(units, MOST), strict=True))
        return b"".join(block.ljust(32, b".")[:32] for block in blocks)

    for kind in range(1, len(KINDS) + 1):
        family = [name for name in KIND_OF if kind_number(name) == kind]
        makes = [partial(page, kind, codes) for codes in groups]
        tips = _tips(ask, family, makes, 320)
        cases = [(codes, tip) for tip, members in zip(tips, groups.values(), strict=True) for codes in members]
        answers = ask([page(kind, codes, tip - 1) for codes, tip in cases])
        for (codes, _), answer in zip(cases, answers, strict=True):
            if named(answer) in family:
                kinds[number(codes)] = kind
    return kinds


def _tips(ask: Ask, family: Sequence[str], makes: Sequence[Callable[[int], bytes]], high: int) -> list[int]:
    """Return of each page the least number of weights with which an encoding of the family leads."""
    lows, highs = [0] * len(makes), [high] * len(makes)
    for _ in range(high.bit_length()):
        middles = [(one + other) // 2 for one, other in zip(lows, highs, strict=True)]
        answers = ask([make(middle) for make, middle in zip(makes, middles, strict=True)])
        for n, (middle, answer) in enumerate(zip(middles, answers, strict=True)):
            if named(answer) in family:
                highs[n] = middle
            else:
                lows[n] = middle
    return highs
