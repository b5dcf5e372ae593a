"""Headings, references to sections and their numbers: what they name is judged by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.change import Kind
from harvester.diffing.kinds.dates.written_dates import is_of_no_date
from harvester.diffing.kinds.headings import (
    grades_otherwise,
    is_in_capitals,
    is_of_a_list,
    is_over_prose,
    looks_like_heading,
    stands_as_heading,
    states_something,
)
from harvester.diffing.kinds.lesser.place import Part, Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.same_words import part_numbers, wording
from harvester.diffing.text.tokens import words_of

_IS_FOR = re.compile(
    r"\b(?:appl(?:y|ies|icable) (?:only )?to|gilt (?:nur )?für|gelten (?:nur )?für"
    r"|applicables? (?:uniquement )?(?:à|aux?)"
    r"|aplicables? (?:solo |sólo )?al?|se aplica(?:n)? al?|applicabil[ei] (?:solo )?(?:a|ai|agli|alle)"
    r"|aplicáve(?:l|is) (?:somente )?(?:a|ao|aos|à|às)|van toepassing op|dotyczy)\b"
)
"""What stands in a heading before whom the text under it is for; of lower-case text."""
_OF_A_PART = re.compile(r"\d{1,2}[a-z]")


def heading(place: Place) -> Finding | None:
    """Judge a heading that came or went whole; the text under it is judged by itself."""
    if bool(place.old) == bool(place.new):
        return None
    side, start, end = place.only
    blocks = side.blocks_within(start, end)
    if len(blocks) != 1:
        return None
    text, tokens = (place.texts.old if place.old else place.texts.new), place.old or place.new
    if not stands_as_heading(blocks[0]):
        # A line in capitals may be a name: of a company that is given data.
        is_one = is_in_capitals(blocks[0]) and is_over_prose(text, blocks[0].start)
        if not is_one or not all(place.texts.knows(word.lower()) for word in words_of(tokens)):
            return None
    if is_of_a_list(text, blocks[0].start):
        return None
    if not states_something(tokens):
        return Finding(Kind.MINOR, f"a heading {place.came_or_went}: {quote(tokens)}")
    return None


def reworded_heading(place: Place) -> Finding | None:
    """Judge a heading with other words over the same text: it names what the text says."""
    if not all(side.blocks for side, _, _ in place.parts):
        return None
    blocks = place.blocks()
    if not all(map(looks_like_heading, blocks)):
        return None
    if any(map(is_of_a_list, (place.texts.old, place.texts.new), (block.start for block in blocks))):
        return None
    if (
        any(end > side.block_at(start)[1] for side, start, end in place.parts)
        or any(states_something(block.tokens) for block in blocks)
        or grades_otherwise(place.old, place.new)
        or any(_IS_FOR.search(side.part(side.block_at(start)[0], start)) for side, start, _ in place.parts)
    ):
        return None
    return Finding(Kind.MINOR, f"a heading in other words: {arrow(blocks[0].tokens, blocks[1].tokens)}")


def reference(place: Place) -> Finding | None:
    """Judge the number of a section that a sentence refers to: what is referred to is judged by itself."""
    if not place.is_replaced:
        return None
    if _is_one_reference(place.old, place.new):
        return Finding(Kind.MINOR, f"a reference written in another way: {arrow(place.old, place.new)}")
    are_references = all(part_numbers.is_reference(*part) for part in place.parts)
    if are_references and all(map(_is_of_this_document, place.parts, place.texts.articles)):
        return Finding(Kind.MINOR, f"a reference to another section: {arrow(place.old, place.new)}")
    return None


def _is_of_this_document(part: Part, articles: frozenset[str]) -> bool:
    """Return whether the number of a part is of this document: of an article only if it has one with this number."""
    side, start, end = part
    return side.tokens[start].split(".")[0] in articles or not part_numbers.is_of_an_article(side, start, end)


def _is_one_reference(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether both sides are one number of a part with a letter: ``5.g.``, ``5 g``."""
    if not (old[0][0].isdigit() or old[0][0] == "."):
        return False  # as most, some of which are as long as a page
    one, other = ("".join(side).replace(".", "").lower() for side in (old, new))
    return one == other and _OF_A_PART.fullmatch(one) is not None


def number(place: Place) -> Finding | None:
    """Judge the number of a part or an item, written in another way or, at the beginning of a block, or none."""
    if not all(wording.is_number_of_an_item(side) for side in (place.old, place.new) if side):
        return None
    if not place.is_replaced:
        side, start, end = place.only
        first, last = side.block_at(start)
        if start != first or end >= last or not (side.tokens[end][0].isupper() and is_of_no_date(side.tokens[end])):
            return None
    return Finding(Kind.MINOR, "numbering of sections")
