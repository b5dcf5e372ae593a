"""Mends the figures of encodings that a small error swaps (``scores.txt``): twins as windows-1250 and ISO-8859-2.

    python -m bench.encodings_twins DIR     DIR/LANGUAGE/*.txt: texts for pairs that stand together; needs numpy, scipy

`encodings_fit` weighs each encoding against another one by letters, to a few thirtieths of a bit. Here those of a
family are weighed against each other: pages are made of pairs that stand together in texts, some in capitals, some of
two texts mixed so that two encodings are close by the figures so far. Each answer of Chromium says which has the
greatest sum. Figures that say so too are found by gradient descent, turn by turn with new pages added.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sparse

from bench.encodings_fit import written
from bench.encodings_pages import LANGUAGES, Ask, asking, encode, texts_of
from bench.encodings_probe import BLOCKS, VOTING, WEIGHT, Weights
from bench.encodings_votes import SCORES, kinds_of_letters, stored
from harvester.cleaner.encoding.scan import KIND_OF
from harvester.cleaner.encoding.scores import KINDS, LATIN, NO_LETTERS, places, scores

# Families of encodings, each with the encodings whose texts are taken for one of it.
_CENTRAL, _BALTIC = "windows-1250 iso-8859-2", "windows-1257 iso-8859-13 iso-8859-4 iso-8859-10"
FAMILIES = {
    f"{LATIN} {_CENTRAL} {_BALTIC} windows-1254 macintosh": f"{LATIN} {_CENTRAL} {_CENTRAL} {_BALTIC} {_BALTIC} "
    "windows-1254 macintosh iso-8859-3 iso-8859-14 iso-8859-16 windows-1258",
    "iso-8859-7 windows-1253": "iso-8859-7 windows-1253",
    "koi8-r koi8-u": "koi8-r koi8-u",
}
_CALLED = {"us-ascii": LATIN, "iso-8859-1": LATIN, "iso-8859-15": LATIN, "iso-8859-9": "windows-1254"}
_CASES = (str, str, str.upper, str.title)  # of the texts
_LENGTHS = (12, 20, 32, BLOCKS, BLOCKS, BLOCKS)  # of the pages, in pairs
_MIXES = 10  # ways to mix two texts of which the closest is taken
_BONUS = 15  # half a bit: for a vote, and for the encoding of most pages
_SOFT = 3.0  # a lead that is almost as good as none
_FAR = 40.0  # how far a figure may well be from what it was
_ODD = 60.0  # how far behind an answer is that other things than these figures explain
_BATCH, _STEPS = 2048, 400  # pages in a step; the least number of steps
_HTML = b"<>/*&"  # second bytes that may begin a tag or a comment
_BLOCK = 32


class Pages(NamedTuple):
    """Pages: pairs by number, how many of them, the letters (0: none) and how many of them in a block."""

    pairs: Any
    lengths: Any
    kinds: Any
    units: Any
    starters: Any

    def of(self, which: Any) -> Pages:
        return Pages(*(one[which] for one in self))


class Sums(NamedTuple):
    """What decides on pages: how often each pair counts, what else encodings gain, how much of the beginning counts."""

    counts: Any
    gains: Any
    begins: Any


class Texts:
    """The pairs of texts in the encodings of a family, in their order."""

    def __init__(self, texts: dict[str, list[list[str]]], encodings: str) -> None:
        chance = random.Random(7)
        numbers: dict[bytes, int] = {}
        self.sequences = []
        for encoding in encodings.split():
            for language in [one for one in LANGUAGES[encoding].split() if one in texts]:
                for change in _CASES:
                    some = chance.sample(texts[language], min(60, len(texts[language])))
                    body = b"".join(encode(change("\n".join(one)[:4000]), encoding) for one in some)
                    pairs = re.findall(rb"[\x80-\xff][\x20-\xff]", body)
                    found = [numbers.setdefault(pair, len(numbers)) for pair in pairs if pair[1] not in _HTML]
                    if len(found) > 2 * BLOCKS:
                        self.sequences.append(np.array(found))
        self.pairs = list(numbers)


class Figures:
    """The figures of a family: what each encoding begins with, and its four tables in one row."""

    def __init__(self, names: list[str], texts: Texts) -> None:
        table = scores()
        self.names, self.texts = names, texts
        at = [table.names.index(one) for one in names]
        self.start = np.array([float(table.start[one]) for one in at])
        self.tables = np.concatenate([np.array(part, float)[:, at] for part in table.tables])
        self.was = self.tables.copy()
        self.offsets = np.cumsum([0, *[len(part) for part in table.tables][:-1]])
        rows = np.array([places(pair[0], pair[1]) for pair in texts.pairs]) + self.offsets
        size = len(texts.pairs)
        ones = (np.ones(4 * size), (np.repeat(np.arange(size), 4), rows.ravel()))
        self.parts = sparse.csr_matrix(ones, shape=(size, len(self.tables)))
        self.parts_of = self.parts.T.tocsr()
        self.none = int(self.offsets[-1]) + NO_LETTERS  # pairs without letters have no figure there
        likely = [table.likely.get((pair[0], pair[1])) for pair in texts.pairs]
        self.votes = np.array([at.index(one) if one in at else -1 for one in likely])

    def sums(self, pages: Pages) -> Sums:
        """Return what decides on the pages."""
        counted = _counted(pages)
        rows, columns = np.repeat(np.arange(len(counted)), counted.sum(axis=1)), pages.pairs[counted]
        counts = sparse.csr_matrix(
            (np.ones(len(columns)), (rows, columns)), shape=(len(counted), len(self.texts.pairs))
        )
        votes = np.where(counted[:, :VOTING], self.votes[pages.pairs[:, :VOTING]], -1)
        gains = np.stack([_BONUS * (votes == one).sum(axis=1) for one in range(len(self.names))], axis=1).astype(float)
        later = counted[:, 1:].sum(axis=1)
        for one, name in enumerate(self.names):
            gains[:, one] += _BONUS * counted.sum(axis=1) * (name == LATIN)
            if name in KIND_OF:
                kind = KIND_OF[name] + 1
                gains[:, one] += 3 * WEIGHT * (pages.starters == kind)
                gains[:, one] += WEIGHT * pages.units * later * (pages.kinds == kind)
        return Sums(counts, gains, np.minimum(12, pages.lengths + 1) / 12)

    def totals(self, sums: Sums) -> Any:
        """Return the score of each page for each encoding."""
        return sums.counts @ (self.parts @ self.tables) + sums.gains + sums.begins[:, None] * self.start

    def taught(self, sums: Sums, answers: Any, rounds: int, chance: Any) -> None:
        """Move the figures until they name the encodings that Chromium names (Adagrad: each has its own pace)."""
        totals = self.totals(sums)
        explained = np.nonzero(totals.max(axis=1) - totals[np.arange(len(answers)), answers] < _ODD)[0]
        slopes = [np.full_like(self.tables, 1e-6), np.full_like(self.start, 1e-6)]
        steps = max(_STEPS, rounds * len(explained) // _BATCH)
        right = np.eye(len(self.names))
        for step in range(steps):
            some = chance.choice(explained, size=min(_BATCH, len(explained)), replace=False)
            part = Sums(sums.counts[some], sums.gains[some], sums.begins[some])
            totals = self.totals(part) / _SOFT
            shares = np.exp(totals - totals.max(axis=1, keepdims=True))
            error = (shares / shares.sum(axis=1, keepdims=True) - right[answers[some]]) / (_SOFT * len(some))
            moved = (self.tables - self.was) / (_FAR**2 * len(explained))
            told = self.parts_of @ (part.counts.T @ error) + moved
            told[self.none] = 0
            both = zip((self.tables, self.start), (told, part.begins @ error), slopes, strict=True)
            for values, slope, seen in both:
                seen += slope**2
                values -= (1 - step / steps) * slope / np.sqrt(seen)


def _counted(pages: Pages) -> Any:
    """Return which pairs of the pages count: those unlike the last four that did."""
    lately = np.full((len(pages.pairs), 4), -1)
    counted = np.zeros(pages.pairs.shape, bool)
    for at in range(BLOCKS):
        pair = pages.pairs[:, at]
        new = ~(lately == pair[:, None]).any(axis=1) & (at < pages.lengths)
        counted[:, at] = new
        lately[new] = np.concatenate([lately[new][:, 1:], pair[new][:, None]], axis=1)
    return counted


def made(figures: Figures, count: int, chance: Any) -> tuple[Pages, Any]:
    """Return pages of two texts each, mixed so that two encodings are close, and how close they are."""
    one, other = (_pieces(figures.texts, count, chance) for _ in range(2))
    order = chance.permuted(np.tile(np.arange(BLOCKS), (count, 1)), axis=1)
    by_letters = LATIN in figures.names
    kinds = chance.integers(0, len(KINDS) + 1, size=count) * by_letters
    units = chance.integers(1, 4, size=count) * (kinds > 0)
    starters = chance.choice([2, 3], size=count) * by_letters
    pages = Pages(one.copy(), chance.choice(_LENGTHS, size=count), kinds, units, starters)
    leads = np.full(count, np.inf)
    for mix in chance.choice(BLOCKS + 1, size=_MIXES, replace=False):
        pairs = np.where(order < mix, other, one)
        lead = lead_of(figures.totals(figures.sums(pages._replace(pairs=pairs))))
        better = lead < leads
        pages.pairs[better], leads[better] = pairs[better], lead[better]
    return pages, leads


def _pieces(texts: Texts, count: int, chance: Any) -> Any:
    pieces = np.empty((count, BLOCKS), int)
    for row, which in enumerate(chance.integers(len(texts.sequences), size=count)):
        sequence = texts.sequences[which]
        begin = chance.integers(len(sequence) - BLOCKS)
        pieces[row] = sequence[begin : begin + BLOCKS]
    return pieces


def lead_of(totals: Any) -> Any:
    """Return how far the first encoding of each page leads."""
    two = np.partition(totals, -2, axis=1)
    return two[:, -1] - two[:, -2]


def bodies(texts: Texts, pages: Pages, weights: Weights) -> list[bytes]:
    """Return the pages as bytes: a pair a block, and letters after it."""
    found = []
    for pairs, length, kind, units, starter in zip(*pages, strict=True):
        letters = [weights.unit[starter] * 3] + [weights.unit[kind] * units] * (length - 1)
        found.append(
            b"".join(
                (texts.pairs[pair] + b"." + one).ljust(_BLOCK, b".")
                for pair, one in zip(pairs[:length], letters, strict=True)
            )
        )
    return found


def mended(figures: Figures, weights: Weights, ask: Ask, options: argparse.Namespace) -> None:
    """Make pages on which two encodings are close, ask about them, and move the figures, several times."""
    chance = np.random.default_rng(options.seed)
    known: list[tuple[Sums, Any]] = []
    for turn in range(options.turns):
        pages, leads = made(figures, options.pages, chance)
        pages = pages.of(leads < options.near)
        names = [_CALLED.get(one.lower(), one.lower()) for one in ask(bodies(figures.texts, pages, weights))]
        told = np.array([name in figures.names for name in names])
        answers = np.array([figures.names.index(name) for name in names if name in figures.names])
        sums = figures.sums(pages.of(told))
        guessed = figures.totals(sums).argmax(axis=1)
        wrong = guessed != answers
        swapped = Counter((figures.names[g], figures.names[a]) for g, a in zip(guessed[wrong], answers[wrong]))  # noqa: B905
        print(f"turn {turn}: {len(told)} near, {told.sum()} told, {wrong.mean():.1%} wrong", swapped.most_common(6))
        known.append((sums, answers))
        counts = sparse.vstack([one.counts for one, _ in known]).tocsr()
        both = [np.concatenate(one) for one in zip(*((each.gains, each.begins) for each, _ in known), strict=True)]
        figures.taught(Sums(counts, *both), np.concatenate([one for _, one in known]), options.rounds, chance)


def main() -> None:
    """Mend the figures of all twins and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--pages", type=int, default=60000, help="made in each turn; about a quarter is asked about")
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--near", type=float, default=20.0, help="the lead up to which a page is asked about")
    parser.add_argument("--rounds", type=int, default=8, help="how often all pages are gone through in a turn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=SCORES)
    options = parser.parse_args()
    ask = asking(options.program)
    kinds = kinds_of_letters()
    texts = texts_of(options.texts)
    found, tables = stored()
    for names, encodings in FAMILIES.items():
        figures = Figures(names.split(), Texts(texts, encodings))
        mended(figures, Weights(kinds, ask), ask, options)
        for one, name in enumerate(figures.names):
            found[name] = found[name]._replace(start=float(figures.start[one]))
            tables[name] = np.split(figures.tables[:, one], figures.offsets[1:])
    options.out.write_text(written(kinds, found, tables), encoding="ascii")


if __name__ == "__main__":
    main()
