"""Mends the figures of encodings that a small error swaps (``scores.txt``): twins as windows-1250 and ISO-8859-2.

    python -m bench.encodings_twins DIR     DIR/LANGUAGE/*.txt: texts for pairs that stand together; needs numpy

`encodings_fit` weighs each encoding against another one by letters, to a few thirtieths of a bit. Here those of a
family are weighed against each other: pages are made of pairs that stand together in texts, some of two texts, such
that two encodings are close by the figures so far. Each answer of Chromium says which has the greatest sum. Figures
that say so too are found by gradient descent, turn by turn with new pages, and stay near to what was measured.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, deque
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.encodings_fit import Measured, counted, written
from bench.encodings_pages import LANGUAGES, Ask, asking, encode, texts_of
from bench.encodings_probe import BLOCKS, VOTING, WEIGHT, Weights, number
from harvester.cleaner.encoding.scan import KIND_OF
from harvester.cleaner.encoding.scores import FOLD, KINDS, LATIN, NO_LETTERS, places, scores

# Families of encodings, each with the encodings whose texts are taken for one of it.
_CENTRAL, _BALTIC = "windows-1250 iso-8859-2", "windows-1257 iso-8859-13 iso-8859-4 iso-8859-10"
FAMILIES = {
    "koi8-r koi8-u": "koi8-r koi8-u",
    f"{LATIN} {_CENTRAL} {_BALTIC} windows-1254 macintosh": f"{LATIN} {_CENTRAL} {_CENTRAL} {_BALTIC} {_BALTIC} "
    "windows-1254 macintosh iso-8859-3 iso-8859-3 iso-8859-14 iso-8859-16 iso-8859-16 windows-1258",
}
_CALLED = {"us-ascii": LATIN, "iso-8859-1": LATIN, "iso-8859-15": LATIN, "iso-8859-9": "windows-1254"}
_NEW = {"iso-8859-13": "windows-1257"}  # an encoding without figures begins with those of its sibling
_BONUS = 15  # half a bit: for a vote, and for the encoding of most pages
_SOFT = 8.0  # a lead that is almost as good as none
_NEAR = 80.0  # the lead up to which a page is asked about
_FAR, _START = (3.0, 12.0), 8.0  # how far a frequent or another pair, and a beginning, may well be from what it was
_HOLD = 0.00001
_TURNS, _ROUNDS, _BATCH = 6, 40, 3000
_HTML = b"<>/*&"  # second bytes that may begin a tag or a comment


class Page(NamedTuple):
    """A page: its pairs with how often each counts, what else each encoding gains, how much of the beginning counts."""

    body: bytes
    counts: dict[bytes, int]
    gains: list[float]
    begins: float


class Figures:
    """The figures of a family: what each encoding begins with, and its four tables in one row."""

    def __init__(self, names: list[str], frequent: set[bytes]) -> None:
        table = scores()
        self.names = names
        at = [table.names.index(one if one in table.names else _NEW[one]) for one in names]
        self.start = np.array([float(table.start[one]) for one in at])
        self.tables = np.concatenate([np.array(part, float)[:, at] for part in table.tables])
        sizes = [len(part) for part in table.tables]
        self.offsets = np.cumsum([0, *sizes[:-1]])
        self.none = int(self.offsets[-1]) + NO_LETTERS
        self.votes = {bytes(pair): at.index(one) for pair, one in table.likely.items() if one in at}
        pairs = [bytes((first, second)) for first in range(0x80, 0x100) for second in range(0x100)]
        self.all = self.at(pairs)
        self.far = np.array([_FAR[pair not in frequent] for pair in pairs])[:, None]
        self.was, self.began = self.tables[self.all].sum(axis=1), self.start.copy()

    def at(self, pairs: list[bytes]) -> Any:
        """Return where the four figures of each pair stand."""
        return np.array([places(pair[0], pair[1]) for pair in pairs]) + self.offsets

    def gathered(self, at: Any, of_pairs: Any) -> Any:
        """Return what falls to each figure of what falls to each pair."""
        found = np.zeros_like(self.tables)
        for one in range(found.shape[1]):
            for part in range(4):
                found[:, one] += np.bincount(at[:, part], of_pairs[:, one], len(found))
        found[self.none] = 0  # pairs without letters have no figure there
        return found

    def hold(self) -> tuple[Any, Any]:
        """Return the slope of the distance from what the figures were."""
        moved = (self.tables[self.all].sum(axis=1) - self.was) / self.far**2
        return _HOLD * self.gathered(self.all, moved), _HOLD * (self.start - self.began) / _START**2


class Sums:
    """Pages as columns of numbers, whose scores are summed at once."""

    def __init__(self, figures: Figures, pages: list[Page]) -> None:
        self.figures = figures
        pairs = list(dict.fromkeys(pair for one in pages for pair in one.counts))
        numbers = {pair: number for number, pair in enumerate(pairs)}
        self.at = figures.at(pairs)
        self.row = np.repeat(np.arange(len(pages)), [len(one.counts) for one in pages])
        self.pair = np.array([numbers[pair] for one in pages for pair in one.counts])
        self.count = np.array([count for one in pages for count in one.counts.values()], float)
        self.gains = np.array([one.gains for one in pages], float)
        self.begins = np.array([one.begins for one in pages])

    def totals(self) -> Any:
        """Return the score of each page for each encoding."""
        worth = self.figures.tables[self.at].sum(axis=1)
        size = len(self.begins)
        sums = [np.bincount(self.row, worth[self.pair, one] * self.count, size) for one in range(worth.shape[1])]
        return np.stack(sums, axis=1) + self.gains + self.begins[:, None] * self.figures.start

    def slope(self, error: Any) -> tuple[Any, Any]:
        """Return the slope of the figures for an error of each page and encoding."""
        columns = range(error.shape[1])
        of_pairs = [np.bincount(self.pair, error[self.row, one] * self.count, len(self.at)) for one in columns]
        return self.figures.gathered(self.at, np.stack(of_pairs, axis=1)), self.begins @ error


def taught(figures: Figures, pages: list[Page], answers: list[int], chance: random.Random) -> None:
    """Move the figures until they name the encodings that Chromium names (Adam: each figure has its own pace)."""
    order = chance.sample(range(len(pages)), len(pages))
    parts = [order[begin : begin + _BATCH] for begin in range(0, len(order), _BATCH)]
    batches = [
        (Sums(figures, [pages[n] for n in part]), np.eye(len(figures.names))[[answers[n] for n in part]])
        for part in parts
    ]
    moments = [[np.zeros_like(one), np.zeros_like(one)] for one in (figures.tables, figures.start)]
    steps = max(400, _ROUNDS * len(batches))
    for step in range(1, steps + 1):
        sums, right = batches[step % len(batches)]
        totals = sums.totals() / _SOFT
        shares = np.exp(totals - totals.max(axis=1, keepdims=True))
        told = sums.slope((shares / shares.sum(axis=1, keepdims=True) - right) / len(pages) * len(batches))
        pace = 1 - step / (steps + 1)
        both = zip((figures.tables, figures.start), told, figures.hold(), moments, strict=True)
        for values, slope, hold, moment in both:
            moment[0] += 0.1 * (slope + hold - moment[0])
            moment[1] += 0.01 * ((slope + hold) ** 2 - moment[1])
            size = np.sqrt(moment[1] / (1 - 0.99**step)) + 1e-9
            values -= pace * moment[0] / (1 - 0.9**step) / size * (moment[1] > 0)


class Maker:
    """Makes pages of pairs that stand together in texts of the encodings."""

    def __init__(self, texts: dict[str, list[list[str]]], encodings: str, figures: Figures, weights: Weights) -> None:
        self.chance = random.Random(5)
        self.figures = figures
        self.units = weights.unit
        self.by_letters = LATIN in figures.names
        self.texts = []
        for encoding in encodings.split():
            for language in [one for one in LANGUAGES[encoding].split() if one in texts]:
                some = self.chance.sample(texts[language], min(150, len(texts[language])))
                found = [self._pairs(encode("\n".join(document), encoding)) for document in some]
                self.texts.append([one for one in found if len(one) > 8])

    @staticmethod
    def _pairs(text: bytes) -> list[bytes]:
        return [pair for pair in re.findall(rb"[\x80-\xff][\x00-\xff]", text) if pair[1] not in _HTML]

    def _some(self) -> list[bytes]:
        text = self.chance.choice(self.chance.choice(self.texts))
        begin = self.chance.randrange(max(1, len(text) - 8))
        return text[begin : begin + self.chance.choice((6, 12, 20, 32, 48, 48, 48))]

    def page(self) -> Page:
        """Return a page of pairs of one text, or of two by turns, with letters of one kind."""
        pairs = self._some()
        if self.chance.random() < 0.5:
            other = self._some()
            pairs = [one for two in zip(pairs, other, strict=False) for one in two][:BLOCKS]
        letters = self.units[self.chance.randrange(4)] * self.chance.randrange(1, 4) if self.by_letters else b""
        starter = self.units[self.chance.choice((2, 3))] * 3 if self.by_letters else b""
        blocks = [(pair + b"." + (letters if n else starter)).ljust(32, b".") for n, pair in enumerate(pairs)]
        body = b"".join(blocks)
        counts: Counter[bytes] = Counter()
        gains = [0.0] * len(self.figures.names)
        lately: deque[bytes] = deque(maxlen=4)
        for place, pair in enumerate(pairs):
            if pair in lately:
                continue
            lately.append(pair)
            counts[pair] += 1
            vote = self.figures.votes.get(pair) if place < VOTING else None
            seen = letters_of(body[place * 32 : place * 32 + 34]) if self.by_letters else ()
            for one, name in enumerate(self.figures.names):
                gains[one] += _BONUS * ((one == vote) + (name == LATIN))
                gains[one] += WEIGHT * seen[KIND_OF[name]] if seen and name in KIND_OF else 0
        return Page(body, counts, gains, min(12, len(pairs) + 1) / 12)


@lru_cache(maxsize=1 << 16)
def letters_of(block: bytes) -> tuple[int, ...]:
    """Return how many three letters of each kind begin in a block."""
    folded = block.translate(FOLD)
    seen = Counter(scores().letters.get(folded[at : at + 3]) for at in range(len(folded) - 2))
    return tuple(seen[kind] for kind in range(len(KINDS)))


def mended(figures: Figures, maker: Maker, ask: Ask, count: int) -> None:
    """Make pages on which two encodings are close, ask about them, and move the figures, several times."""
    known: list[Page] = []
    answers: list[int] = []
    for turn in range(_TURNS):
        new = [maker.page() for _ in range(count)]
        ranked = np.sort(Sums(figures, new).totals(), axis=1)
        near = [one for one, lead in zip(new, ranked[:, -1] - ranked[:, -2], strict=True) if lead < _NEAR]
        told = []
        for page, answer in zip(near, ask([one.body for one in near]), strict=True):
            name = _CALLED.get(answer.lower(), answer.lower())
            if name in figures.names:
                told.append((page, figures.names.index(name)))
        right = [answer for _, answer in told]
        guessed = Sums(figures, [page for page, _ in told]).totals().argmax(axis=1)
        swapped = Counter((figures.names[g], figures.names[r]) for g, r in zip(guessed, right, strict=True) if g != r)
        wrong = swapped.total() / len(told)
        print(f"turn {turn}: {len(near)} of {count} near, {len(told)} told, {wrong:.1%} wrong", flush=True)
        print("   ", swapped.most_common(8), flush=True)
        known += [page for page, _ in told]
        answers += right
        taught(figures, known, answers, maker.chance)


def main() -> None:
    """Mend the figures of all twins and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--pages", type=int, default=20000, help="pages made in each turn")
    parser.add_argument("--out", type=Path, default=Path("harvester/cleaner/encoding/scores.txt"))
    options = parser.parse_args()
    ask = asking(options.program)
    table = scores()
    kinds = np.zeros(1 << 15, np.int8)
    for three, kind in table.letters.items():
        kinds[number(three)] = kind + 1
    texts = texts_of(options.texts)
    found = {name: Measured({}, [], float(start)) for name, start in zip(table.names, table.start, strict=True)}
    for pair, one in table.likely.items():
        found[table.names[one]].votes.append(bytes(pair))
    tables = {
        name: [np.array([row[one] for row in part], float) for part in table.tables]
        for one, name in enumerate(table.names)
    }
    shares = counted(texts, [one for one in LANGUAGES if one not in ("iso-2022-jp", "gb18030")], 10)
    frequent = {pair for one in shares.values() for pair in sorted(one, key=one.__getitem__)[-200:]}
    for names, encodings in FAMILIES.items():
        figures = Figures(names.split(), frequent)
        mended(figures, Maker(texts, encodings, figures, Weights(kinds, ask)), ask, options.pages)
        for one, name in enumerate(figures.names):
            votes = found[name].votes if name in found else []
            found[name] = Measured({}, votes, float(figures.start[one]))
            tables[name] = np.split(figures.tables[:, one], figures.offsets[1:])
    options.out.write_text(written(kinds, found, tables), encoding="ascii")


if __name__ == "__main__":
    main()
