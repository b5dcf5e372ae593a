"""Headings that went, or came, over passages that still stand in the page. Pure.

Where the text under them is taken out of what is judged, headings stand in a row, as the names of a list do. Each names
what is still said, so they are judged in the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from harvester.store.history.jumps.said import is_heading, without

GRAVEST = "substantive"
Judged = tuple[str, tuple[str, ...]]
"""The kind of a change and its reasons."""
Part = tuple[str, set[int], set[int]]
"""The text of one side, the numbers of its pieces that stand, and those of the headings over them."""


def over_standing(pieces: Sequence[tuple[int, str, str]], standing: set[int], passages: Counter[str]) -> set[int]:
    """Return the numbers of the headings among some passages of a text that are right over one which stands."""
    return {
        number
        for (number, piece, said), (below, _, _) in pairwise(pieces)
        if below in standing and number not in standing and said in passages and is_heading(piece)
    }


def judged_over_their_text(old: Part, new: Part, judge: Callable[[str, str], Judged]) -> Judged | None:
    """Return the kind and the reasons of a change without what stands and the headings over it, and of these over their
    text; None where there is no such heading, or one of them is substantive.
    """
    (before, taken, lost), (after, put, won) = old, new
    if not lost and not won:
        return None
    judged = [judge(without(before, taken | lost), without(after, put | won))]
    judged += [judge(before, without(before, lost))] if lost else []
    judged += [judge(without(after, won), after)] if won else []
    if any(kind == GRAVEST for kind, _ in judged):
        return None
    return "minor", tuple(dict.fromkeys(one for kind, reasons in judged if kind == "minor" for one in reasons))
