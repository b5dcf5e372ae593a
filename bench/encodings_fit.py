"""Finds the figures of the encodings' guess (``harvester/cleaner/encoding/scores.txt``) by experiments with Chromium.

    python -m bench.encodings_fit DIR     DIR/LANGUAGE/*.txt: which pairs are frequent; needs numpy

Pages are made with which Chromium's detector weighs one thing against another (`encodings_probe`): three letters,
pairs of bytes, which encoding a pair votes for, what each encoding begins with. The worth of pairs becomes a sum of
four figures by least squares. Some million pages are asked about, for which Chromium takes days; a program that holds
the same detector (``--program``) takes minutes. Measure with `bench/encodings.py` on texts of another source.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.encodings_letters import letters
from bench.encodings_pages import LANGUAGES, asking, encode, texts_of
from bench.encodings_probe import Weights, begins, grounds, votes, weigh
from harvester.cleaner.encoding.pairs import BytePair
from harvester.cleaner.encoding.scan import ACCENTED, sequences
from harvester.cleaner.encoding.scores import KINDS, LATIN, NO_LETTERS, STEPS, TABLES, UTF_8, places

REFERENCE = "macintosh"  # its pairs are told by three figures, so those of others can be told from it
_NAMES = """windows-1250 utf-8 gbk euc-kr shift_jis euc-jp big5 iso-8859-2 windows-1251 windows-1256 windows-1254
windows-874 windows-1257 windows-1255 koi8-r iso-8859-7 windows-1253 koi8-u iso-8859-5 iso-8859-4 macintosh iso-8859-6
ibm866 iso-8859-10"""
NAMES = _NAMES.split()
BY_LETTERS = frozenset(
    f"{LATIN} windows-1250 iso-8859-2 windows-1251 windows-1254 windows-1257 windows-1255 koi8-r iso-8859-7 "
    "windows-1253 koi8-u iso-8859-4 iso-8859-10".split()
)  # whose letters with accents have figures of their own
LOW = -400.0  # for a pair that is worth less than can be weighed
NOT_IN_IT = -1200  # for a pair that the encoding does not have
SIZES = (257, 257, 257, NO_LETTERS + 1)
FOLDED = ".abcdefghijklmnopqrstuvwxyzAEIO*"
_SECONDS = b"\n .,;abeghiknorst\x81\x95\xa0\xb1\xc4\xd0\xe1\xe9\xee\xf2\xfa"
LEFT_OUT = ("iso-2022-jp", "gb18030", "iso-8859-15", LATIN)


def counted(
    texts: dict[str, list[list[str]]], encodings: Iterable[str], documents: int = 40
) -> dict[str, dict[bytes, float]]:
    """Return how often each pair stands in texts of each encoding, all its languages alike."""
    chance = random.Random(2)
    found = {}
    for encoding in encodings:
        shares: dict[bytes, float] = {}
        languages = [one for one in LANGUAGES[encoding].split() if one in texts]
        for language in languages:
            seen: Counter[bytes] = Counter()
            for document in chance.sample(texts[language], min(documents, len(texts[language]))):
                seen.update(re.findall(rb"[\x80-\xff][\x00-\xff]", encode("\n".join(document), encoding)))
            for pair, count in seen.items():
                shares[pair] = shares.get(pair, 0.0) + count / seen.total() / len(languages)
        found[encoding] = shares
    return found


class Measured(NamedTuple):
    """What was measured of an encoding: worth of pairs beyond that in windows-1252, votes, what it begins with."""

    worth: dict[bytes, float]
    votes: list[bytes]
    start: float


def measured(weights: Weights, name: str, shares: dict[str, dict[bytes, float]], pairs: list[bytes]) -> Measured:
    """Return what experiments on two grounds tell of an encoding."""
    balances = grounds(weights, name, shares, 4 if name == REFERENCE else 2)
    voting = sorted(pairs, key=lambda pair: -max(one.get(pair, 0) for one in shares.values()))[:4000]
    both = [voters(votes(weights, balance, voting), voting) for balance in balances[:2]]
    mine = sorted(both[0] & both[-1])
    print(f"{name}: {len(mine)} votes, {len(both[0] ^ both[-1])} told differently", flush=True)
    found = []
    start = 0.0
    for balance in balances:
        all_pairs = list(dict.fromkeys([*pairs, *balance.ground]))
        weighed = zip(all_pairs, weigh(weights, balance, all_pairs), strict=True)
        worth = {pair: value for pair, value in weighed if value is not None}
        begin, added = begins(weights, balance, {pair: one for pair, one in worth.items() if one > -math.inf}, mine)
        start += begin / len(balances)
        found.append({pair: value + added - _of_sequences(name, pair) for pair, value in worth.items()})
        print(f"{name}: {len(worth)} of {len(pairs)} pairs weighed, begins with {begin:.0f}, {added:+.1f}", flush=True)
    merged = {}
    for pair in dict.fromkeys(pair for one in found for pair in one):
        if any(pair in balance.ground for balance in balances):
            continue  # what stands there already is not counted again
        known_ones = [one[pair] for one in found if one.get(pair, -math.inf) > -math.inf]
        merged[pair] = float(np.mean(known_ones)) if known_ones else -math.inf
    return Measured(merged | on_other_grounds(weights, name, shares, pairs, mine), mine, start)


def on_other_grounds(
    weights: Weights, name: str, shares: dict[str, dict[bytes, float]], pairs: list[bytes], voting: list[bytes]
) -> dict[bytes, float]:
    """Return the worth of the pairs of the grounds: what stands on a ground already is not counted again."""
    first = grounds(weights, name, shares, 4 if name == REFERENCE else 2)
    left = {pair for balance in first for pair in balance.ground}
    found: dict[bytes, float] = {}
    for balance in grounds(weights, name, shares, 6):
        here = [pair for pair in left if pair not in balance.ground]
        if balance in first or not here:
            continue
        asked = list(dict.fromkeys([*here, *balance.ground, *pairs[::8]]))
        weighed = zip(asked, weigh(weights, balance, asked), strict=True)
        worth = {pair: value for pair, value in weighed if value is not None and value > -math.inf}
        if len(worth) < 60:
            continue
        _, added = begins(weights, balance, worth, voting)
        found |= {pair: worth[pair] + added - _of_sequences(name, pair) for pair in here if pair in worth}
        left -= {*here}
    return found


def voters(told: list[int | None], pairs: list[bytes]) -> set[bytes]:
    """Return the pairs that add one weight more than most do, whose vote is for another encoding."""
    usual = Counter(vote for vote in told if vote is not None).most_common(1)[0][0]
    return {pair for pair, vote in zip(pairs, told, strict=True) if vote == usual + 1}


def _of_sequences(name: str, pair: bytes) -> float:
    """Return what is added to UTF-8 for a pair without a figure."""
    return sequences([BytePair(pair[0], pair[1], 0, 1.0)], last=False) if name == UTF_8 else 0.0


def fitted(name: str, worth: dict[bytes, float], shares: dict[bytes, float]) -> list[Any]:
    """Return the figures of the four tables whose sums are nearest to the worth of pairs, frequent ones above all."""
    tables = [np.zeros(size) for size in SIZES]
    halves = [set[int](), set[int]()]
    for pair, value in worth.items():
        halves[value > -math.inf].add(places(pair[0], pair[1])[2])
    whole = {pair: max(value, LOW) for pair, value in worth.items() if places(pair[0], pair[1])[2] in halves[True]}
    at = np.array([places(pair[0], pair[1]) for pair in whole])
    target = np.array(list(whole.values()))
    weight = np.array([0.05 + min(1.0, 200 * shares.get(pair, 0.0)) for pair in whole])
    for turn in range(300):
        for number in range(4 if name in BY_LETTERS and turn > 5 else 3):
            left = target - sum(tables[other][at[:, other]] for other in range(4) if other != number)
            sums = np.bincount(at[:, number], weight * left, SIZES[number])
            counts = np.bincount(at[:, number], weight, SIZES[number])
            tables[number] = sums / (counts + 0.003)
            if number == 3:  # the second letter is of ASCII in encodings with few others, else beyond it
                tables[3][NO_LETTERS // 2 if name in ACCENTED else 0 :][: NO_LETTERS // 2] = 0
                tables[3][NO_LETTERS] = 0
    tables[2][[n for n in range(0x80, 0x100) if n not in halves[True]]] = NOT_IN_IT
    left = target - sum(tables[number][at[:, number]] for number in range(4))
    print(f"   off by {math.sqrt(float((weight * left**2).sum() / weight.sum())):.1f}", flush=True)
    return tables


def written(kinds: Any, found: dict[str, Measured], tables: dict[str, list[Any]]) -> str:
    """Return the lines of ``scores.txt``."""
    out = [
        "# Scores of pairs of bytes by encoding, found by experiments with Chromium's detector (encodings_fit).",
        "# An encoding, what it begins with in thirtieths of a bit, then in quarters of these for each byte from 00 to",
        "# FF: the first of a pair (its upper bit turned by that of the second), the second, the upper halves of both,",
        "# then for a letter beyond ASCII and one after it the lower five bits of both. 12*-40 is -40 twelve times.",
        "# Pairs that are likely in it: a first byte and all second ones. At last three letters that tell western,",
        "# central European or Baltic languages, by two letters all that follow them (A E I O: with an accent, *:",
        "# another byte beyond ASCII).",
    ]
    for name in tables:
        out.append(f"{name} {round(found[name].start)}")
        for table, figures in zip(TABLES, tables[name], strict=True):
            steps = [round(STEPS * float(one)) for one in figures[:-1]]
            while steps and steps[-1] == 0:
                steps.pop()
            runs = [(value, len(list(run))) for value, run in groupby(steps)]
            if runs:
                out.append(f"{table} " + " ".join(f"{count}*{one}" if count > 1 else str(one) for one, count in runs))
        if found[name].votes:
            groups = groupby(sorted(found[name].votes), key=lambda pair: pair[:1])
            out.append("likely " + " ".join((first + bytes(one[1] for one in group)).hex() for first, group in groups))
    for kind, word in enumerate(KINDS, 1):
        threes: dict[str, str] = {}
        for three in np.nonzero(kinds == kind)[0].tolist():
            two = FOLDED[three >> 10] + FOLDED[three >> 5 & 31]
            threes[two] = threes.get(two, "") + FOLDED[three & 31]
        out.append(f"{word} " + " ".join(two + last for two, last in threes.items()))
    return "\n".join(out) + "\n"


def main() -> None:
    """Make the experiments, fit and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--pairs", type=int, default=700, help="frequent pairs of each encoding")
    parser.add_argument("--out", type=Path, default=Path("harvester/cleaner/encoding/scores.txt"))
    options = parser.parse_args()
    ask = asking(options.program)
    kinds = letters(ask)
    print(f"{np.count_nonzero(kinds)} three letters", flush=True)
    weights = Weights(kinds, ask)
    shares = counted(texts_of(options.texts), [one for one in LANGUAGES if one not in LEFT_OUT] + [LATIN])
    chance = random.Random(6)
    pairs = [pair for one in shares.values() for pair in sorted(one, key=one.__getitem__)[-options.pairs :]]
    pairs += [bytes((first, second)) for first in range(0x80, 0x100) for second in chance.sample(_SECONDS, 12)]
    pairs = list(dict.fromkeys(pairs))
    found = {name: measured(weights, name, shares, pairs) for name in NAMES}
    of_central = found["windows-1250"]
    of_utf_8 = {
        pair: value + of_central.worth[pair] for pair, value in found[UTF_8].worth.items() if pair in of_central.worth
    }
    found[UTF_8] = found[UTF_8]._replace(worth=of_utf_8, start=found[UTF_8].start + of_central.start)
    found[LATIN] = Measured(dict.fromkeys(pairs, 0.0), [], 0.0)
    reference = found[REFERENCE].worth
    total: dict[bytes, float] = {}
    for one in shares.values():
        for pair, share in one.items():
            total[pair] = total.get(pair, 0.0) + share / len(shares)
    tables = {}
    for name in (LATIN, *NAMES):
        print(name, flush=True)
        worth = {
            pair: value - reference[pair]
            for pair, value in found[name].worth.items()
            if reference.get(pair, -math.inf) > -math.inf
        }
        tables[name] = fitted(name, worth, total)
    options.out.write_text(written(kinds, found, tables), encoding="ascii")


if __name__ == "__main__":
    main()
