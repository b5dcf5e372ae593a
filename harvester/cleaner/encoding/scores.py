"""What a pair of bytes and three letters say for each encoding: the figures of ``scores.txt``, in thirtieths of a bit.

A pair's score in an encoding is that of its first byte, of its second and of their upper halves together. They were
fitted in the way of ``bench/encodings_fit.py`` so that the guess agrees with Chromium's.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LATIN, UTF_8 = "windows-1252", "utf-8"
_STEP = 4  # the file gives pairs in steps of so many thirtieths
_FOLDED = ".abcdefghijklmnopqrstuvwxyzAEIO*"
# Letters of Latin encodings by their place in ISO-8859-1 from C0 and again from E0 on.
_ACCENTED = "AAAA****EEE*III***OOOO**OOOO****"
KINDS = ("western", "central", "baltic")  # languages whose letters tell Latin encodings apart
_TABLES = ("first", "second", "halves")


def _folded() -> bytes:
    table = bytearray(256)
    for code in range(26):
        table[0x41 + code] = table[0x61 + code] = code + 1
    for byte in range(0x80, 0x100):
        table[byte] = _FOLDED.index(_ACCENTED[byte & 31] if byte >= 0xC0 else "*")
    return bytes(table)


FOLD = _folded()  # for bytes.translate: letters without case, vowels with an accent as one, what is no letter as 0


class Scores(NamedTuple):
    """The figures: encodings by name, what each begins with, a table of 256 lists for each part of a pair, letters."""

    names: tuple[str, ...]
    start: tuple[int, ...]
    tables: tuple[list[tuple[int, ...]], ...]
    letters: dict[bytes, tuple[int, ...]]  # three folded letters -> what they add to each of `KINDS`


@cache
def scores() -> Scores:
    """Return the figures; the file is read when the first page without a declaration comes."""
    names: list[str] = []
    start: list[int] = []
    tables: tuple[list[list[int]], ...] = ([], [], [])
    letters: dict[bytes, list[int]] = {}
    for line in (files("harvester.cleaner.encoding") / "scores.txt").read_text(encoding="ascii").splitlines():
        word, _, rest = line.partition(" ")
        if word in KINDS:
            score, *groups = rest.split()
            for group in groups:
                for last in group[2:]:
                    three = bytes(_FOLDED.index(letter) for letter in group[:2] + last)
                    letters.setdefault(three, [0, 0, 0])[KINDS.index(word)] = int(score)
        elif word in _TABLES:
            tables[_TABLES.index(word)].append(_figures(rest))
        elif word != "#":
            names.append(word)
            start.append(int(rest))
    by_byte = tuple(list(zip(*table, strict=True)) for table in tables)
    return Scores(tuple(names), tuple(start), by_byte, {three: tuple(said) for three, said in letters.items()})


def _figures(text: str) -> list[int]:
    """Return 256 figures; ``12*-40`` is -40 twelve times."""
    figures: list[int] = []
    for one in text.split():
        times, star, figure = one.rpartition("*")
        figures += [int(figure) * _STEP] * (int(times) if star else 1)
    return figures


@lru_cache(maxsize=4096)
def said_by(first: int, second: int) -> tuple[int, ...]:
    """Return the score of a pair of bytes in each encoding. The upper bit of the second turns that of the first."""
    one, two, halves = scores().tables
    three = zip(one[first ^ (second & 0x80)], two[second], halves[first & 0xF0 | second >> 4], strict=True)
    return tuple(a + b + c for a, b, c in three)
