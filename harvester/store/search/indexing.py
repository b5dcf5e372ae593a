"""What is indexed of a text: its words, block by block, and their stems. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.lru import remember_short
from harvester.store.search.inflection import stem
from harvester.store.search.query import BREAK, language_sign, words

MOST_BYTES = 900_000
"""Distinct words of one text, in bytes of UTF-8, that are indexed: PostgreSQL's tsvector ends at 1 MiB."""

_MOST_OF_A_CHARACTER = 12
"""Maximum bytes of UTF-8 of one character in lower case and form C."""


@dataclass(frozen=True, slots=True)
class Words:
    """The indexed form of a text: its words, and their stems after the mark of its language, joined with spaces."""

    words: str
    stems: str


def words_of(comparable: str, language: str) -> Words:
    """Return what is indexed of a comparable text in a language (ISO 639-1, or ``und``)."""
    found = indexed(comparable) if _may_have_many(comparable) else _by_passages(comparable)
    return Words(" ".join(found), " ".join(stemmed(found, language)))


def _by_passages(comparable: str) -> list[str]:
    """Return what `indexed` does, the words of a passage joined; each part is read once for all texts that have it."""
    from harvester.diffing.text.blank_lines import parts

    found: list[str] = []
    for part in parts(comparable):
        for said in _said(part):
            if found:
                found.append(BREAK)
            if said:
                found.append(said)
    return found


@remember_short
def _said(part: str) -> tuple[str, ...]:
    """Return the words of each passage of a part of a text."""
    return tuple([" ".join(words(passage)) for passage in passages(part)])


def passages(comparable: str) -> list[str]:
    """Return the visible text of a comparable text, block by block."""
    # Importing the diffs takes a while, which a command that stores no text need not wait for.
    from harvester.diffing.text.blocks import read_blocks

    return [
        f"{block.label} {block.inline.visible}" if block.label else block.inline.visible
        for block in read_blocks(comparable)
    ]


def indexed(comparable: str) -> list[str]:
    """Return the words of a comparable text as they are indexed, BREAK between blocks."""
    found: list[str] = []
    known: set[str] = set()
    size = 0
    may_be_many = _may_have_many(comparable)
    for passage in passages(comparable):
        if found:
            found.append(BREAK)
        here = words(passage)
        if not may_be_many:
            found += here
            continue
        new = set(here) - known
        size += sum(len(word.encode()) for word in new)
        if size > MOST_BYTES:
            return found + _up_to_the_limit(here, known)
        known |= new
        found += here
    return found


def _up_to_the_limit(here: list[str], known: set[str]) -> list[str]:
    """Return the words before the first that would take the distinct ones over the limit."""
    known = set(known)
    size = sum(len(word.encode()) for word in known)
    for place, word in enumerate(here):
        if word not in known:
            size += len(word.encode())
            if size > MOST_BYTES:
                return here[:place]
            known.add(word)
    return here


def stemmed(found: list[str], language: str) -> list[str]:
    """Return what is indexed of a text with its words, or passages, replaced by their stems, after a sign for the
    language.

    The mark is not a word, and a BREAK after it keeps phrases away from it.
    """
    return [language_sign(language), BREAK, *(one if one == BREAK else _stems(one, language) for one in found)]


@remember_short
def _stems(said: str, language: str) -> str:
    return " ".join([stem(word, language) for word in said.split(" ")])


def _may_have_many(comparable: str) -> bool:
    """Return whether the distinct words of a text may be more than are indexed."""
    return len(comparable) * _MOST_OF_A_CHARACTER > MOST_BYTES
