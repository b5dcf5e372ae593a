"""The same words in another form: capitals, marks, spaces, spelling, and slips of the pen."""

from __future__ import annotations

from harvester.diffing.change import Kind
from harvester.diffing.kinds.dates.own_dates import own_dates
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.kinds.same_words import (
    commas,
    company_forms,
    grammar,
    markdown_links,
    slips,
    typography,
    wording,
)
from harvester.diffing.text import other_forms
from harvester.diffing.text.cells import marks


def placeholder(place: Place) -> Finding | None:
    """Judge a template's name of a value that came or went alone."""
    if not typography.is_left_open(place.old or place.new):
        return None
    return Finding(Kind.MINOR, f"a placeholder {place.came_or_went}: {quote(place.old or place.new)}")


def capitals(place: Place) -> Finding:
    """Judge words that differ by their capitals alone."""
    return Finding(Kind.COSMETIC, f"capital letters: {arrow(place.old, place.new)}")


def divider(place: Place) -> Finding | None:
    """Judge an arrow, or what divides the names of a line."""
    if place.is_replaced and typography.divide_otherwise(place.went[0], place.came[0], place.hunk):
        return Finding(Kind.COSMETIC, f"a mark between names in another form: {arrow(place.old, place.new)}")
    return None


def shown_markdown(place: Place) -> Finding | None:
    """Judge marks of Markdown, and targets of links, that a page shows as text."""
    if not place.is_replaced and typography.bounds_cells(*place.only):
        return Finding(Kind.COSMETIC, "borders of the cells of a table")
    if _is_of_a_reference(place):
        return Finding(Kind.COSMETIC, "a link of Markdown that a page shows")
    if typography.show_buttons(place.parts):
        return Finding(Kind.COSMETIC, f"buttons of the page: {arrow(place.old, place.new)}")
    shows_target = not place.is_replaced and typography.show_scheme(*place.only)
    if shows_target or typography.show_marks(place.went[0], place.came[0], place.hunk):
        return Finding(Kind.COSMETIC, f"marks of Markdown that a page shows: {arrow(place.old, place.new)}")
    return None


def punctuation(place: Place) -> Finding | None:
    """Judge marks, of which a tick or a comma within a sentence may say something."""
    if not (wording.is_only_punctuation(place.old) and wording.is_only_punctuation(place.new)):
        return None
    sides = zip(place.parts, (place.new, place.old), strict=True)
    if any(typography.is_lost_mark(side.tokens, start, end, marks) for (side, start, end), marks in sides):
        return Finding(Kind.COSMETIC, f"the same text in another encoding: {arrow(place.old, place.new)}")
    if typography.quotes_what_was_code(place.went[0], place.came[0], place.hunk):
        return Finding(Kind.COSMETIC, "quotation marks in place of emphasis")
    side, start, _ = place.went
    if wording.quotes_otherwise(place.old, place.new, side.tokens[max(start - 1, 0) : start]):
        return Finding(Kind.COSMETIC, f"another kind of quotation marks: {arrow(place.old, place.new)}")
    if wording.ticks_otherwise(place.old, place.new) or _is_another_answer(place):
        return Finding(Kind.SUBSTANTIVE, f"a mark altered: {arrow(place.old, place.new)}")
    if not place.is_replaced and _ends_a_sentence(place):
        return Finding(Kind.SUBSTANTIVE, "a sentence ends elsewhere")
    if _parts_a_sentence(place):
        return Finding(Kind.SUBSTANTIVE, "a comma that parts a sentence came or went")
    if _signs_a_number(place):
        return Finding(Kind.SUBSTANTIVE, f"the sign of a number altered: {arrow(place.old, place.new)}")
    return Finding(Kind.MINOR, "punctuation")


def emphasis(place: Place) -> Finding | None:
    """Judge an underscore that marked emphasis."""
    if wording.differs_by_emphasis(place.old, place.new):
        return Finding(Kind.COSMETIC, f"a mark of emphasis: {arrow(place.old, place.new)}")
    return None


def encoding(place: Place) -> Finding | None:
    """Judge a text that was read in a wrong encoding."""
    if wording.is_garbled(place.old, place.new):
        return Finding(Kind.COSMETIC, f"the same text in another encoding: {arrow(place.old, place.new)}")
    return None


def space(place: Place) -> Finding | None:
    """Judge a space within an abbreviation, at a link or between words."""
    old, new = place.old, place.new
    if typography.is_spaced_abbreviation(old, new):
        return Finding(Kind.COSMETIC, f"a space within an abbreviation: {arrow(old, new)}")
    if not wording.is_only_space(old, new):
        return None
    if typography.loses_space_at_a_link(place.blocks(), (old, new)):
        return Finding(Kind.COSMETIC, f"a space at a link: {arrow(old, new)}")
    return Finding(Kind.MINOR, f"a space between words: {arrow(old, new)}")


