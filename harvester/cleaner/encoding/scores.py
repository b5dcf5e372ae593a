"""What a pair of bytes and three letters say for each encoding, in thirtieths of a bit: the figures of ``scores.txt``.

A pair's score in an encoding is that of its first byte, of its second, of their upper halves together and, of a letter
beyond ASCII and the letter after it, of their lower parts together. They were found by ``bench/encodings_fit.py``,
``encodings_votes.py`` and ``encodings_twins.py``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LATIN, UTF_8 = "windows-1252", "utf-8"
_FOLDED = ".abcdefghijklmnopqrstuvwxyzAEIO*"
# Letters of Latin encodings by their place in ISO-8859-1, from C0 and again from E0 on; what is before, from 80 on.
_ACCENTED = "*AAAA****EEEIII****OOOO**OOOO***"
_BEFORE = "*A******O*******"
KINDS = ("western", "central", "baltic")  # languages whose letters tell Latin encodings apart
TABLES = ("first", "second", "halves", "letters")
_LIKELY = "likely"
STEPS = 4  # of the file in a thirtieth of a bit: a whole page adds up thousands of pairs
NO_LETTERS = 2048  # the index of the table of letters for what is none


def _folded() -> bytes:
    table = bytearray(256)
    for code in range(26):
        table[0x41 + code] = table[0x61 + code] = code + 1
    for byte in range(0x80, 0x100):
        table[byte] = _FOLDED.index(_ACCENTED[byte & 31] if byte >= 0xC0 else _BEFORE[byte & 15])
    return bytes(table)


FOLD = _folded()  # for bytes.translate: letters without case, vowels with an accent as one, what is no letter as 0


class Scores(NamedTuple):
    """The figures: encodings by name, what each begins with, a table of lists for each part of a pair, letters."""

    names: tuple[str, ...]
    start: tuple[int, ...]
    tables: tuple[list[tuple[float, ...]], ...]
    likely: dict[tuple[int, int], int]  # a pair -> the number of the encoding in which it is most likely
    letters: dict[bytes, int]  # three folded letters -> the number of the kind, of `KINDS`, to which they add


@cache
def scores() -> Scores:
    """Return the figures; the file is read when the first page without a declaration comes."""
    names: list[str] = []
    start: list[int] = []
    tables: list[list[list[float]]] = [[] for _ in TABLES]
    likely: dict[tuple[int, int], int] = {}
    letters: dict[bytes, int] = {}
    for line in (files("harvester.cleaner.encoding") / "scores.txt").read_text(encoding="ascii").splitlines():
        word, _, rest = line.partition(" ")
        if word in KINDS:
            for group in rest.split():
                for last in group[2:]:
                    letters[bytes(_FOLDED.index(letter) for letter in group[:2] + last)] = KINDS.index(word)
        elif word in TABLES:
            tables[TABLES.index(word)][-1] = _figures(rest)
        elif word == _LIKELY:
            for group in rest.split():
                pairs = bytes.fromhex(group)
                likely.update(((pairs[0], second), len(names) - 1) for second in pairs[1:])
        elif word != "#":
            names.append(word)
            start.append(int(rest))
            for table in tables:
                table.append([0.0] * (NO_LETTERS + 1))
    by_byte = tuple(list(zip(*table, strict=True)) for table in tables)
    return Scores(tuple(names), tuple(start), by_byte, likely, letters)


def _figures(text: str) -> list[float]:
    """Return the figures of a table, filled up with 0; ``12*-40`` is -40 twelve times."""
    figures: list[float] = []
    for one in text.split():
        times, star, figure = one.rpartition("*")
        figures += [int(figure) / STEPS] * (int(times) if star else 1)
    return figures + [0.0] * (NO_LETTERS + 1 - len(figures))


@lru_cache(maxsize=4096)
def said_by(first: int, second: int) -> tuple[float, ...]:
    """Return the score of a pair of bytes in each encoding. The upper bit of the second turns that of the first."""
    tables = scores().tables
    parts = (table[at] for table, at in zip(tables, places(first, second), strict=True))
    return tuple(map(sum, zip(*parts, strict=True)))


def places(first: int, second: int) -> tuple[int, int, int, int]:
    """Return where a pair's figures stand in each table."""
    letters = NO_LETTERS
    if first >= 0xC0 and second & 0x40 and not (first ^ second) & 0x20:
        letters = (second >> 7) << 10 | (first & 31) << 5 | second & 31
    return first ^ (second & 0x80), second, first & 0xF0 | second >> 4, letters
