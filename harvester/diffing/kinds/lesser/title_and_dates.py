"""The title of the page, and what the document says of itself: its date, its copyright and its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from harvester.diffing.change import Kind
from harvester.diffing.kinds.dates.notices_of_updates import (
    is_date_line,
    is_entry_of_updates,
    is_notice_of_dates,
    is_notice_of_update,
    is_notice_of_versions,
)
from harvester.diffing.kinds.dates.own_dates import copyright_years, own_dates
from harvester.diffing.kinds.dates.written_dates import Ranges, is_of_no_date, may_be_of_a_date
from harvester.diffing.kinds.headings import is_kind_of_document, is_renamed_document, is_said_of_the_document
from harvester.diffing.kinds.lesser.copyright_line import is_copyright, mark_the_copyright, says_only_whose_it_is
from harvester.diffing.kinds.lesser.place import Part, Place, by_block
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.reasons import Finding, arrow, quote, spelled
from harvester.diffing.kinds.vocabulary import BESIDE_A_DATE, OF_NOTICES
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.tokens import Remembered, is_word, tokenise, words_of

_BEFORE_DATES = frozenset("on as am vom le el il em op den".split())  # noqa: SIM905
"""Words that lead to a date, or do not: ``last modified (on) May 4``."""
_LONGEST_DATE = 12  # tokens
_OF_DATES = ((own_dates, "date of the document"), (copyright_years, "year of the copyright"))


def title(place: Place) -> Finding | None:
    """Judge the page's title, with which a comparable text begins: it names the page, and is no part of the policy."""
    for side, start, end in place.parts:
        if start < end:
            first = side.block_of(start)
            if first.start or first.kind is not BlockKind.HEADING or first.level != 1 or end > side.block_at(0)[1]:
                return None
    return Finding(Kind.COSMETIC, f"the title of the page: {arrow(place.old, place.new)}")


def date(place: Place) -> Finding | None:
    """Judge the document's own date, or the year of its copyright, with the notices that stand beside it."""
    old, new = place.old, place.new
    for find, what in _OF_DATES if may_be_of_a_date(old) and may_be_of_a_date(new) else ():
        if _covers(find, *place.went) and _covers(find, *place.came):
            was = _text_of(find(*place.went), *place.went) or " ".join(old)
            is_ = _text_of(find(*place.came), *place.came) or " ".join(new)
            return Finding(Kind.MINOR, f"only the {what}: {was or 'none'} -> {is_ or 'none'}")
    if any(map(leads_to_own_date, place.parts)) and all(map(_is_own_date_with_its_preposition, place.parts)):
        return Finding(Kind.MINOR, f"only the date of the document: {arrow(old, new)}")
    if _say_only_a_date(old) and _say_only_a_date(new):
        return Finding(Kind.MINOR, f"only the date of the document: {arrow(old, new)}")
    if (
        all(_is_of_notices(token) for token in chain(old, new) if is_of_no_date(token))
        and _is_in_lines_of_dates(place)
        and _are_notices_or_dates(place)
    ):
        return Finding(Kind.MINOR, f"what stands beside the date of the document: {arrow(old, new)}")
    if all(is_notice_of_update(side) for side in (old, new) if side):
        return Finding(Kind.MINOR, f"a notice that the document was updated: {arrow(old, new)}")
    if all(is_entry_of_updates(side) for side in (old, new) if side) and all(
        start == end or side.block_at(start) == (start, end) for side, start, end in place.parts
    ):
        return Finding(Kind.MINOR, f"when and why the document was updated: {arrow(old, new)}")
    if all(is_notice_of_versions(side) for side in (old, new) if side):
        return Finding(Kind.MINOR, f"where earlier versions are: {arrow(old, new)}")
    return None


def leads_to_own_date(part: Part) -> bool:
    """Return whether a part begins with a word that leads to the document's own date right behind it: ``on``."""
    side, start, end = part
    if not (0 < end - start <= _LONGEST_DATE and side.tokens[start].lower() in _BEFORE_DATES):
        return False  # as most
    last = side.block_at(start)[1]
    return start + 1 < last and any(a <= start + 1 < b for a, b in own_dates(side, start + 1, start + 2))


