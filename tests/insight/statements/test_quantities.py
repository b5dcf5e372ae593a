"""Quantities by kind, and the two whole texts of a change, are what they were when all was read at once."""

from __future__ import annotations

import pytest

from harvester.diffing import compare
from harvester.insight.statements.edits import edits
from harvester.insight.statements.model import StatementKind
from harvester.insight.statements.quantities import KINDS, has_number, quantities
from harvester.insight.statements.seen import WholeText

SAID = (
    "Children under 13 years of age may not; you must be at least sixteen years old. We keep logs for thirty (30) "
    "days, seventy years, twenty-one months and 18 years; since 2012 years pass. "
    "A fee of $1,200 or 30 euros, 5% or ten percent."
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_quantities_of_a_kind_are_those_among_all(kind: StatementKind) -> None:
    found = [one for one in quantities(SAID) if one.kind is kind]
    assert found
    assert list(quantities(SAID, (kind,))) == found


def test_number_words_are_read_whole() -> None:
    assert [one.text for one in quantities(SAID, (StatementKind.PERIOD,))] == [
        "thirty (30) days",
        "twenty-one months",
        "18 years",
    ]
    assert [has_number(one) for one in ("Seventeen", "seventy", "often", "ten", "a2")] == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_a_word_in_small_letters_is_found_only_whole_and_only_so_written() -> None:
    side = WholeText("Apples; a pineapple, apple2 and one-pear. Pear")
    assert [side.has_in_small_letters(one) for one in ("apple", "pineapple", "pear", "apples")] == [
        True,
        True,
        True,
        False,
    ]
    assert not WholeText("pineapple").has_in_small_letters("apple")


def test_edits_know_their_characters_where_full_stops_are_an_ellipsis() -> None:
    old, new = "# P\n\nWe keep data ... for a year, he said…", "# P\n\nWe keep data ... for a month, he said…"
    [edit] = edits(compare(old, new))
    [span] = edit.spans
    assert (edit.old[span.old_start : span.old_end], edit.new[span.new_start : span.new_end]) == ("year", "month")
