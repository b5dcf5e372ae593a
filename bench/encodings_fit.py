"""Fits the figures of the encodings' guess (``harvester/cleaner/encoding/scores.txt``) to Chromium's answers.

    python -m bench.encodings_fit DIR --pages 150000     DIR/LANGUAGE/*.txt; needs numpy and scipy

Pages of the texts are cut where the first pairs of bytes end, so that those alone decide, and Chromium is asked about
them. A softmax regression over the same sums as `scan` makes then finds what each byte and each three letters are
worth; a second one over whole pages what parts near encodings. It starts from counts of bytes and letters in the
texts. Which letters `scan` counts depends on the figures, so all is done twice. Measure with `bench/encodings.py` on
texts of another source.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sparse

from bench.encodings_pages import LANGUAGES, Made, ask_chromium, encode, pages, texts_of
from harvester.cleaner.encoding import scan as scanning
from harvester.cleaner.encoding.pairs import BEYOND_ASCII, ROUND, BytePair, sample, whole
from harvester.cleaner.encoding.scores import FOLD, LATIN, UTF_8

_NAMES = """windows-1252 utf-8 gbk euc-kr shift_jis euc-jp big5 iso-8859-2 windows-1251 windows-1256 windows-1250
windows-1254 windows-874 windows-1257 windows-1255 koi8-r iso-8859-7 windows-1253 koi8-u iso-8859-5 iso-8859-13
iso-8859-4 macintosh iso-8859-6 ibm866 iso-8859-10 iso-8859-8"""
NAMES = _NAMES.split()
FAMILIES = (
    "gbk euc-kr shift_jis euc-jp big5",
    "windows-1252 iso-8859-2 windows-1250 windows-1254 windows-1257 iso-8859-13 iso-8859-4 iso-8859-10 macintosh",
    "windows-1251 koi8-r koi8-u iso-8859-5 ibm866",
    "iso-8859-7 windows-1253",
    "iso-8859-6 windows-1256",
    "windows-1255 iso-8859-8",
)
LETTERS = {1: (LATIN, "de fr es it pt nl sv da fi no ca"), 2: ("iso-8859-2", "cs pl hu hr sl sk ro")}
LETTERS[3] = ("windows-1257", "lt lv et")
FOLDED = ".abcdefghijklmnopqrstuvwxyzAEIO*"
BIT = 30.0
STEP = 4
LEVELS = ((3, 9, 6), (9, 16, 12), (16, 25, 20), (25, 35, 30), (35, 48, 42), (48, 99, 58))  # from, below, written as
WIDE = {8: 1200, 16: 900, 24: 600, 32: 300, 40: 300}  # how far behind an encoding may be after so many pairs
HEAVY = "windows-1252 windows-1250 iso-8859-2 windows-1257 iso-8859-13 iso-8859-4 iso-8859-10 macintosh iso-8859-16 "
BY_LETTERS = (LATIN, "iso-8859-2", "windows-1250", "iso-8859-13", "windows-1257")
HEAVY += "windows-1258 iso-8859-15 euc-jp windows-1253 iso-8859-7 windows-1254 iso-8859-3"


Told = tuple[bytes, str]  # a page and what Chromium takes it for


class Rows(NamedTuple):
    """What was counted in each page: bytes of pairs, letters, what is added without a figure, and the answer."""

    pairs: Any
    letters: Any
    prior: Any
    given: Any
    answer: Any


class Figures(NamedTuple):
    """What is fitted: of pairs (768 x encodings), of letters (32768 x 3), what each encoding begins with."""

    pairs: Any
    letters: Any
    start: Any


def numbers_of(pair: tuple[int, int]) -> tuple[int, int, int]:
    """Return the three columns of a pair."""
    first, second = pair
    return first ^ (second & 0x80), 256 + second, 512 + (first & 0xF0 | second >> 4)


def blocks(body: bytes, pairs: Sequence[BytePair], kinds: Any) -> Iterator[int]:
    """Yield the letters that `scan` counts, each as a number, if `kinds` says whose they are."""
    by_letters, counted_to = False, 0
    lately: list[tuple[int, int]] = []
    for number, pair in enumerate(pairs):
        if pair[:2] in lately[-4:]:
            continue
        lately.append((pair.first, pair.second))
        around = list(threes(body[max(0, pair.at - 1) : pair.at + 2]))
        if not (by_letters or number % ROUND == 0 or (around and kinds[around[0]] > 1)):
            continue
        block = pair.at & ~31
        if block >= counted_to:
            counted_to = block + 32
            found = list(threes(body[block : block + 34]))
            yield from found
            said = kinds[found] if found else np.zeros(0)
            by_letters = by_letters or bool((said > 1).sum() > (said == 1).sum())


def threes(text: bytes) -> Iterator[int]:
    """Yield each three letters of a text as a number."""
    folded = text.translate(FOLD)
    for at in range(len(folded) - 2):
        yield folded[at] << 10 | folded[at + 1] << 5 | folded[at + 2]


def rows_of(pages_told: Sequence[Told], kinds: Any, chance: random.Random) -> Rows:
    """Count the pages; of some also their first rounds, after which the answer must not be far behind."""
    columns: list[int] = []
    weights: list[float] = []
    ends = [0]
    letters: list[int] = []
    letter_ends = [0]
    prior, given, answer = [], [], []
    utf_8, latin = NAMES.index(UTF_8), NAMES.index(LATIN)
    alphabets = np.array([name in scanning.ALPHABETS for name in NAMES], np.float32)
    for body, name in pages_told:
        taken = sample(body)
        pairs = taken.pairs or sample(body, tags_too=True).pairs
        after = ROUND * chance.randrange(1, 5)
        parts = [len(pairs), after] if after < len(pairs) else [len(pairs)]
        for length in parts if pairs else []:
            some = pairs[:length]
            lately: list[tuple[int, int]] = []
            added = np.zeros(len(NAMES), np.float32)
            for before, pair in zip([None, *some], some, strict=False):
                if pair[:2] in lately[-4:]:
                    continue
                lately.append((pair.first, pair.second))
                columns += numbers_of((pair.first, pair.second))
                weights += [pair.weight] * 3
                added[latin] += 15 * pair.weight
                in_word = before is not None and before.at + 2 == pair.at
                if in_word and before and (scanning.are_letters(pair) or scanning.are_letters(before)):
                    added += 15 * pair.weight * alphabets
            is_whole = length == len(pairs)
            added[utf_8] += max(-3000.0, scanning.sequences(some, last=is_whole))
            if not is_whole:
                added[NAMES.index(name)] += WIDE[length] - 60
            ends.append(len(columns))
            letters += blocks(body, some, kinds)
            letter_ends.append(len(letters))
            prior.append(min(12, max(3, length + 1)) / 12 if is_whole else 1.0)
            given.append(added)
            answer.append(NAMES.index(name))
    shape = len(answer)
    return Rows(
        sparse.csr_matrix((np.array(weights, np.float32), columns, ends), shape=(shape, 768)),
        sparse.csr_matrix((np.ones(len(letters), np.float32), letters, letter_ends), shape=(shape, 32768)),
        np.array(prior, np.float32)[:, None],
        np.array(given),
        np.array(answer),
    )


def whole_rows(pages_told: Sequence[Told]) -> tuple[Any, Any]:
    """Count all pairs of whole pages, as if there were at most 150."""
    counts, answer = [], []
    for body, name in pages_told:
        pairs = whole(body)
        if len(pairs) >= 30:
            columns = np.array([numbers_of(pair) for pair in pairs]).ravel()
            row = np.bincount(columns, minlength=768).astype(np.float32)
            counts.append(sparse.csr_matrix(row * (min(150, len(pairs)) / len(pairs))))
            answer.append(NAMES.index(name))
    return sparse.vstack(counts).tocsr(), np.array(answer)


def letters_of(texts: dict[str, list[list[str]]]) -> Any:
    """Return whose three letters are, by their frequency in the texts: 1 to 3, 0 where no kind has three quarters."""
    shares = []
    for encoding, languages in LETTERS.values():
        kind = []
        for language in languages.split():
            text = b" ".join(encode(line, encoding) for document in texts.get(language, []) for line in document)
            found = np.bincount(np.fromiter(threes(text), np.int64), minlength=32768).astype(float)
            kind.append(found / max(1.0, found.sum()))
        shares.append(np.mean(kind, axis=0))
    share = np.array(shares)
    total = share.sum(0) + 1e-12
    return np.where((share.max(0) / total > 0.75) & (total > 1e-5), share.argmax(0) + 1, 0)


def softmax_error(sums: Any, answer: Any) -> Any:
    """Return the gradient of the loss by the sums."""
    sums = sums * (np.log(2) / BIT)
    sums -= sums.max(1, keepdims=True)
    error = np.exp(sums)
    error /= error.sum(1, keepdims=True)
    error[np.arange(len(answer)), answer] -= 1
    return error / len(answer)


class Adam:
    """Steps of Kingma and Ba's Adam over one array."""

    def __init__(self, figures: Any) -> None:
        self.figures, self.mean, self.square, self.count = figures, np.zeros_like(figures), np.zeros_like(figures), 0

    def step(self, gradient: Any, rate: float) -> None:
        """Alter the figures in place."""
        self.count += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        mean, square = self.mean / (1 - 0.9**self.count), self.square / (1 - 0.999**self.count)
        self.figures -= rate * mean / (np.sqrt(square) + 1e-8)


