"""Another document at the address for a while, between two texts that belong together. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from harvester.store.history.folding import FOLD_WITHIN
from harvester.store.history.likeness import UNLIKE, Measures, is_revision, likeness, other_language
from harvester.store.history.strays.no_policy import is_weak, reads_like_a_policy
from harvester.store.history.strays.runs import Finding, Run, known_of

BELONGING = 0.15
"""Likeness from which the texts at the sides of a weak one belong together."""
RETURNED = 0.5
"""Likeness of the sides from which what stood between them, and shares nothing with them, need not be weak."""
REACH = 8
"""Texts in a row that can be set aside together as another document."""


def of_another_document(run: Run) -> Iterator[Finding]:
    """Find the texts that share almost nothing with those at their sides, which share much."""
    before = known_of(run.before)
    if before is None:
        return
    within: list[Measures] = []
    for end in islice(run.onward(), REACH):
        between, after = end.known, known_of(end.after)
        if end.after is None or between is None or likeness(before.passages, between.passages) > UNLIKE:
            return
        within.append(between)
        if after is None or (together := likeness(before.passages, after.passages)) < BELONGING:
            continue
        returned = together >= RETURNED and not _is_brief(end.after, before)
        runs = run.up_to(end)
        stood = (one for one, own in zip(within, runs, strict=True) if own.is_settled)
        if any(reads_like_a_policy(one, before, after) for one in stood):
            return
        if all(
            (
                is_weak(one, before, after)
                or (returned and not (other_language(before, one) or is_revision(before, one)))
            )
            and likeness(one.passages, after.passages) <= min(UNLIKE, together / 3)
            for one in within
        ) and not _is_framed_by_strays(runs):
            yield end, "another document, between two texts that belong together"
            return


def _is_framed_by_strays(runs: Sequence[Run]) -> bool:
    """Return whether the texts between two others belong to those on their far sides, and were seen with these more
    often: then the two are what is elsewhere for a while.
    """
    before, after = runs[0].before, runs[-1].after
    if not (before and before.before and after and after.after):
        return False
    own = (before.before, *runs, after.after)
    if len(before.places) + len(after.places) >= sum(len(run.places) for run in own):
        return False  # as most
    beyond = before.before.known, after.after.known
    return all(
        run.known is not None and far is not None and likeness(run.known.passages, far.passages) >= BELONGING
        for run in runs
        for far in beyond
    )


def _is_brief(run: Run, before: Measures) -> bool:
    """Return whether a text that returned soon gave way to one that shares little with it: it may be a stale copy."""
    after = known_of(run.after)
    return after is not None and run.span < FOLD_WITHIN and likeness(before.passages, after.passages) < BELONGING