def other_form(place: Place) -> Finding | None:
    """Judge numbers, countries and abbreviations in the place of their other forms."""
    if place.is_replaced and other_forms.mean_the_same(place.old, place.new):
        return Finding(Kind.MINOR, f"the same in another form: {arrow(place.old, place.new)}")
    return None


def spelling(place: Place) -> Finding | None:
    """Judge the same words in another spelling."""
    if wording.is_only_spelling(place.old, place.new):
        return Finding(Kind.MINOR, f"the same words in another spelling: {arrow(place.old, place.new)}")
    return None


def _is_of_a_reference(place: Place) -> bool:
    if place.is_replaced or not markdown_links.may_be_of_a_reference(place.old or place.new):
        return False
    return markdown_links.is_of_a_reference(*place.only, place.texts.references[0 if place.old else 1])


def legal_form(place: Place) -> Finding | None:
    """Judge the legal form of a company that came or went behind its name, which has it elsewhere in both texts."""
    if place.is_replaced or not company_forms.adds_a_form(*place.only, place.texts):
        return None
    return Finding(Kind.MINOR, f"the legal form of a company {place.came_or_went}: {quote(place.old or place.new)}")


def slip(place: Place) -> Finding | None:
    """Judge typing errors, and words that stood twice."""
    old, new = place.old, place.new
    if slips.is_slip(old, new, place.texts.knows) or slips.lost_its_first_letter(place.parts, place.texts.knows):
        return Finding(Kind.MINOR, f"a typing error: {arrow(old, new)}")
    if old and new:
        if grammar.is_slip(place.went, place.came):
            return Finding(Kind.MINOR, f"a slip of grammar: {arrow(old, new)}")
        return None
    side, start, end = place.only
    if slips.is_doubled(side, start, end):
        return Finding(Kind.MINOR, f"a word that stood twice: {quote(old or new)}")
    if other_forms.is_said_beside(side.tokens, start, end):
        return Finding(Kind.MINOR, f"the same stands beside it: {quote(old or new)}")
    if slips.is_one_too_many(side.tokens, start, end):
        return Finding(Kind.MINOR, f"a typing error: {quote(old or new)}")
    return None


def _is_another_answer(place: Place) -> bool:
    """Return whether a tick came or went behind words, or a mark that is all of a cell."""
    if wording.tick_alike(place.old, place.new):
        return False
    parts = [part for part in place.parts if part[1] < part[2]]
    if any(not marks(side.block_of(start)).isdisjoint(side.tokens[start:end]) for side, start, end in parts):
        return True
    side, start, end = place.only
    is_answer = not place.is_replaced and start > side.block_at(start)[0]
    return is_answer and wording.holds_tick(side.tokens[start:end])


def _ends_a_sentence(place: Place) -> bool:
    """Return whether the words behind a mark that came or went began a sentence, or begin one now."""
    side, start, end = place.only
    other, at, _ = place.other
    if end >= side.block_at(start)[1] or at >= other.block_at(at)[1]:
        return False
    return wording.ends_a_sentence(side.tokens, start, end, other.tokens[at])


def _signs_a_number(place: Place) -> bool:
    """Return whether a minus came or went before a number that is of no date, address or telephone."""
    for number, (side, start, end) in enumerate(place.parts):
        if not wording.signs_a_number(side.tokens, start, end, side.block_at(start)[0]):
            continue
        beside = place.addresses[number]
        if beside.head_of(end) is None and not beside.is_within(end) and not beside.is_telephone(end, end + 1):
            return not any(a <= end < b for a, b in own_dates(side, end, end + 1))
    return False


def _parts_a_sentence(place: Place) -> bool:
    """Return whether a comma within a sentence came or went; in an address or a date it separates nothing, and a
    semicolon in its place parts the same, as does a full stop in that of a semicolon.
    """
    marks = (*place.old, *place.new)
    if place.is_replaced and (commas.PARTING.issuperset(marks) or commas.ALSO_ENDING.issuperset(marks)):
        return False
    for number, (side, start, end) in enumerate(place.parts):
        first, last = side.block_at(start)
        for comma in range(start, min(end, last)):
            if not commas.parts_a_sentence(side.tokens, comma, (first, last)):
                continue
            beside = place.addresses[number]
            if beside.head_of(comma) is not None or beside.is_within(comma):
                continue
            if not any(a <= comma < b for a, b in own_dates(side, comma, comma + 1)):
                return True
    return False
