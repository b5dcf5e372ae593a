"""Each character of a redline has the link and the styles that the text has there."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing import compare
from harvester.diffing.render import html_inline
from harvester.diffing.render.stretches import stretches
from harvester.diffing.text.inline import Inline, Span

TEXT = "one\ttwo three\tfour"
PLACES = st.integers(0, len(TEXT))


def spans(values: list[str]) -> st.SearchStrategy[tuple[Span, ...]]:
    """Spans of the text, none of them empty, in the order of where they begin."""
    one = st.tuples(PLACES, PLACES, st.sampled_from(values)).filter(lambda span: span[0] < span[1])
    return st.lists(one, max_size=6).map(lambda found: tuple(Span(*span) for span in sorted(found)))


@given(spans(["https://a.example", "https://b.example"]), spans(["strong", "em", "code"]))
def test_a_character_has_the_first_link_and_each_style_that_is_over_it(
    links: tuple[Span, ...], styles: tuple[Span, ...]
) -> None:
    found = stretches(Inline(TEXT, links, styles))
    assert found[0].start == 0
    ends = [one.start for one in found[1:]] + [len(TEXT)]
    for one, end in zip(found, ends, strict=True):
        for place in range(one.start, end):
            over = [[span.value for span in side if span.start <= place < span.end] for side in (links, styles)]
            assert one.link == next(iter(over[0]), None)
            assert one.styles == tuple(dict.fromkeys(over[1]))


def test_a_stretch_ends_at_a_cell_so_that_none_goes_over_its_border() -> None:
    starts = [one.start for one in stretches(Inline(TEXT))]
    assert starts == [0, 3, 4, 13, 14]
    assert all(one < other for one, other in pairwise(starts))


def test_emphasis_stays_in_a_redline() -> None:
    old, new = (f"We **never** share _your [{name}](https://a.example)_ with `all`." for name in ("name", "names"))
    shown = html_inline(compare(old, new))
    assert "<strong>never</strong>" in shown
    assert "<em>your</em>" in shown
    assert "<em>name</em></a></del>" in shown
    assert "<code>all</code>" in shown
