"""Where tokens stand in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing.text.tokens import TokenSpans, normalise, token_spans

TEXTS = st.text(st.sampled_from(" \n\t\u00a0\x1cab1'-.,&@“漢あกั"), max_size=20)


@given(TEXTS)
def test_spans_looked_up_one_by_one_are_those_of_the_list(visible: str) -> None:
    text = normalise(visible)
    looked_up = TokenSpans(text)
    assert [looked_up[number] for number in range(len(looked_up))] == token_spans(text)
