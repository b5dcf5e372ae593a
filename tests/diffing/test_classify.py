"""What makes a change minor, and what it measures."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Updated on 25 May 2018.", "Updated on January 1st, 2020.", Kind.MINOR),
        ("Fees: thirty (30) euros.", "Fees: forty (40) euros.", Kind.SUBSTANTIVE),
        ("Ask privacy@example.com.", "Ask dpo@example.org.", Kind.MINOR),
        ("Call +1 (555) 010-0199.", "Call +1 (555) 010-0142.", Kind.MINOR),
        ("See https://a.example/x now.", "See https://b.example/y now.", Kind.MINOR),
        ("We keep data.", "We keep data.\n\nLast updated: May 1, 2018", Kind.MINOR),
        ("Write to us at 12 Harbour Street, Dublin.", "Write to us at 7 Station Road, Dublin.", Kind.MINOR),
        ("We may keep data 30 days.", "We will keep data 60 days.", Kind.SUBSTANTIVE),
        ("We keep data in May.", "We keep data in Ireland.", Kind.SUBSTANTIVE),
        ("We sell no data, ever.", "We sell no data ever.", Kind.SUBSTANTIVE),
        ("We keep  **all** data.", "We keep\nall data.", Kind.COSMETIC),
        ("# Cookies\n\nNone.", "### Cookies\n\nNone.", Kind.COSMETIC),
        ("", "", Kind.COSMETIC),
        ("", "We collect data.", Kind.SUBSTANTIVE),
    ],
)
def test_only_dates_of_the_document_and_contact_details_make_a_change_minor(old: str, new: str, kind: Kind) -> None:
    assert compare(old, new).kind is kind
    assert compare(new, old).kind is kind


def test_a_whole_new_text_adds_all_its_words_and_touches_everything() -> None:
    measures = compare("", "# Privacy\n\nWe collect data, always.").measures
    assert (measures.words_added, measures.words_removed, measures.words_moved) == (5, 0, 0)
    assert measures.share == 1
    assert measures.headings == ("Privacy",)


def test_headings_are_those_over_the_touched_blocks_old_and_new() -> None:
    old = "# A\n\nfirst words here\n\n# B\n\nsecond words here\n\n# C\n\nthird words here"
    new = "# A\n\nfirst words here\n\n# B\n\nsecond other words here\n\n# D\n\nthird words here"
    assert compare(old, new).measures.headings == ("B", "C", "D")
