"""What a template left open and its author filled in: how the company is reached, and the document's date."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.change import Kind
from harvester.diffing.kinds.contact.hidden_mail import HIDDEN
from harvester.diffing.kinds.lesser.contact_details import contact, is_mail_behind_a_word_for_one, is_mail_link
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.lesser.same_text import placeholder
from harvester.diffing.kinds.lesser.title_and_dates import date
from harvester.diffing.kinds.reasons import Finding, quote
from harvester.diffing.kinds.same_words import typography
from harvester.diffing.kinds.vocabulary import DENIES
from harvester.diffing.text.tokens import is_word
from harvester.diffing.words import Hunk

_FILLERS = frozenset({"XYZ", "XXX", "TBD"})
"""What pages show in place of a value that their author left for later."""
_LONGEST_TOLD = 16  # tokens
_DENIES = DENIES - {"mai"}
"""Without the Italian "never", which is May in French and German: authors are told how to write a date."""


def filled_in(place: Place) -> Finding | None:
    """Judge what took the place of a placeholder, or one what it stood for, as if it came or went alone; who the
    company is, and for how long it keeps what, is said nowhere else.
    """
    old_start, old_end, new_start, new_end = place.hunk
    went, came = Hunk(old_start, old_end, new_start, new_start), Hunk(old_start, old_start, new_start, new_end)
    if _is_open(place.old):
        left, alone = went, came
    elif _is_open(place.new):
        left, alone = came, went
    else:
        return None  # as most
    there = place.whereabouts.place(alone)
    if not any(map(is_word, there.old or there.new)):
        return placeholder(place.whereabouts.place(left))  # a mark fills in nothing
    if is_mail_link(there.only):
        return Finding(Kind.MINOR, f"a link by which to write {there.came_or_went}: {quote(there.old or there.new)}")
    if is_mail_behind_a_word_for_one(there.only):
        return Finding(Kind.MINOR, f"an e-mail address {there.came_or_went}: {quote(there.old or there.new)}")
    return date(there) or contact(there)


def _is_open(tokens: Sequence[str]) -> bool:
    return (len(tokens) == 1 and tokens[0] in _FILLERS) or typography.is_left_open(tokens) or _is_told(tokens)


def _is_told(tokens: Sequence[str]) -> bool:
    """Return whether tokens are a few words in square brackets, in any language: where an address or a date took their
    place, they told the author what to write there. What denies is said to the reader.
    """
    if tokens[:1] != ["["] or tokens[-1] != "]" or len(tokens) > _LONGEST_TOLD:
        return False  # as most
    if tokens == HIDDEN:
        return False  # an address stands there
    words = [token.lower() for token in tokens[1:-1] if is_word(token)]
    return bool(words) and "[" not in tokens[1:] and _DENIES.isdisjoint(words)
