"""What an altered place is evidence of: every form of a change that is less than substantive, in the order in which
they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from harvester.diffing.change import Kind
from harvester.diffing.kinds.lesser.at_a_glance import are_plainly_others, is_plain_prose, names_a_country
from harvester.diffing.kinds.lesser.contact_details import contact, mail_link
from harvester.diffing.kinds.lesser.filled_in import filled_in
from harvester.diffing.kinds.lesser.officer import succession
from harvester.diffing.kinds.lesser.other_documents import other_document
from harvester.diffing.kinds.lesser.page_addresses import page_address, path
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.lesser.same_text import (
    capitals,
    divider,
    emphasis,
    encoding,
    legal_form,
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
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.same_words import letter_forms, slips, wording
from harvester.diffing.text.tokens import is_word

Form = Callable[[Place], Finding | None]

# The forms, in the order in which they are asked for: the first that a place has is its finding.
_OF_MARKS_ALONE: tuple[Form, ...] = (shown_markdown, punctuation, encoding)  # that came or went alone
_OF_MARKS: tuple[Form, ...] = (divider, shown_markdown, punctuation)
_OF_THE_SAME_WORDS: tuple[Form, ...] = (emphasis, encoding, space, other_form, spelling)
_OF_OTHER_WORDS: tuple[Form, ...] = (
    date,
    line_of_copyright,
    menu,
    heading,
    reworded_heading,
    reference,
    number,
    renamed_document,
    contact,
    legal_form,
    slip,
    page_address,
    path,
)


def findings(place: Place, is_of_a_row: bool, said: Collection[str]) -> Iterator[Finding]:
    """Yield the finding of a place; if it covers several blocks, of each block that came or went whole.

    `is_of_a_row`: all that was altered in its block is the order of words or names in a row. Not of what could add no
    more than one of the reasons that were `said`, which are of a substantive change.
    """
    words = _words(place) if place.is_within_blocks() else None
    if words and words.reason in said:
        return
    found = _heading(place, said) or around_policy(place)
    found = found or (reordered(place) if is_of_a_row else _reordered_items(place) or _finding(place)) or words
    if found is not None:
        yield found
    else:
        found, judged = succession(place)
        if found is not None:
            yield found
        for part in place.by_block():
            words = _words(part)
            if part.hunk not in judged and words.reason not in said:
                found = _heading(part, said) or around_policy(part) or _finding(part)
                yield found or reordered_items(part) or words


def _heading(place: Place, said: Collection[str]) -> Finding | None:
    """Judge a heading before all else where reasons of a substantive change were said: whatever else it may be is less
    too, and of that no reason is said any more.
    """
    return heading(place) if said else None


def _reordered_items(place: Place) -> Finding | None:
    """Judge the order of items, which are compared without their capitals: where these alone differ, it is no order."""
    found = reordered_items(place)
    return None if found and place.is_replaced and letter_forms.is_only_case(place.old, place.new) else found


def _finding(place: Place) -> Finding | None:
    """Return what a place of the policy is evidence of; None if it is of no form that is less than substantive."""
    if found := title(place) or way(place) or other_document(place):
        return found
    if not place.is_replaced:
        return _alone(place)
    if found := filled_in(place) or mail_link(place):
        return found
    if slips.is_polite(place.old[0]) or slips.is_polite(place.new[0]):
        rest = place.but_for_case()  # "Contact us", "Please contact us"
        return _finding(rest) if rest is not place else _first(_OF_OTHER_WORDS, place)
    if wording.begin_apart(place.old[0], place.new[0]):
        if found := other_form(place):
            return found
        return path(place) if are_plainly_others(place) else _first(_OF_OTHER_WORDS, place)
    if letter_forms.is_only_case(place.old, place.new):
        return None if names_a_country(place) else capitals(place)
    if found := _first(_OF_MARKS, place):
        return found
    if (rest := place.but_for_case()) is not place:
        return around_policy(rest) or _finding(rest)
    if found := _first(_OF_THE_SAME_WORDS, place):
        return found
    if not (any(map(is_word, place.old)) or any(map(is_word, place.new))):
        return None  # a sign of an amount
    return _first(_OF_OTHER_WORDS, place)


def _alone(place: Place) -> Finding | None:
    """Return what words or marks that came or went alone are evidence of, likewise."""
    if found := placeholder(place):
        return found
    if is_plain_prose(place):
        return None  # as most
    if found := _first(_OF_MARKS_ALONE, place):
        return found
    return _first(_OF_OTHER_WORDS, place) if any(map(is_word, place.old or place.new)) else None


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
