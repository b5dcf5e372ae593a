"""A change with what statements and watches ask of it, each made once however many ask.

What is read of a whole text is kept for the change after it, whose old text is this one's new text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from harvester.cleaner.quality import language_of
from harvester.diffing.change import Diff
from harvester.insight.statements.edits import Edit, edits, visible
from harvester.insight.statements.model import StatementKind
from harvester.insight.statements.quantities import quantities
from harvester.insight.statements.rights import may_grant

Made = TypeVar("Made")

_LETTER = re.compile(r"[^\W\d_]")


class WholeText:
    """One whole text of a change as a reader sees it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._in_small_letters: dict[str, bool] = {}
        self._values: dict[StatementKind, frozenset[tuple[float, str]]] = {}
        self._grants: dict[str, bool] = {}

    @cached_property
    def lower(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    @cached_property
    def language(self) -> str:
        """The language of the text, ``und`` if it is too short."""
        return language_of(self.text)

    def values(self, kind: StatementKind) -> frozenset[tuple[float, str]]:
        """Return the quantities of a kind in the text, which takes longer to read than all edits of a change."""
        if kind not in self._values:
            self._values[kind] = frozenset(one.value for one in quantities(self.text, {kind}))
        return self._values[kind]

    def may_grant(self, right: str) -> bool:
        """Return whether the text has any words by which the right could be granted."""
        if right not in self._grants:
            self._grants[right] = may_grant(self.text, right)
        return self._grants[right]

    def has_in_small_letters(self, word: str) -> bool:
        """Return whether the text has a word of letters, written in small letters only."""
        if word not in self._in_small_letters:
            self._in_small_letters[word] = self._finds(word)
        return self._in_small_letters[word]

    def _finds(self, word: str) -> bool:
        at = self.text.find(word)
        while at >= 0:
            beside = self.text[max(at - 1, 0) : at], self.text[at + len(word) : at + len(word) + 1]
            if not any(map(_LETTER.match, beside)):
                return True
            at = self.text.find(word, at + 1)
        return False


@lru_cache(maxsize=16)
def _whole(text: str) -> WholeText:
    return WholeText(text)


class SeenChange:
    """A change, its edits and its two texts."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` makes; for each key it is called once."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the change."""
        return tuple(edits(self.diff))

    @cached_property
    def old(self) -> WholeText:
        """The old text."""
        return _whole(visible(self.diff.old_blocks))

    @cached_property
    def new(self) -> WholeText:
        """The new text."""
        return _whole(visible(self.diff.new_blocks))
