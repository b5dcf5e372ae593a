"""See at a glance that ordinary words came, went or were replaced, of which no form is true: most are such."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.kinds.contact.contacts import is_handle, is_time, names_office
from harvester.diffing.kinds.contact.hidden_mail import is_of_hidden_mail
from harvester.diffing.kinds.contact.other_ways import say_otherwise
from harvester.diffing.kinds.dates.notices_of_updates import is_date_line, is_notice_of_update, is_notice_of_versions
from harvester.diffing.kinds.dates.written_dates import is_of_no_date, may_be_of_a_date
from harvester.diffing.kinds.headings import is_in_capitals, is_kind_of_document, names_the_document
from harvester.diffing.kinds.lesser.contact_details import is_label_of_address, is_way_to_reach
from harvester.diffing.kinds.lesser.copyright_line import is_copyright
from harvester.diffing.kinds.lesser.link_labels import say_here
from harvester.diffing.kinds.lesser.page_addresses import (
    is_address_of_a_host,
    is_path,
    leads_to_what_was_said,
)
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.lesser.title_and_dates import leads_to_own_date
from harvester.diffing.kinds.links import PAGES
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.same_words import company_forms, grammar, letter_forms, part_numbers, slips, wording
from harvester.diffing.kinds.same_words.typography import LINK_SCHEMES
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.text import other_forms
from harvester.diffing.text.blocks import BlockKind
from harvester.diffing.text.lines import has_line_in_bold
from harvester.diffing.text.tokens import Remembered, is_word

_PROSE_TOKENS = 40  # longer than any date with what stands beside it


def is_plain_prose(place: Place) -> bool:
    """Return whether words that came or went alone are of no form that is less than substantive."""
    tokens = place.old or place.new
    if not _are_prose(tokens):
        return False
    side, start, end = place.only
    number = side.number_of(start)
    block = side.blocks[number]
    return (
        not block.label
        and _is_ordinary(side, number)
        and not slips.is_doubled(side, start, end)
        and not slips.is_one_too_many(side.tokens, start, end)
        and not is_notice_of_update(tokens)
        and not is_notice_of_versions(tokens)
        and not other_forms.is_said_beside(side.tokens, start, end)
        and not is_date_line(block.tokens)
        and not leads_to_own_date(place.only)
        and not (is_path(place) or is_address_of_a_host(place))
        and not is_of_hidden_mail(side, start, end)
        and not company_forms.adds_a_form(side, start, end, place.texts)
        and not is_label_of_address(place)
        and not is_way_to_reach(place)
        and not leads_to_what_was_said(place)
        and place.is_of_no_address()
    )


def are_plainly_others(place: Place) -> bool:
    """Return whether words took the place of others with another first letter, and may at most be of a path."""
    old, new = place.old, place.new
    if say_here(old) or say_here(new) or slips.lost_its_first_letter(place.parts, place.texts.knows):
        return False
    if (
        not _are_others(old)
        or grammar.is_slip(place.went, place.came)
        or any(map(leads_to_own_date, place.parts))
        or say_otherwise(*place.parts)
        or is_handle(*place.went)
        or any(token.startswith(PAGES) for token in (*old[:3], *new[:3]))
    ):
        return False
    side, start, _ = place.went
    return _is_in_ordinary_block(place) and not is_date_line(side.block_of(start).tokens) and place.is_of_no_address()


def names_a_country(place: Place) -> bool:
    """Return whether a pronoun became a country, which differs by its capitals alone, where these tell something."""
    is_one = letter_forms.names_a_country(place.old, place.new)
    return is_one and _is_in_ordinary_block(place) and not _is_in_capitals(place)


def _is_in_ordinary_block(place: Place) -> bool:
    side, start, _ = place.only
    return _is_ordinary(side, side.number_of(start))


def _is_ordinary(side: Side, number: int) -> bool:
    """Return whether a block is neither a heading or a line in capitals, nor the document's name, nor a line of the
    copyright, and has no line in bold.
    """
    known = side.ordinary.get(number)
    if known is None:
        block = side.blocks[number]
        known = side.ordinary[number] = not (
            block.kind is BlockKind.HEADING
            or names_the_document(block)
            or is_in_capitals(block)
            or is_copyright(block)
            or has_line_in_bold(block.inline)
        )
    return known


def _is_in_capitals(place: Place) -> bool:
    """Return whether a word beside what was altered is in capitals, which then tell nothing."""
    return any(
        token.isupper() and len(token) > 1
        for side, start, end in place.parts
        for token in (*side.tokens[max(start - 1, 0) : start], *side.tokens[end : end + 1])
    )


def _are_prose(tokens: Sequence[str]) -> bool:
    """Return whether words that came or went are no date: none of the forms that follow can be all of them, if they
    stand in an ordinary block beside no address.
    """
    if tokens[0].lower() in LINK_SCHEMES:
        return False
    return is_word(tokens[0]) and (
        len(tokens) > _PROSE_TOKENS or not (may_be_of_a_date(tokens) or hold_digit(tokens) or _hold_mail(tokens))
    )


def _hold_mail(tokens: Sequence[str]) -> bool:
    return "@" in "".join(tokens)


def _is_ordinary_word(token: str) -> bool:
    """Return whether a token is no name, date, time or kind of document."""
    return not (token[0].isupper() or not is_of_no_date(token) or is_time(token) or is_kind_of_document(token))


_ordinary = Remembered(_is_ordinary_word)


def _are_others(old: Sequence[str]) -> bool:
    """Return whether words that others took the place of, which begin with another letter, are no date, time, name,
    number of a part or an item, kind of document, address of a page or of mail, or the data protection officer.
    """
    return _ordinary[old[0]] and not (
        (len(old) == 1 and part_numbers.may_number(old[0]))
        or wording.is_number_of_an_item(old)
        or hold_digit(old)
        or _hold_mail(old)
        or names_office(" ".join(old).lower())
    )
