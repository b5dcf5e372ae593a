"""Passages of a text are read line by line, once for all texts that have the line."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from harvester.cleaner.quality import prose
from harvester.store.history.likeness import passages, pieces

PARTS = [
    "We keep it. ",
    "Ask us: ",
    "5. ",
    "[Terms](https://a.example/terms ",
    "[Terms](https://a.example/terms)",
    '"The terms")',
    "www.a.example ",
    "ΤΕΛΟΣ",
    "\n",
    "  \n",
    "\n\n",
    "。",
]


@example('[Terms](https://a.example/terms\n"The terms") We keep it.')
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_the_passages_of_a_text_are_those_of_its_lines(text: str) -> None:
    said = [re.sub(r"[\W_]+", " ", piece).strip() for piece in pieces(prose.plain(text).lower())]
    assert passages(text) == {one for one in said if one}
