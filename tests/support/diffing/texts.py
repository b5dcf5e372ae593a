"""Generated Markdown texts for the properties: small vocabularies, so that blocks repeat, move, split and merge."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

THOROUGH = settings(max_examples=int(os.environ.get("DIFFING_EXAMPLES", "40")), deadline=None)
"""How many texts each property is tried on; DIFFING_EXAMPLES=2000 takes some minutes."""

_VOCABULARY = (
    "we collect share your personal data with third-party partners cookies the and of (a) 30 days 2018 January,"
    " user's “opt-out” a@b.com https://x.org/y **must** _may_ [policy](http://p.org/a) [p](/b) <script> & \\* ` | : ."
)
WORDS = st.sampled_from(_VOCABULARY.split())
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map("## {}".format),
    LINES.map("  * {}".format),
    st.tuples(st.integers(1, 9), LINES).map(lambda pair: f"  {pair[0]}. {pair[1]}"),
    LINES.map("> {}".format),
    st.tuples(LINES, LINES).map("{0[0]}  \n{0[1]}".format),
    st.just("a | b\n---|---\nc | d"),
    st.just("* * *"),
    st.text(max_size=12),
)
TEXTS = st.lists(BLOCKS, max_size=10).map("\n\n".join)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts, the second mostly made of the first one's blocks: kept, dropped, shuffled, cut, joined, edited."""
    blocks = draw(st.lists(BLOCKS, max_size=10))
    other = list(blocks)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(other) - 1, 0)))
        act = draw(st.sampled_from(["insert", "delete", "move", "split", "join", "edit"]))
        if act == "insert" or not other:
            other.insert(at, draw(BLOCKS))
        elif act == "delete":
            del other[at]
        elif act == "move":
            other.insert(draw(st.integers(0, len(other) - 1)), other.pop(at))
        elif act == "join" and at + 1 < len(other):
            other[at : at + 2] = [other[at] + " " + other[at + 1]]
        else:
            words = other[at].split(" ")
            cut = draw(st.integers(0, len(words)))
            middle = "\n\n" if act == "split" else " " + draw(LINES) + " "
            other[at] = " ".join(words[:cut]) + middle + " ".join(words[cut:])
    return "\n\n".join(blocks), "\n\n".join(other)
