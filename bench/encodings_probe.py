"""Experiments that find out what letters, pairs of bytes and encodings are worth to Chromium's detector.

A page of 48 blocks of 32 bytes holds one pair beyond ASCII a block; the rest of a block is dots and three letters.
Three letters of a kind (western, central European, Baltic) add 60 thirtieths of a bit to the encodings of that kind:
with them as weights, two encodings are brought into balance, and what tips it tells the rest.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from bench.encodings_pages import Ask
from harvester.cleaner.encoding.scan import ACCENTED, ALPHABETS, KIND_OF
from harvester.cleaner.encoding.scores import KINDS, LATIN, UTF_8

WEIGHT = 60  # of three letters, in thirtieths of a bit; the unit of the balance
BLOCKS, MOST = 48, 7  # of a page; weights in a block
VOTING = 16  # pairs at the beginning of which each adds to its most likely encoding
ONE_BYTE = {0: 0x2E, **{code: 0x60 + code for code in range(1, 27)}, 27: 0xE1, 28: 0xE9, 29: 0xED, 30: 0xF3, 31: 0xF1}
_ALIASES = {"us-ascii": LATIN, "iso-8859-1": LATIN, "iso-8859-15": LATIN, "iso-2022-jp": LATIN, "gb2312": "gbk"}
_ALIASES |= {"iso-8859-9": "windows-1254", "gb18030": "gbk", "iso-8859-11": "windows-874"}
_ALIASES |= {"iso-8859-13": "windows-1257"}


def named(answer: str) -> str:
    """Return the name under which an encoding has its figures."""
    name = answer.lower()
    return _ALIASES.get(name, name)


class Balance(NamedTuple):
    """What is weighed: an encoding against another one, whose letters are the weights, on a ground of eight pairs."""

    encoding: str
    against: str
    ground: tuple[bytes, ...]

    @property
    def support(self) -> int:
        """The kind of letters that also stand in each block, twice: without them another encoding would lead."""
        return kind_number(self.encoding) if self.encoding in ("windows-1250", "iso-8859-10") else 0

    @property
    def most(self) -> int:
        """The number of weights for which a block has room."""
        return MOST - 2 * (self.support > 0)


def kind_number(name: str) -> int:
    """Return the number of the kind of letters that add to an encoding, 0 for none."""
    return KIND_OF.get(name, -1) + 1


class Weights:
    """Pages made of pairs and three letters of known kinds."""

    def __init__(self, kinds: Any, ask: Ask) -> None:
        self.ask = ask
        letters = range(1, 27)
        self.unit = [b""]
        for kind in range(1, len(KINDS) + 1):
            of_kind = np.nonzero(kinds == kind)[0].tolist()
            three = next(one for one in of_kind if {one >> 10, one >> 5 & 31, one & 31} <= {*letters})
            self.unit.append(text(three) + b".")

    def even(self, balance: Balance, pairs: Sequence[bytes], units: int) -> bytes:
        """Return a page with that many weights, evenly."""
        return self.page(balance, pairs, evenly(units, balance.most, len(pairs)))

    def page(self, balance: Balance, pairs: Sequence[bytes], weights: Sequence[int]) -> bytes:
        """Return a page of blocks; the first turns the counting of letters on for all that follow."""
        support = self.unit[balance.support] * 2
        starter = self.unit[balance.support or 3] * 3
        weight = self.unit[kind_number(balance.against)]
        out = []
        for number, (pair, units) in enumerate(zip(pairs, weights, strict=True)):
            letters = starter if number == 0 else support + weight * units
            out.append((pair + b"." + letters).ljust(32, b"."))
        return b"".join(out)

    def leads(self, balance: Balance, pages: Sequence[bytes]) -> list[bool | None]:
        """Return of each page whether the encoding leads (True) or the one against it (False); None: another one."""
        found: list[bool | None] = []
        for answer in self.ask(pages):
            name = named(answer)
            utf_8 = balance.encoding == UTF_8 and name in (LATIN, UTF_8)
            found.append(True if utf_8 or name == balance.encoding else False if name == balance.against else None)
        return found

    def tip(self, balance: Balance, makes: Sequence[Callable[[int], bytes]], low: int, high: int) -> list[int | None]:
        """Return of each experiment the least weight by which the other encoding leads, `low` where it always does.

        None: where it never does, or a third encoding leads.
        """
        lows, highs = [low - 1] * len(makes), [high + 1] * len(makes)
        lost = [False] * len(makes)
        while True:
            open_ = [n for n in range(len(makes)) if highs[n] - lows[n] > 1 and not lost[n]]
            if not open_:
                break
            middles = [(lows[n] + highs[n]) // 2 for n in open_]
            pages = [makes[n](middle) for n, middle in zip(open_, middles, strict=True)]
            for n, middle, leads in zip(open_, middles, self.leads(balance, pages), strict=True):
                if leads is None:
                    lost[n] = True
                elif leads:
                    lows[n] = middle
                else:
                    highs[n] = middle
        return [None if lost[n] or highs[n] > high else highs[n] for n in range(len(makes))]


def text(three: int) -> bytes:
    """Return the three bytes of a number of three letters."""
    return bytes(ONE_BYTE[code] for code in (three >> 10, three >> 5 & 31, three & 31))


def number(codes: Iterable[int]) -> int:
    """Return the number of three letters."""
    first, second, third = codes
    return first << 10 | second << 5 | third


@cache
def evenly(units: int, most: int, blocks: int = BLOCKS) -> tuple[int, ...]:
    """Return how many weights stand in each block: none in the first, the same number in all others."""
    rest = blocks - 1
    return (0, *(min(most, units * n // rest - units * (n - 1) // rest) for n in range(1, blocks)))


def grounds(weights: Weights, encoding: str, shares: dict[str, dict[bytes, float]], want: int) -> list[Balance]:
    """Return balances for an encoding, those that need most weight first: grounds of pairs that tell it from others."""
    chance = random.Random(3)
    mine = shares[encoding]
    against = "windows-1250" if encoding == UTF_8 else LATIN

    def telling(pair: bytes) -> float:
        others = (math.log(mine[pair] / (shares[one].get(pair, 0) + 1e-4)) for one in shares if one != encoding)
        return min(others) + 0.15 * math.log(mine[pair])

    pairs = sorted((one for one in mine if mine[one] > 0.0004), key=telling, reverse=True)[:60]
    # Pairs of an alphabet alone would also be those of encodings that Chromium names windows-1252, as EUC-CN.
    alone = sorted((one for one in mine if _stands_alone(one)), key=mine.__getitem__)[-1:] * (encoding in ALPHABETS)
    found = []
    for turn in range(120):
        some = pairs[:8] if turn == 0 else chance.sample(pairs[: 12 + turn], 8)
        some = [one for one in some if one not in alone]
        balance = Balance(encoding, against, (*alone, *some)[:8])
        slots = [balance.ground[n % 8] for n in range(BLOCKS)]
        tip = weights.tip(balance, [partial(weights.even, balance, slots)], 1, 47 * balance.most - 1)[0]
        if tip is not None and tip >= 30:
            found.append((tip, balance))
        if len(found) == 3 * want:
            break
    return [balance for _, balance in sorted(found, key=lambda one: -one[0])[:want]]


_SLOTS = (16, 21, 26, 31, 36, 41, 46)  # blocks that hold the pair that is weighed; after those that vote


def _around(units: tuple[int, ...], more: int, most: int) -> tuple[tuple[int, ...], int]:
    """Return weights with `more` of them around the slots, and how many more they became."""
    found = list(units)
    made = 0
    for slot, at in enumerate(_SLOTS):
        share = more * (slot + 1) // len(_SLOTS) - more * slot // len(_SLOTS)
        blocks = (range(at, at + 5) if at < 44 else range(46, BLOCKS)) if share else ()
        step = 1 if share > 0 else -1
        for block in [*blocks] * MOST:
            if share and 0 <= found[block] + step <= most:
                found[block] += step
                share -= step
                made += step
    return tuple(found), made


def weigh(weights: Weights, balance: Balance, pairs: Sequence[bytes]) -> list[float | None]:
    """Return what each pair is worth in the encoding beyond what it is worth in the one against it, in steps of 8.6.

    Seven of 48 blocks hold the pair. Minus infinity: it is not in the encoding. None: it cannot be weighed.
    """
    most = balance.most
    ground = [balance.ground[n % 8] for n in range(BLOCKS)]
    empty = [b".." if n in _SLOTS else one for n, one in enumerate(ground)]
    even = weights.tip(balance, [partial(weights.even, balance, empty)], 0, 47 * most - 1)[0]
    if even is None:
        return [None] * len(pairs)
    units = evenly(even, most)

    def page(pair: bytes, more: int) -> bytes:
        slots = [pair if n in _SLOTS else one for n, one in enumerate(ground)]
        return weights.page(balance, slots, _around(units, more, most)[0])

    makes = [partial(page, pair) for pair in pairs]
    in_slots = sum(units[at] for at in _SLOTS)  # of the empty page they are not counted
    support = 2 * WEIGHT * len(_SLOTS) * (balance.support > 0)
    bonus = 15 * len(_SLOTS) * (balance.against == LATIN)
    alone_in_ground = sum(_stands_alone(one) for one in empty)
    worth: list[float | None] = []
    for pair, more in zip(pairs, weights.tip(balance, makes, -80, 80), strict=True):
        if more == -80:
            worth.append(-math.inf)
            continue
        if more is None or _around(units, more, most)[1] - _around(units, more - 1, most)[1] != 1:
            worth.append(None)
            continue
        sum_ = WEIGHT * (_around(units, more, most)[1] + in_slots) + bonus - support
        if balance.encoding not in ACCENTED and balance.encoding != UTF_8:
            gained = alone_in_ground + len(_SLOTS) * _stands_alone(pair)
            sum_ += min(WEIGHT * gained, 300) - min(WEIGHT * alone_in_ground, 300)
        worth.append(sum_ / len(_SLOTS))
    return worth


def _stands_alone(pair: bytes) -> bool:
    return pair[0] >= 0xC0 and pair[1] < 0x80


def votes(weights: Weights, balance: Balance, pairs: Sequence[bytes]) -> list[int | None]:
    """Return whether each pair votes for the encoding: four votes weigh as much as three letters.

    A page in which the pair stands early, and so votes, is held against one in which it stands late.
    """
    early, late = (0, 5, 10, 15), (20, 25, 30, 35)

    def page(here: Sequence[int], there: Sequence[int], pair: bytes, units: int) -> bytes:
        others = [one for one in balance.ground if one != pair][:7]
        slots = [others[n % len(others[1:]) + 1] for n in range(BLOCKS)]
        for n in here:
            slots[n] = pair
        for n in there:
            slots[n] = others[0]
        return weights.even(balance, slots, units)

    tips = [
        weights.tip(balance, [partial(page, here, there, pair) for pair in pairs], 0, 47 * balance.most - 1)
        for here, there in ((early, late), (late, early))
    ]
    return [None if one is None or other is None else one - other for one, other in zip(*tips, strict=True)]


def begins(
    weights: Weights, balance: Balance, worth: dict[bytes, float], voting: Iterable[bytes]
) -> tuple[float, float]:
    """Return what the encoding begins with beyond the one against it, and what must be added to each pair's worth.

    Pages of 5 to 48 pairs whose worth is known, but for the rounding of the page that they were weighed on; where
    others lead in most of them, each other pair is one of the ground.
    """
    chance = random.Random(4)
    middle = min(300.0, float(np.median([worth[one] for one in balance.ground if one in worth])))
    some = sorted((one for one in worth if not _stands_alone(one)), key=lambda one: abs(worth[one] - middle))[:300]
    cases = [(length, turn) for length in (5, 7, 9, 12, 20, 32, 48) for turn in range(60)]
    drawn = [chance.sample(some, length) for length, _ in cases]
    rows, sums = _pages_in_balance(weights, balance, drawn, worth, {*voting})
    if len(rows) < len(cases) // 4:
        ground = [one for one in balance.ground if one in worth]
        for pairs, (_, turn) in zip(drawn, cases, strict=True):
            pairs[::2] = [ground[(turn + n) % len(ground)] for n in range(len(pairs[::2]))]
        rows, sums = _pages_in_balance(weights, balance, drawn, worth, {*voting})
    table, target = np.array(rows, float), np.array(sums)
    found = np.zeros(2)
    for _ in range(20):  # the least sum of distances, which few pages that left the balance do not move
        near = 1 / np.sqrt(np.maximum(10.0, np.abs(target - table @ found)))
        found = np.linalg.lstsq(table * near[:, None], target * near, rcond=None)[0]
    return float(found[0]), float(found[1])


def _pages_in_balance(
    weights: Weights, balance: Balance, drawn: list[list[bytes]], worth: dict[bytes, float], voting: set[bytes]
) -> tuple[list[tuple[float, int]], list[float]]:
    """Return of each page how much of the beginning and how many pairs add to what is left of its weights."""
    rows: list[tuple[float, int]] = []
    sums = []
    makes = [partial(weights.even, balance, pairs) for pairs in drawn]
    for pairs, units in zip(drawn, weights.tip(balance, makes, 0, 47 * balance.most), strict=True):
        if units:
            length = len(pairs)
            known = sum(worth[one] for one in pairs) + 15 * sum(one in voting for one in pairs[:VOTING])
            known += 2 * WEIGHT * (length - 1) * (balance.support > 0)
            known += 3 * WEIGHT * (kind_number(balance.encoding) == (balance.support or 3))
            made = sum(evenly(units, balance.most, length))
            rows.append((min(12, length + 1) / 12, length))
            sums.append(WEIGHT * (made - 0.5) + 15 * length * (balance.against == LATIN) - known)
    return rows, sums
