"""The scores of the encodings over a sample of a page: which leads, which comes second, whether the lead is sure.

The way of Chromium's detector (compact_enc_det), without what decides nothing on pages. An encoding
begins with what it has in general, gains what each pair says that is unlike the last four, and is left out once it
falls far behind. Latin encodings, whose bytes say little, also gain by the letters around a pair, which tell German
from Polish and Lithuanian. UTF-8 gains by sequences that are whole and loses by those that break.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from harvester.cleaner.encoding.pairs import ROUND, BytePair, Sample
from harvester.cleaner.encoding.scores import FOLD, KINDS, LATIN, UTF_8, said_by, scores

_SURE = 300  # ten bits: the lead that makes a guess sure, and the distance at which an encoding is left out
_WIDE = 4  # times that distance holds in the first round; one time less in each that follows
_FEW = 12  # pairs; fewer do not outweigh the whole of what an encoding begins with
_BLOCK = 32  # bytes whose letters are counted together
_FAINT = 25  # letters that add no more are not by themselves a sign of their languages
_BONUS = 15  # half a bit: for the encoding of most pages; for alphabets where bytes beyond ASCII follow one another
_SEQUENCE, _BROKEN, _NO_SEQUENCE = 120, 120, 4800  # UTF-8: for a byte of a whole one; a broken one; no whole one at all
_UTF_8 = re.compile(
    rb"([\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xff][\x80-\xbf]{3})|[\x80-\xff]+", re.DOTALL
)
ALPHABETS = frozenset(
    "windows-1251 koi8-r koi8-u iso-8859-5 ibm866 iso-8859-6 windows-1256 iso-8859-7 windows-1253 windows-1255 "  # noqa: SIM905
    "iso-8859-8 windows-874".split()
)
_NONE = (0, 0, 0)
# Which of `KINDS` of letters count for an encoding.
LETTERS = {
    name: KINDS.index(kind)
    for kind, names in (
        ("western", LATIN),
        ("central", "iso-8859-2 windows-1250"),
        ("baltic", "iso-8859-13 windows-1257 iso-8859-4 iso-8859-10"),
    )
    for name in names.split()
}
_SAME = {"windows-1257": "iso-8859-13", "windows-1255": "iso-8859-8"}


def alike(one: str | None, other: str | None) -> bool:
    """Return whether two encodings agree: equal, one part of the other, or one not told at all."""
    return one is None or other is None or _SAME.get(one, one) == _SAME.get(other, other)


@dataclass
class Scan:
    """What a sample says. No encoding where it has no pair."""

    sample: Sample
    first: str | None = None
    second: str | None = None
    sure: bool = True
    by_letters: bool = False  # central European or Baltic letters were seen
    ends_at: int = 0


@dataclass
class _Race:
    body: bytes
    scores: list[float]
    running: list[int]
    by_letters: bool = False
    counted_to: int = 0  # the offset up to which letters were counted
    lately: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=4))

    def add(self, number: int, pair: BytePair, before: BytePair | None) -> None:
        """Add what a pair says; `before`: the one that ends where it begins."""
        bytes_of_it = (pair.first, pair.second)
        if bytes_of_it in self.lately:
            return
        self.lately.append(bytes_of_it)
        table = scores()
        said = said_by(*bytes_of_it)
        in_word = before is not None and (are_letters(pair) or are_letters(before))
        for one in self.running:
            bonus = _BONUS * ((in_word and table.names[one] in ALPHABETS) + (table.names[one] == LATIN))
            self.scores[one] += (said[one] + bonus) * pair.weight
        around = self.body[max(0, pair.at - 1) : pair.at + 2].translate(FOLD)
        if self.by_letters or number % ROUND == 0 or _sign(table.letters.get(around, _NONE)) > 0:
            self._add_letters(pair.at - pair.at % _BLOCK)

    def _add_letters(self, block: int) -> None:
        if block < self.counted_to:
            return
        self.counted_to = block + _BLOCK
        table = scores()
        folded = self.body[block : block + _BLOCK + 2].translate(FOLD)
        gained = [0, 0, 0]
        signs = 0
        for at in range(len(folded) - 2):
            added = table.letters.get(folded[at : at + 3])
            if added:
                signs += _sign(added)
                gained = [had + one for had, one in zip(gained, added, strict=True)]
        self.by_letters = self.by_letters or signs > 0
        for one in self.running:
            kind = LETTERS.get(table.names[one])
            if kind is not None:
                self.scores[one] += gained[kind]


def _sign(added: Sequence[int]) -> int:
    """Return -1 for letters that are mostly of western languages, 1 for those of the others, 0 for common ones."""
    most = max(added)
    return 0 if most <= _FAINT else -1 if added[0] == most else 1


def are_letters(pair: BytePair) -> bool:
    """Return whether both bytes are letters in most alphabets of one byte."""
    return pair.first >= 0xC0 and pair.second >= 0xC0


def scan(body: bytes, taken: Sample) -> Scan:
    """Return what the pairs that were taken from `body` say."""
    found = Scan(taken, ends_at=taken.end)
    pairs = taken.pairs
    if not pairs:
        return found
    table = scores()
    prior = min(1.0, max(3, len(pairs) + 1) / _FEW)
    race = _Race(body, [one * prior for one in table.start], list(range(len(table.names))))
    utf_8 = table.names.index(UTF_8)
    of_sequences = 0.0
    for turn, begin in enumerate(range(0, len(pairs), ROUND)):
        end = min(begin + ROUND, len(pairs))
        for number in range(begin, end):
            before = pairs[number - 1] if number and pairs[number - 1].at + 2 == pairs[number].at else None
            race.add(number, pairs[number], before)
        last = end == len(pairs)
        race.scores[utf_8] -= of_sequences
        of_sequences = sequences(pairs[:end], last=last)
        race.scores[utf_8] += of_sequences
        order = sorted(race.running, key=lambda one: -race.scores[one])
        names = [table.names[one] for one in order]
        found.first = names[0]
        rival = next((at for at, name in enumerate(names) if not alike(name, names[0])), None)
        found.second = None if rival is None else names[rival]
        top = race.scores[order[0]]
        lead = top - max(-1.0, race.scores[order[rival]]) if rival is not None else float("inf")
        race.running = [one for one in order if race.scores[one] >= top - _SURE * max(1, _WIDE - turn)]
        alone = len(race.running) == 1
        found.sure = lead >= _SURE or alone
        if alone or (turn > 1 and all(alike(table.names[one], names[0]) for one in race.running)):
            found.sure = True
            found.ends_at = taken.end if last else pairs[end - 1].at + 2
            break
    found.by_letters = race.by_letters
    return found


def sequences(pairs: Sequence[BytePair], *, last: bool) -> float:
    """Return what the sequences of UTF-8 among the pairs are worth."""
    worth = 0.0
    whole = False
    run = bytearray()
    for number, pair in enumerate(pairs):
        run += bytes((pair.first, pair.second))
        if number + 1 < len(pairs) and pairs[number + 1].at == pair.at + 2:
            continue
        for part in _UTF_8.finditer(run):
            whole = whole or part[1] is not None
            worth += pair.weight * (_SEQUENCE * len(part[0]) if part[1] is not None else -_BROKEN)
        run.clear()
    return worth if whole or not last else worth - _NO_SEQUENCE


def best_of(names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> str:
    """Return the encoding, of those named, in which the pairs score highest; the first named of equals."""
    at = [scores().names.index(name) for name in names]
    totals = [0] * len(names)
    for first, second in pairs:
        said = said_by(first, second)
        for number, one in enumerate(at):
            totals[number] += said[one]
    return names[totals.index(max(totals))]