def _is_own_date_with_its_preposition(part: Part) -> bool:
    """Return whether all that a part says is of the document's own date, but for a word that leads to it."""
    side, start, end = part
    start += leads_to_own_date(part)
    return start >= end or _covers(own_dates, side, start, end)


def line_of_copyright(place: Place) -> Finding | None:
    """Judge a line of the copyright that came or went whole, or what marks it as one: who the parties are
    is said in the policy.
    """
    if all(
        mark_the_copyright(side.tokens[start:end], side.block_of(start))
        for side, start, end in place.parts
        if start < end
    ):
        said = arrow(place.old, place.new) if place.is_replaced else quote(place.old or place.new)
        return Finding(Kind.MINOR, f"how the copyright is marked: {said}")
    side, start, _ = place.only
    if place.is_replaced or not (place.is_whole_block() and says_only_whose_it_is(side.block_of(start))):
        return None
    return Finding(Kind.MINOR, f"a line of the copyright {place.came_or_went}: {quote(place.old or place.new)}")


def menu(place: Place) -> Finding | None:
    """Judge the links beside the sign of the copyright: they are the menu below a page."""
    for (side, start, _), tokens in zip(place.parts, (place.old, place.new), strict=True):
        if not any(map(is_word, tokens)):
            continue
        block = side.block_of(start)
        if not is_copyright(block):
            return None
        linked = " ".join(block.inline.visible[link.start : link.end] for link in block.inline.links)
        if not set(tokenise(linked)).issuperset(words_of(tokens)):
            return None
    return Finding(Kind.COSMETIC, f"links beside the copyright: {arrow(place.old, place.new)}")


def renamed_document(place: Place) -> Finding | None:
    """Judge the document's own kind under another name: it grants the same as a policy or a statement."""
    if is_renamed_document(place.old, place.new) and all(
        is_said_of_the_document(side.tokens, number)
        for side, start, end in place.parts
        for number in range(start, end)
        if is_kind_of_document(side.tokens[number])
    ):
        return Finding(Kind.MINOR, f"the document under another name: {arrow(place.old, place.new)}")
    return None


def _say_only_a_date(tokens: list[str]) -> bool:
    return not tokens or is_date_line(tokens) or is_notice_of_dates(tokens)


def _is_in_lines_of_dates(place: Place) -> bool:
    """Return whether what came and went is in a line that says nothing but a date of the document, as it was."""
    return all(
        side.blocks
        and end <= side.block_at(start)[1]
        # Where nothing came at the end of a line, the next one begins.
        and any(is_date_line(side.block_of(number).tokens) for number in {start, max(start - (start == end), 0)})
        for side, start, end in place.parts
    )


def _are_notices_or_dates(place: Place) -> bool:
    """Return whether all words that came and went are of notices, or of a date of the document."""
    return all(
        _is_of_notices(token) or any(first <= number < last for first, last in own_dates(side, start, end))
        for side, start, end in place.parts
        for number, token in enumerate(side.tokens[start:end], start)
        if is_word(token)
    )


def _of_notices(token: str) -> bool:
    word = token.lower()
    return word in OF_NOTICES or BESIDE_A_DATE.match(word) is not None


_is_of_notices = Remembered(_of_notices).__getitem__
"""Whether a word is of notices, or marks the date beside it as the document's own in any language."""


def _covers(find: Callable[[Side, int, int], Ranges], side: Side, start: int, end: int) -> bool:
    """Return whether all words of these tokens are in what is found in their blocks, of which most are seen not to be
    by the first.
    """
    for first, last in by_block(side, start, end):
        inside = {number for span in find(side, first, last) for number in range(*span)}
        if not all(number in inside or not is_word(side.tokens[number]) for number in range(first, last)):
            return False
    return True


def _text_of(ranges: Iterable[tuple[int, int]], side: Side, start: int, end: int) -> str:
    """Return the text of the whole range that these tokens are in."""
    found = [span for span in ranges if span[0] < end and span[1] > start]
    return spelled(side.tokens[found[0][0] : found[-1][1]]) if found else ""
