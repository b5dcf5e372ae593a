"""Another document at the address for a while, between two texts that belong together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harvester.store.history.folding import FOLD_WITHIN
from harvester.store.history.likeness import UNLIKE, Measures, is_revision, likeness, other_language
from harvester.store.history.strays.no_policy import is_weak, reads_like_a_policy
from harvester.store.history.strays.runs import Known, Rule, Run

BELONGING = 0.15
"""Likeness from which the texts at the sides of a weak one belong together."""
RETURNED = 0.5
"""Likeness of the sides from which what stood between them, and shares nothing with them, need not be weak."""
REACH = 8
"""Texts in a row that can be set aside together as another document."""


def of_another_document(runs: Sequence[Run], known: Known, _times: Counter[str]) -> Rule:
    """Find the texts that share almost nothing with those at their sides, which share much."""
    for start in range(1, len(runs) - 1):
        before = known[start - 1]
        if before is None:
            continue
        for end in range(start + 1, min(start + 1 + REACH, len(runs))):
            between = known[end - 1]
            if between is None or likeness(before.passages, between.passages) > UNLIKE:
                break
            after = known[end]
            if after is None or (together := likeness(before.passages, after.passages)) < BELONGING:
                continue
            returned = together >= RETURNED and not _is_brief(runs, known, end, before)
            within = [one for one in known[start:end] if one is not None]
            stood = (one for run, one in zip(runs[start:end], known[start:end], strict=True) if run.is_settled)
            if any(one is not None and reads_like_a_policy(one, before, after) for one in stood):
                break
            if all(
                (
                    is_weak(one, before, after)
                    or (returned and not (other_language(before, one) or is_revision(before, one)))
                )
                and likeness(one.passages, after.passages) <= min(UNLIKE, together / 3)
                for one in within
            ) and not _is_framed_by_strays(runs, known, start, end):
                yield start, end, "another document, between two texts that belong together"
                break


def _is_framed_by_strays(runs: Sequence[Run], known: Known, start: int, end: int) -> bool:
    """Return whether the texts between two others belong to those on their far sides, and were seen with these more
    often: then the two are what is elsewhere for a while.
    """
    if start < 2 or end + 1 >= len(runs):
        return False
    sides, own = runs[start - 1 : end + 1 : end + 1 - start], (runs[start - 2], *runs[start:end], runs[end + 1])
    if sum(len(run.places) for run in sides) >= sum(len(run.places) for run in own):
        return False  # as most
    beyond = known[start - 2], known[end + 1]
    return all(
        one is not None and far is not None and likeness(one.passages, far.passages) >= BELONGING
        for one in known[start:end]
        for far in beyond
    )


def _is_brief(runs: Sequence[Run], known: Known, place: int, before: Measures) -> bool:
    """Return whether a text that returned soon gave way to one that shares little with it: it may be a stale copy."""
    after = known[place + 1] if place + 1 < len(runs) else None
    return (
        after is not None and runs[place].span < FOLD_WITHIN and likeness(before.passages, after.passages) < BELONGING
    )
