"""Reasons quote texts as they are read: with the spaces of words and without those of marks."""

from __future__ import annotations

import pytest

from harvester.diffing.kinds.reasons import quote
from harvester.diffing.text.tokens import tokenise


@pytest.mark.parametrize(
    "text",
    [
        "our partners, and/or 50% of theirs",
        "a fee ($100), once",
        'the "data controller" is Acme; see section 4',
        "third-party ad-networks of the user's choice",
        "חברת Acme Ads בע״מ, וצוות צה״ל",
        'protège "vos données", à 50%',
        "当社は広告を提供します.",
        "เราอาจเปิดเผยข้อมูล",
        "a ratio of 3 to 4 for 30 days",
    ],
)
def test_a_text_is_quoted_as_it_stands(text: str) -> None:
    assert quote(tokenise(text)) == f'"{text}"'
