"""The scores of the encodings over a sample of a page: which leads, which comes second, whether the lead is sure.

The way of Chromium's detector (compact_enc_det), without what decides nothing on pages. An encoding
begins with what it has in general, gains what each pair says that is unlike the last four, and is left out once it
falls far behind. Latin encodings, whose bytes say little, also gain by the letters around a pair, which tell German
from Polish and Lithuanian. UTF-8 gains by sequences that are whole and loses by those that break. If the lead is small,
encodings whose letters beyond ASCII stand alone gain where they do, and lose where four bytes beyond ASCII stand
together.
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
_LETTERS = 60  # two bits: for three letters; for a letter that stands alone
# Half a bit: for the encoding of most pages; for the likely one; for alphabets, whose letters stand together.
_BONUS = 15
_VOTING = 16  # pairs that add to their likely encoding
_MOST_PAGES = 1200  # forty bits, once windows-1252 leads by a little
_SEQUENCE, _BROKEN, _NO_SEQUENCE = 120, 120, 4800  # UTF-8: for a byte of a whole one; a broken one; no whole one at all
_LEAST = -350  # in a whole page: the least that a pair says of an encoding
_UTF_8 = re.compile(
    rb"([\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xff][\x80-\xbf]{3})|[\x80-\xff]+", re.DOTALL
)
ALPHABETS = frozenset(
    "windows-1251 koi8-r koi8-u iso-8859-5 ibm866 iso-8859-6 windows-1256 iso-8859-7 windows-1253 windows-1255 "  # noqa: SIM905
    "windows-874".split()
)
# Encodings with the letters of ASCII and few others, which stand alone.
ACCENTED = frozenset(
    f"{LATIN} iso-8859-2 windows-1250 windows-1254 windows-1257 iso-8859-13 iso-8859-4 iso-8859-10 macintosh".split()
)
# Which of `KINDS` of letters count for an encoding, and those whose lead they make sure.
KIND_OF = {
    name: KINDS.index(kind)
    for kind, names in (
        ("western", LATIN),
        ("central", "iso-8859-2 windows-1250"),
        ("baltic", "windows-1257 iso-8859-13 iso-8859-4 iso-8859-10"),
    )
    for name in names.split()
}
_BY_LETTERS = frozenset({LATIN, "iso-8859-2", "windows-1250", "windows-1257", "iso-8859-13"})


@dataclass
class Scan:
    """What a sample says. No encoding where it has no pair."""

    first: str | None = None
    second: str | None = None
    sure: bool = True
    has_controls: bool = False  # bytes that are controls in encodings of ISO were seen
    ends_at: int = 0


@dataclass
class _Race:
    body: bytes
    scores: list[float]
    running: list[int]
    by_letters: bool = False  # central European or Baltic letters were seen
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
        likely = table.likely.get(bytes_of_it) if number < _VOTING else None
        for one in self.running:
            bonus = _BONUS * ((in_word and table.names[one] in ALPHABETS) + (one == 0) + (one == likely))
            self.scores[one] += (said[one] + bonus) * pair.weight
        kind = table.letters.get(self.body[max(0, pair.at - 1) : pair.at + 2].translate(FOLD))
        if self.by_letters or number % ROUND == 0 or kind:
            self._add_letters(pair.at - pair.at % _BLOCK)

    def _add_letters(self, block: int) -> None:
        if block < self.counted_to:
            return
        self.counted_to = block + _BLOCK
        table = scores()
        folded = self.body[block : block + _BLOCK + 2].translate(FOLD)
        seen = [0] * len(KINDS)
        for at in range(len(folded) - 2):
            kind = table.letters.get(folded[at : at + 3])
            if kind is not None:
                seen[kind] += 1
        self.by_letters = self.by_letters or sum(seen[1:]) > seen[0]
        for one in self.running:
            kind = KIND_OF.get(table.names[one])
            if kind is not None:
                self.scores[one] += _LETTERS * seen[kind]

    def ranked(self) -> float:
        """Put the leaders first and return the lead of the first."""
        self.running.sort(key=lambda one: -self.scores[one])
        top = self.scores[self.running[0]]
        return top - self.scores[self.running[1]] if len(self.running) > 1 else float("inf")

    def leave_out(self, distance: float) -> None:
        """Leave out the encodings that are farther behind than that."""
        least = self.scores[self.running[0]] - distance
        self.running = [one for one in self.running if self.scores[one] >= least]


def are_letters(pair: BytePair) -> bool:
    """Return whether both bytes are letters in most alphabets of one byte."""
    return pair.first >= 0xC0 and pair.second >= 0xC0


def scan(body: bytes, taken: Sample) -> Scan:
    """Return what the pairs that were taken from `body` say."""
    pairs = taken.pairs
    if not pairs:
        return Scan(ends_at=taken.end)
    table = scores()
    race = _Race(body, [float(one) for one in table.start], list(range(len(table.names))))
    if len(pairs) < _FEW:
        left = min(1.0, max(3, len(pairs) + 1) / _FEW)
        race.scores = [one * left for one in race.scores]
    utf_8 = table.names.index(UTF_8)
    of_sequences = 0.0
    ends_at = taken.end
    for turn, begin in enumerate(range(0, len(pairs), ROUND)):
        end = min(begin + ROUND, len(pairs))
        for number in range(begin, end):
            before = pairs[number - 1] if number and pairs[number - 1].at + 2 == pairs[number].at else None
            race.add(number, pairs[number], before)
        race.scores[utf_8] -= of_sequences
        of_sequences = sequences(pairs[:end], last=end == len(pairs))
        race.scores[utf_8] += of_sequences
        lead = race.ranked()
        second = race.running[1] if len(race.running) > 1 else None
        race.leave_out(_SURE * max(1, _WIDE - turn))
        if len(race.running) == 1 and end < len(pairs):
            ends_at = pairs[end - 1].at + 2
            pairs = pairs[:end]
            break
    found = Scan(ends_at=ends_at, has_controls=any(pair.first < 0xA0 for pair in pairs))
    name = table.names[race.running[0]]
    found.sure = lead >= _SURE or len(race.running) == 1 or (race.by_letters and name in _BY_LETTERS)
    if not found.sure and (alone := standing_alone(body, pairs)) is not None:
        if race.running[0] == 0 and not found.has_controls:
            race.scores[0] += _MOST_PAGES
        for one in race.running:
            race.scores[one] += alone * (table.names[one] in ACCENTED)
        lead = race.ranked()
        second = race.running[1]
        found.sure = lead >= _SURE
    found.first = table.names[race.running[0]]
    found.second = None if second is None else table.names[second]
    return found


def standing_alone(body: bytes, pairs: Sequence[BytePair]) -> int | None:
    """Return what encodings gain whose letters stand alone among ASCII; None where nothing tells."""
    gained = 0
    told = False
    for pair in pairs:
        around = b"%b%b" % (body[pair.at - 1 : pair.at] or b" ", body[pair.at + 1 : pair.at + 3].ljust(2))
        if pair.first >= 0xC0 and (around.isascii() or min(around) >= 0x80):
            told = True
            gained += _LETTERS if around.isascii() else -_LETTERS
    return gained if told else None


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
    totals = [0.0] * len(names)
    for first, second in pairs:
        said = said_by(first, second)
        for number, one in enumerate(at):
            totals[number] += max(_LEAST, said[one])
    return names[totals.index(max(totals))]
