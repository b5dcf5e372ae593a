"""Finds all phrases in one pass over a text's words: its cost hardly grows with the number of phrases.

The words of a part lie in a tree, word by word. A phrase with gaps is a chain of parts: where a part ends, the chain
advances if the part before it ended in the same sentence and not too far back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from harvester.insight.topics.phrases_file import GAP, Phrase, Words

Made = TypeVar("Made")

_TOKEN = re.compile(r"\w+(?:[-'.&/@]\w+)*|[.!?;^$]")
_ENDS = frozenset(".!?;")
_APART = 1_000  # added to a word's position at the end of a sentence, more than any gap
_MOST_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 100  # characters
_NEVER = -1_000_000


@dataclass(slots=True, eq=False)
class _Node:
    """A place in the tree: the words that may follow, by pattern, and the parts that end here."""

    depth: int = 0
    following: dict[int, _Node] = field(default_factory=dict)
    alone: frozenset[int] = frozenset()  # phrases without gaps that are complete here
    parts: list[int] = field(default_factory=list)  # of phrases with gaps


@dataclass(frozen=True, slots=True)
class _Step:
    """A part that ended advances a chain from state `before` (None: it begins one) to `after`."""

    before: int | None
    after: int
    phrases: tuple[int, ...]  # complete here


@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    """A word of a phrase: the patterns that it matches, and what of the tree it leads to from the top.

    `alone` are the phrases that it is all of, `starts` the places where more follows or a part ends.
    """

    patterns: tuple[int, ...]
    alone: frozenset[int]
    starts: tuple[_Node, ...]
    ends_sentence: bool


class _Remembered(dict[str, Made]):
    """What was read of words so far: a dict that makes what it lacks is faster than a function that looks first."""

    def __init__(self, read: Callable[[str], Made]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, token: str) -> Made:
        made = self._read(token)
        if len(token) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[token] = made
        return made


class Matcher:
    """The phrases of one or several files, ready to be looked for."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._root = _Node()
        self._patterns: dict[str, int] = {}
        self._prefixes: dict[str, list[tuple[str, int]]] = {}  # by their first letter
        self._remembered = _Remembered[_Word](self._read)
        self._pieces = _Remembered[tuple[_Word, ...]](self._words_of_piece)  # of texts, between white space
        self._steps: list[list[_Step]] = []
        self._states = self._add(phrases)

    def find(self, text: str) -> set[int]:
        """Return the numbers of the phrases that occur in `text`."""
        words = self._words(text)
        found = set[int]().union(*[word.alone for word in set(words)])
        last = [_NEVER] * self._states
        position = 0
        for at, word in enumerate(words, 1):
            position += 1
            if word.starts:
                for node in word.starts:
                    if node.parts:
                        self._advance(node, position, last, found)
                    if node.following:
                        self._walk(node, words, at, position, last, found)
            elif word.ends_sentence:
                position += _APART
        return found

    def _walk(self, node: _Node, words: list[_Word], at: int, position: int, last: list[int], found: set[int]) -> None:
        """Follow the words from `at` on down the tree from `node`; `position` is that of the first word."""
        if at == len(words):
            return
        for pattern in words[at].patterns:
            below = node.following.get(pattern)
            if below is not None:
                if below.alone:
                    found |= below.alone
                if below.parts:
                    self._advance(below, position, last, found)
                if below.following:
                    self._walk(below, words, at + 1, position, last, found)

    def _advance(self, node: _Node, position: int, last: list[int], found: set[int]) -> None:
        """Record that the parts of `node`, of phrases with gaps, are at `position`."""
        end = position + node.depth - 1
        for part in node.parts:
            for step in self._steps[part]:
                if step.before is None or position - last[step.before] <= GAP + 1:
                    if end > last[step.after]:
                        last[step.after] = end
                    found.update(step.phrases)

    def _words(self, text: str) -> list[_Word]:
        pieces = f"^ {text.lower()} $".replace("’", "'").split()
        return list(chain.from_iterable(map(self._pieces.__getitem__, pieces)))

    def _words_of_piece(self, piece: str) -> tuple[_Word, ...]:
        return tuple(self._remembered[token] for token in _TOKEN.findall(piece))

    def _read(self, token: str) -> _Word:
        exact = self._patterns.get(token)
        begun = [number for begin, number in self._prefixes.get(token[0], ()) if token.startswith(begin)]
        patterns = tuple(begun) if exact is None else (exact, *begun)
        nodes = [self._root.following[number] for number in patterns if number in self._root.following]
        alone = frozenset[int]().union(*[node.alone for node in nodes])
        starts = tuple(node for node in nodes if node.parts or node.following)
        return _Word(patterns, alone, starts, token in _ENDS)

    def _add(self, phrases: Sequence[Phrase]) -> int:
        """Put the phrases into the tree; the number of states of all chains."""
        parts: dict[tuple[Words, ...], int] = {}
        states: dict[tuple[int, ...], int] = {}  # by the parts of the chain up to here
        complete: dict[tuple[int, ...], list[int]] = {}
        for number, phrase in enumerate(phrases):
            if len(phrase.parts) == 1:
                for words in phrase.parts[0]:
                    node = self._node(words)
                    node.alone |= {number}
                continue
            chain: tuple[int, ...] = ()
            for part in phrase.parts:
                if part not in parts:
                    parts[part] = len(parts)
                    for words in part:
                        self._node(words).parts.append(parts[part])
                chain = (*chain, parts[part])
                states.setdefault(chain, len(states))
            complete.setdefault(chain, []).append(number)
        self._steps = [[] for _ in parts]
        # A longer chain first: a part never advances a chain that it began itself.
        for chain in sorted(states, key=len, reverse=True):
            before = states[chain[:-1]] if len(chain) > 1 else None
            self._steps[chain[-1]].append(_Step(before, states[chain], tuple(complete.get(chain, ()))))
        return len(states)

    def _node(self, words: Words) -> _Node:
        """Return the place of these words in the tree, made if it is not there."""
        node = self._root
        for word in words:
            number = self._patterns.get(word)
            if number is None:
                number = self._patterns[word] = len(self._patterns)
                if word.endswith("*"):
                    self._prefixes.setdefault(word[0], []).append((word[:-1], number))
            node = node.following.setdefault(number, _Node(node.depth + 1))
        return node
