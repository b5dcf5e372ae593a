"""What each place of an altered passage is evidence of: every form of a change that is less than substantive, in the
order in which they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, groupby, islice

from harvester.diffing.change import Kind
from harvester.diffing.kinds import wording
from harvester.diffing.kinds.lesser.at_a_glance import are_plainly_others, is_plain_prose, names_a_country
from harvester.diffing.kinds.lesser.contact_details import contact, mail_link
from harvester.diffing.kinds.lesser.filled_in import filled_in
from harvester.diffing.kinds.lesser.page_addresses import page_address, path
from harvester.diffing.kinds.lesser.place import Place, Whereabouts
from harvester.diffing.kinds.lesser.same_text import (
    capitals,
    divider,
    emphasis,
    encoding,
    other_form,
    placeholder,
    punctuation,
    shown_markdown,
    slip,
    space,
    spelling,
)
from harvester.diffing.kinds.lesser.sections import heading, number, reference, reworded_heading
from harvester.diffing.kinds.lesser.title_and_dates import date, line_of_copyright, menu, renamed_document, title
from harvester.diffing.kinds.lesser.ways import way
from harvester.diffing.kinds.lesser.where_it_stands import around_policy, reordered, reordered_items
from harvester.diffing.kinds.passages import Passage
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.same_words.enumerations import MOST_OF_A_ROW, orders_otherwise
from harvester.diffing.kinds.same_words.typography import joined_at_dots
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.text.tokens import is_word
from harvester.diffing.words import Hunk

Form = Callable[[Place], Finding | None]

# The forms, in the order in which they are asked for: the first that a place has is its finding.
_OF_MARKS: tuple[Form, ...] = (divider, shown_markdown, punctuation)
_OF_THE_SAME_WORDS: tuple[Form, ...] = (emphasis, encoding, space, other_form, spelling)
_OF_OTHER_WORDS: tuple[Form, ...] = (
    title,
    date,
    line_of_copyright,
    menu,
    heading,
    reworded_heading,
    reference,
    number,
    renamed_document,
    contact,
    slip,
    page_address,
    path,
)


def findings(passage: Passage, texts: WholeTexts) -> Iterator[Finding]:
    """Yield the finding of each hunk; if it covers several blocks, of each block that came or went whole."""
    if len(passage.old.blocks) != len(passage.new.blocks) and passage.old.reads_as(passage.new):
        yield Finding(Kind.COSMETIC, "the same letters and marks: lines end elsewhere")
        return
    whereabouts = Whereabouts(passage, texts)
    for hunk, is_of_a_row in _hunks(passage):
        place = whereabouts.place(hunk)
        found = around_policy(place) or (reordered(place) if is_of_a_row else reordered_items(place) or _finding(place))
        if found is not None:
            yield found
        elif place.is_within_blocks():
            yield _words(place)
        else:
            for part in place.by_block():
                yield _finding(part) or reordered_items(part) or _words(part)


def _hunks(passage: Passage) -> Iterator[tuple[Hunk, bool]]:
    """Yield the hunks, and whether all of their block alter nothing but the order of words or names in a row."""
    old, new = passage.old, passage.new

    def blocks_of(hunk: Hunk) -> tuple[int, int]:
        return old.number_of(hunk.old_start), new.number_of(hunk.new_start)

    for _, of_blocks in groupby(joined_at_dots(passage.hunks(), old.tokens, new.tokens), blocks_of):
        run = list(islice(of_blocks, MOST_OF_A_ROW))
        is_of_a_row = len(run) < MOST_OF_A_ROW and orders_otherwise(old, new, run)
        yield from ((hunk, is_of_a_row) for hunk in chain(run, of_blocks))


def _finding(place: Place) -> Finding | None:
    """Return what a place is evidence of; None if it is of no form that is less than substantive."""
    if found := around_policy(place) or way(place):
        return found
    if not (place.old and place.new):
        if found := placeholder(place):
            return found
        if is_plain_prose(place):
            return None  # as most
    elif found := filled_in(place) or mail_link(place):
        return found
    elif wording.begin_apart(place.old[0], place.new[0]):
        if found := other_form(place):
            return found
        return path(place) if are_plainly_others(place) else _first(_OF_OTHER_WORDS, place)
    if wording.is_only_case(place.old, place.new):
        return None if names_a_country(place) else capitals(place)
    if found := _first(_OF_MARKS, place):
        return found
    if place.is_replaced and (rest := place.but_for_case()) is not place:
        return _finding(rest)
    if found := _first(_OF_THE_SAME_WORDS, place):
        return found
    if not (any(map(is_word, place.old)) or any(map(is_word, place.new))):
        return None  # a sign of an amount
    return _first(_OF_OTHER_WORDS, place)


def _first(forms: tuple[Form, ...], place: Place) -> Finding | None:
    for form in forms:
        if found := form(place):
            return found
    return None


def _words(place: Place) -> Finding:
    if not place.old:
        reason = f"added: {quote(place.new)}"
    elif not place.new:
        reason = f"removed: {quote(place.old)}"
    else:
        reason = f"words altered: {arrow(place.old, place.new)}"
    return Finding(Kind.SUBSTANTIVE, reason)
