"""Headings, references to sections and their numbers: what they name is judged by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from harvester.diffing.change import Kind
from harvester.diffing.kinds.dates.written_dates import is_of_no_date
from harvester.diffing.kinds.headings import (
    grades_otherwise,
    is_in_capitals,
    is_of_a_list,
    is_over_an_announcement,
    is_over_prose,
    looks_like_heading,
    stands_as_heading,
    states_something,
)
from harvester.diffing.kinds.lesser.place import Part, Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.same_words import part_numbers, wording
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.lines import label_in_bold, line_at, lines_of
from harvester.diffing.text.tokens import is_word, words_of

_IS_FOR = re.compile(
    r"\b(?:appl(?:y|ies|icable) (?:only )?to|gilt (?:nur )?für|gelten (?:nur )?für"
    r"|applicables? (?:uniquement )?(?:à|aux?)"
    r"|aplicables? (?:solo |sólo )?al?|se aplica(?:n)? al?|applicabil[ei] (?:solo )?(?:a|ai|agli|alle)"
    r"|aplicáve(?:l|is) (?:somente )?(?:a|ao|aos|à|às)|van toepassing op|dotyczy)\b"
)
"""What stands in a heading before whom the text under it is for; of lower-case text."""
_OF_A_PART = re.compile(r"\d{1,2}[a-z]")
_OF_PROSE = 8  # tokens of a line; what is under a heading has more
_LONG = 5  # letters of a word that has a capital in a title
_ENDS = frozenset(".!;,")
_ASKED_FIRST = frozenset("is are was were has have must should would could shall do does did".split())  # noqa: SIM905
_SHORT_WORDS = (
    "the a an of to and or for by with from in on at as we us our you your it its i how what when where why who which"
    " way ways use uses used using users more about other site sites web page pages log logs file files data info link"
    " links cookie cookies email e-mail mail form forms age child kids law legal right rights choice change changes"
    " update updates note notes term terms safe safety secure server servers storage store stored keep sharing kept"
    " access policy notice contact do does may can will are is"
)
_OF_HEADINGS = frozenset(_SHORT_WORDS.split())
"""Words of fewer letters than those by which the words of policies are known."""
_NUMBERS_A_LINE = re.compile(r"\d{1,2}|[a-z]")


def heading(place: Place) -> Finding | None:
    """Judge a heading that came or went whole; the text under it is judged by itself."""
    if bool(place.old) == bool(place.new):
        return None
    side, start, end = place.only
    blocks = side.blocks_within(start, end)
    if len(blocks) != 1:
        return None
    text, tokens = (place.texts.old if place.old else place.texts.new), place.old or place.new
    is_sure = stands_as_heading(blocks[0])
    is_line = is_sure or is_in_capitals(blocks[0]) or _is_line_in_bold(blocks[0])
    if not is_line or states_something(tokens) or is_of_a_list(text, blocks[0].start):
        return None
    # A line in capitals or in bold may be a name: of a company that is given data.
    is_one = is_sure or is_over_prose(text, blocks[0].start)
    if is_one and (is_sure or all(place.texts.knows(word.lower()) for word in words_of(tokens))):
        return Finding(Kind.MINOR, f"a heading {place.came_or_went}: {quote(tokens)}")
    return None


class _Heading(NamedTuple):
    """What stands as a heading: a block, or a line in bold over a text."""

    block: Block
    start: int  # among the tokens of the side
    end: int
    is_line: bool


def reworded_heading(place: Place) -> Finding | None:
    """Judge a heading with other words over the same text: it names what the text says."""
    found = [_heading_of(place, number) for number in (0, 1)]
    headings = [one for one in found if one is not None]
    if len(headings) < len(found):
        return None
    tokens = [side.tokens[one.start : one.end] for (side, _, _), one in zip(place.parts, headings, strict=True)]
    if any(map(is_of_a_list, (place.texts.old, place.texts.new), (one.block.start for one in headings))):
        return None
    if (
        any(end > one.end for (_, _, end), one in zip(place.parts, headings, strict=True))
        or any(map(states_something, tokens))
        or grades_otherwise(place.old, place.new)
        or any(_IS_FOR.search(side.part(side.block_at(start)[0], start)) for side, start, _ in place.parts)
    ):
        return None
    if any(one.is_line for one in headings) and not (all(map(_names_a_part, tokens)) and _are_no_names(place)):
        return None
    return Finding(Kind.MINOR, f"a heading in other words: {arrow(*tokens)}")


def _heading_of(place: Place, number: int) -> _Heading | None:
    """Return the heading in which the place is, before (0) or after (1); where nothing stands, of what stands before
    it, unless the other side begins a heading there.
    """
    side, start, end = place.parts[number]
    if start == end and start:
        other, at, _ = place.parts[1 - number]
        begins = at == other.block_at(at)[0]
        if not begins and (before := _heading_at(place, number, start - 1)) is not None and before.end == start:
            return before
    return _heading_at(place, number, start) if start < len(side.tokens) else None


def _heading_at(place: Place, number: int, token: int) -> _Heading | None:
    side, text = place.parts[number][0], (place.texts.old, place.texts.new)[number]
    if not side.blocks:
        return None
    block, (first, last) = side.block_of(token), side.block_at(token)
    if looks_like_heading(block):
        return _Heading(block, first, last, is_line=False)
    if block.kind is not BlockKind.PARAGRAPH or not block.inline.styles:
        return None  # as most
    label = label_in_bold(block.inline)
    if token - first < label:
        is_title = last - first - label > _OF_PROSE and _is_in_title_case(side.tokens[first : first + label])
        return _Heading(block, first, first + label - 1, is_line=True) if is_title else None
    line = line_at(block.inline, token - first)
    if line is None or not line.is_strong:
        return None
    under = next((one for one in lines_of(block.inline) if one.start == line.end), None)
    if under is None and not (is_over_prose(text, block.start) or is_over_an_announcement(text, block.start)):
        return None
    if under is not None and (under.is_strong or under.end - under.start <= _OF_PROSE):
        return None
    return _Heading(block, first + line.start, first + line.end, is_line=True)


def _is_line_in_bold(block: Block) -> bool:
    """Return whether a paragraph is one line, all in bold, that names a part."""
    if block.kind is not BlockKind.PARAGRAPH or not block.inline.styles:
        return False  # as most
    lines = lines_of(block.inline)
    return len(lines) == 1 and lines[0].is_strong and _names_a_part(block.tokens)


def _is_in_title_case(tokens: Sequence[str]) -> bool:
    """Return whether the longer words of a label have capitals, as those of no sentence have."""
    capitals = sum(token[0].isupper() for token in tokens)
    return capitals > 1 and all(token[0].isupper() for token in tokens if len(token) >= _LONG and token.isalpha())


def _names_a_part(tokens: Sequence[str]) -> bool:
    """Return whether a line in bold is no sentence by its end, nor a question that is answered with yes or no."""
    first = next(filter(is_word, tokens), "").lower()
    return tokens[-1] not in _ENDS and first not in _ASKED_FIRST


def _are_no_names(place: Place) -> bool:
    """Return whether all words of a place are known: any other may be the name of a company that is given data."""
    words = (word.lower() for word in words_of((*place.old, *place.new)))
    return all(word in _OF_HEADINGS or place.texts.knows(word) for word in words)


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
    if place.is_replaced and all(map(_numbers_a_line, place.parts)):
        return Finding(Kind.MINOR, "numbering of sections")
    if not all(wording.is_number_of_an_item(side) for side in (place.old, place.new) if side):
        return None
    if not place.is_replaced:
        side, start, end = place.only
        first, last = side.block_at(start)
        if start != first or end >= last:
            return None
        begins = side.tokens[end][0].isupper() and is_of_no_date(side.tokens[end])
        if not (begins or _is_bracketed(side.tokens[start:end], side.tokens[end], side.block_of(start))):
            return None
    return Finding(Kind.MINOR, "numbering of sections")


def _numbers_a_line(part: Part) -> bool:
    """Return whether a token is the number at the beginning of a line of a block: ``2.`` before a capital."""
    side, start, end = part
    if end - start != 1 or not _NUMBERS_A_LINE.fullmatch(side.tokens[start]):
        return False  # as most
    first, last = side.block_at(start)
    if start + 2 >= last or side.tokens[start + 1] not in (".", ")") or not side.tokens[start + 2][0].isupper():
        return False
    line = line_at(side.block_of(start).inline, start - first)
    return line is not None and line.start == start - first


def _is_bracketed(number: Sequence[str], following: str, block: Block) -> bool:
    """Return whether a number with its bracket (``b)``, ``(1)``) stands before the words of an item, which a list
    numbers itself, or of a script without capitals.
    """
    has_no_capitals = following[0].isalpha() and following[0].lower() == following[0].upper()
    return number[-1][-1] == ")" and following[0].isalpha() and (block.kind is BlockKind.ITEM or has_no_capitals)
