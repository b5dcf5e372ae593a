"""The passages of a comparable text: its sentences and lines, and what each says. Pure.

What a passage says are its words, without marks, targets of links and the number of an item, as they are looked for in
the words of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain

from harvester.cleaner.page_text import words_in_row
from harvester.cleaner.quality import prose
from harvester.lru import remember_short
from harvester.store.history.likeness import pieces

SHORT = 8
"""Words of a heading, or of a cell."""
SIGNS = 6
"""Characters of a passage whose count tells something."""
_LEAST = 3  # words of it
_STILL_THERE = "left the extracted text and still stand in the page"
_THERE_BEFORE = "came into the extracted text and stood in the page before"
_NUMBER = re.compile(r"^[\s>#*_+-]*\d{1,3}\\?(?:[.)]|(?P<levels>(?:\.\d{1,3})+)\\?[.)]?)[*_]*\s+")


@remember_short
def _said(piece: str) -> str:
    """Return the words of a piece, without the number that the document gives to an item of a list and the source does
    not.
    """
    if not any(map(str.isalnum, prose.plain(piece))):
        return ""  # nothing but an address
    return words_of(_without_number(piece))


def _without_number(piece: str) -> str:
    """Return a piece without the number of an item: of several levels if no amount may begin so ("2.5 million")."""
    number = _NUMBER.match(piece)
    if number is None or (number["levels"] and piece[number.end() :].lstrip(" *_")[:1].islower()):
        return piece
    return piece[number.end() :]


@remember_short
def words_of(piece: str) -> str:
    """Return all the words of a piece."""
    return words_in_row(prose.without_targets(piece)).strip()


@remember_short
def _of_line(line: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of a line, each with what it says: none goes beyond its end. A number alone says nothing."""
    return tuple([(piece, _said(f"{piece}\n")) for piece in pieces(line)])


def is_heading(piece: str) -> bool:
    """Return whether a piece is a heading, or a line that looks like one: its page may list it in the contents."""
    line = piece.strip()
    return line.startswith("#") or (line[:2] == line[-2:] == "**" and "**" not in line[2:-2])


def differing(old: str, new: str) -> tuple[Counter[str], Counter[str]]:
    """Return the passages of the lines that only one of two texts has: all others are in both. The title is none."""
    olds, news = Counter(old.split("\n")[1:]), Counter(new.split("\n")[1:])
    gone, come = olds - news, news - olds
    return _passages(_but_for_marks(gone, come)), _passages(_but_for_marks(come, gone))


def _but_for_marks(lines: Counter[str], others: Counter[str]) -> Counter[str]:
    """Return lines without those of which the letters are a line of the others: marks of emphasis may stand before the
    space behind a sentence or behind it, and divide it from the next or not; beside ideographs they leave spaces, and
    a page of which the markup has no space before them may be read with one, or without.
    """
    said = Counter([_letters(line) for line in others.elements()])
    kept: Counter[str] = Counter()
    for line in lines.elements():
        if said[letters := _letters(line)]:
            said[letters] -= 1
        else:
            kept[line] += 1
    return kept


def _letters(line: str) -> str:
    return words_of(line).replace(" ", "")


def _passages(lines: Counter[str]) -> Counter[str]:
    return Counter([said for line in lines.elements() for _, said in _of_line(line) if said])


def number_of_words(said: str) -> int:
    """Return the number of words of a passage."""
    return said.count(" ") + 1 if said.isascii() else _number_of_words(said)


_number_of_words = remember_short(prose.number_of_words)


def is_sentence(said: str) -> bool:
    """Return whether a passage is longer than most items of lists."""
    return number_of_words(said) > SHORT // 2


def tells(said: str) -> bool:
    """Return whether the count of a passage tells something: a word has any page somewhere."""
    return len(said) >= SIGNS and number_of_words(said) >= _LEAST


@lru_cache(maxsize=4)  # the two sides of a change, and of the next
def document_words(document: str) -> str:
    """Return all the words of a text in a row."""
    return words_in_row(prose.without_targets(document))


@lru_cache(maxsize=4)
def body_pieces(comparable: str) -> list[tuple[str, str]]:
    """Return the pieces of a text below its title, each with what it says."""
    return list(chain.from_iterable(map(_of_line, comparable.split("\n")[1:])))


def without(comparable: str, gone: set[int]) -> str:
    """Return a text without some of its pieces, by their numbers."""
    title, *lines = comparable.split("\n")
    kept = [title]
    ends = True  # the end of a line goes with its last piece
    number = 0
    for line in lines:
        if ends:
            kept.append("\n")
        for piece, _ in _of_line(line):
            ends = number not in gone
            if ends:
                kept.append(piece)
            number += 1
    return "".join(kept)


def as_written(comparable: str, passages: set[int]) -> tuple[str, ...]:
    """Return the passages as they are written, in the order of the text, each once."""
    found: dict[str, str] = {}
    for number, (piece, said) in enumerate(body_pieces(comparable)):
        if number in passages:
            found.setdefault(said, " ".join(prose.unmarked(prose.plain(piece)).split()))
    return tuple(found.values())


def how_many(removed: int, inserted: int) -> tuple[str, ...]:
    """Return, in words, how many passages stand that were removed, and that were inserted."""
    found = []
    if removed:
        found.append(f"{_passages_in_words(removed)} {_STILL_THERE}")
    if inserted:
        found.append(f"{_passages_in_words(inserted)} {_THERE_BEFORE}")
    return tuple(found)


def says_how_many(reason: str) -> bool:
    """Return whether a reason is one of `how_many`."""
    return reason.endswith((_STILL_THERE, _THERE_BEFORE))


def _passages_in_words(number: int) -> str:
    return "1 passage" if number == 1 else f"{number} passages"


def short_of_both(before: Counter[str], after: Counter[str]) -> Counter[str]:
    """Return the short passages that lines of both sides have, each as often as the side that has it more often."""
    both = before.keys() & after.keys()
    return Counter({one: max(before[one], after[one]) for one in both if number_of_words(one) <= SHORT})