def fit(rows: Rows, whole_pages: tuple[Any, Any], begin: Figures, rounds: int, rate: float) -> Figures:
    """Return the figures by which most rows have their answer."""
    of_kind = np.array([[scanning.LETTERS.get(name) == kind for name in NAMES] for kind in range(3)], np.float32)
    near = np.eye(len(NAMES), dtype=bool)
    near[:, NAMES.index(LATIN)] = True
    for family in FAMILIES:
        members = [NAMES.index(name) for name in family.split()]
        near[np.ix_(members, members)] = True
    figures = Figures(*(one.copy() for one in begin))
    pairs, letters, start = map(Adam, figures)
    chance = np.random.default_rng(0)
    counts, names = whole_pages
    steps, size = 0, 2048
    total = rounds * (len(rows.answer) // size + 1)
    for number in range(rounds):
        order = chance.permutation(len(rows.answer))
        right = 0
        for at in range(0, len(order), size):
            some = order[at : at + size]
            sums = rows.pairs[some] @ figures.pairs + rows.given[some] + rows.prior[some] * figures.start
            sums += (rows.letters[some] @ figures.letters) @ of_kind
            right += int((sums.argmax(1) == rows.answer[some]).sum())
            error = softmax_error(sums, rows.answer[some])
            others = chance.integers(0, len(names), 400)
            of_whole = np.where(near[names[others]], counts[others] @ figures.pairs, -1e9)
            gradient = rows.pairs[some].T @ error + 2e-7 * (figures.pairs - begin.pairs)
            gradient += 0.3 * (counts[others].T @ softmax_error(of_whole, names[others]))
            now = rate * (1 - steps / total) ** 2 + 0.02
            pairs.step(gradient, now)
            start.step((rows.prior[some] * error).sum(0) + 2e-7 * (figures.start - begin.start), now)
            of_letters = rows.letters[some].T @ (error @ of_kind.T)
            letters.step(of_letters + 2e-7 * (figures.letters - begin.letters), now / 2)
            np.clip(figures.letters, 0, 60, out=figures.letters)
            steps += 1
        print(f"round {number + 1}: {right / len(order):.1%} of {len(order)} rows", flush=True)
    return figures


def first_figures(rows: Rows, kinds: Any) -> Figures:
    """Return figures to start from: how often each byte stands in pages with each answer, and letters of texts."""
    pairs = np.zeros((768, len(NAMES)), np.float32)
    for number in range(len(NAMES)):
        counts = np.asarray(rows.pairs[rows.answer == number].sum(0)).ravel()
        for begin, end in pairwise(range(0, 1024, 256)):
            some = counts[begin:end] + 0.05
            pairs[begin:end, number] = BIT * np.log2(some / some.sum()) * (2 / 3) + 160
    letters = np.zeros((32768, 3), np.float32)
    for kind in (1, 2, 3):
        letters[kinds == kind, kind - 1] = 50
    return Figures(pairs, letters, np.full(len(NAMES), 200, np.float32))


def written(figures: Figures) -> str:
    """Return the lines of ``scores.txt``."""
    out = [
        "# Scores of pairs of bytes by encoding, fitted to Chromium's answers by bench/encodings_fit.py.",
        "# An encoding, what it begins with in thirtieths of a bit, then for each byte from 00 to FF, in steps of four",
        "# thirtieths: the first of a pair (its upper bit turned by that of the second), the second, the upper halves",
        "# of both. 12*-40 is -40 twelve times. Then three letters that are common in western, central European or",
        "# Baltic languages: what they add, and by two letters all that follow them (A E I O: with an accent,",
        "# *: another byte beyond ASCII, a dot: no letter).",
    ]
    for number, name in enumerate(NAMES):
        out.append(f"{name} {round(float(figures.start[number]))}")
        for table, begin in (("first", 0), ("second", 256), ("halves", 512)):
            steps = [round(float(one) / STEP) for one in figures.pairs[begin : begin + 256, number]]
            runs = [(value, len(list(run))) for value, run in groupby(steps)]
            out.append(f"{table} " + " ".join(f"{count}*{one}" if count > 1 else str(one) for one, count in runs))
    for kind, name in enumerate(("western", "central", "baltic")):
        mine = figures.letters[:, kind]
        for low, high, value in LEVELS:
            groups: dict[str, str] = {}
            for three in np.nonzero((mine >= low) & (mine < high))[0]:
                two = FOLDED[three >> 10] + FOLDED[three >> 5 & 31]
                groups[two] = groups.get(two, "") + FOLDED[three & 31]
            out.append(f"{name} {value} " + " ".join(two + last for two, last in groups.items()))
    return "\n".join(out) + "\n"


def main() -> None:
    """Make the pages, ask Chromium, fit and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--pages", type=int, default=150_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=Path("harvester/cleaner/encoding/scores.txt"))
    options = parser.parse_args()
    chance = random.Random(5)
    texts = texts_of(options.texts)
    made = [*pages(texts, options.pages * 6 // 10, chance, encodings=[*LANGUAGES])]
    made += pages(texts, options.pages * 4 // 10, chance, encodings=HEAVY.split())
    cut = [one.body[: sample(one.body).end + chance.randrange(760)] for one in made]
    uncut = made[::5]
    answers = ask_chromium(cut + [one.body for one in uncut])
    of_cut = told([one._replace(body=body) for one, body in zip(made, cut, strict=True)], answers[: len(cut)])
    of_whole = told(uncut, answers[len(cut) :])
    by_letters = [one for one in of_whole if one[1] in BY_LETTERS]
    kinds = letters_of(texts)
    figures: Figures | None = None
    for rate in (3.0, 2.0):
        rows = rows_of(of_cut + by_letters, kinds, chance)
        figures = fit(rows, whole_rows(of_whole), figures or first_figures(rows, kinds), options.rounds, rate)
        kinds = np.where(figures.letters.max(1) >= 25, figures.letters.argmax(1) + 1, 0)
    assert figures is not None
    options.out.write_text(written(figures), encoding="ascii")


def told(made: Sequence[Made], answers: Sequence[str]) -> list[Told]:
    """Return the pages with bytes beyond ASCII and what they were taken for; Chromium does not say UTF-8."""
    found = []
    for one, answer in zip(made, answers, strict=True):
        name = answer.lower()
        if one.encoding == UTF_8 and name == LATIN:
            name = UTF_8
        name = "gbk" if name == "gb18030" else name
        if name in NAMES and BEYOND_ASCII.search(one.body):
            found.append((one.body, name))
    return found


if __name__ == "__main__":
    main()
