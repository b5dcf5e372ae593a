"""Both texts of a change as a whole: what a passage cannot show by itself, worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.around.where_needed import Around
from harvester.diffing.kinds.contact.parties import Parties
from harvester.diffing.kinds.same_words import slips
from harvester.diffing.kinds.same_words.company_forms import Forms, forms_by_name
from harvester.diffing.kinds.same_words.enumerations import items_in_both, said_by
from harvester.diffing.kinds.same_words.markdown_links import References, references
from harvester.diffing.kinds.same_words.part_numbers import articles
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.kept_properties import kept_property
from harvester.diffing.text.tokens import different_tokens


class WholeTexts:
    """What stands around the policy, who has an address, which words are known, and what governs each block."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new

    @kept_property
    def old_around(self) -> Around:
        return Around(self.old)

    @kept_property
    def new_around(self) -> Around:
        return Around(self.new)

    @kept_property
    def old_parties(self) -> Parties:
        return Parties(self.old)

    @kept_property
    def new_parties(self) -> Parties:
        return Parties(self.new)

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is one: both texts have it, or many policies in a language do."""
        return word in slips.common_words() or word in slips.common_words_of_languages() or word in self._known

    def names(self, party: str, number: int) -> bool:
        """Return whether the old (0) or the new text (1) has a name, which is in lower case."""
        blocks = (self.old, self.new)[number]
        return any(f" {party} " in f" {' '.join(block.said)} ".lower() for block in blocks)

    @kept_property
    def _known(self) -> frozenset[str]:
        old, new = (different_tokens(" ".join([block.key for block in side])) for side in (self.old, self.new))
        return frozenset(map(str.casefold, old)).intersection(map(str.casefold, new))

    @kept_property
    def forms(self) -> tuple[Forms, Forms]:
        """The legal forms behind the names of companies in the old and the new text."""
        return forms_by_name(self.old), forms_by_name(self.new)

    @kept_property
    def articles(self) -> tuple[frozenset[str], frozenset[str]]:
        """The numbers of the articles that the old and the new text are divided into, as laws are."""
        return articles(self.old), articles(self.new)

    @kept_property
    def references(self) -> tuple[References, References]:
        """The references of Markdown that the old and the new text show."""
        return references(self.old), references(self.new)

    @kept_property
    def items_in_both(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where the items of the old and the new text begin that stand as often in the same list of the other."""
        return items_in_both(self.old, self.new, (self.old_governing, self.new_governing))

    def may_stand_in_both(self, block: Block, number: int) -> bool:
        """Return whether an item of the other text says what a block of the old (0) or the new text (1) says: seen much
        sooner than whether it does so in the same list.
        """
        return said_by(block) in (self._said_by_old_items if number else self._said_by_new_items)

    @kept_property
    def _said_by_old_items(self) -> frozenset[str]:
        return _said_by_items(self.old)

    @kept_property
    def _said_by_new_items(self) -> frozenset[str]:
        return _said_by_items(self.new)

    @kept_property
    def old_governing(self) -> list[tuple[str, str]]:
        return _governing(self.old)

    @kept_property
    def new_governing(self) -> list[tuple[str, str]]:
        return _governing(self.new)


def _said_by_items(blocks: Sequence[Block]) -> frozenset[str]:
    return frozenset([said_by(block) for block in blocks if block.kind is BlockKind.ITEM])


def _governing(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Return, for each block, the heading over it and the announcement of its list."""
    found = []
    heading = announced = ""
    for block in blocks:
        found.append((heading, announced))
        if block.kind is BlockKind.HEADING:
            heading, announced = block.inline.folded, ""
        if block.key.endswith((":", "：")):
            announced = block.inline.folded
    return found
