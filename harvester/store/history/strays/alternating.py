"""Texts that come and go between captures of another one. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from harvester.store.history.strays.runs import Finding, Removal, Run

Pair = tuple[str, str]
"""A text, and the one that is on both sides of it."""


class Alternating:
    """Finds a text that came and went twice or more between captures of one other text, which has as many or more."""

    ahead = 1

    def __init__(self, runs: Sequence[Run]) -> None:
        self._captures: Counter[str] = Counter()
        self._aside: Counter[str] = Counter()
        """How often each text was set aside."""
        self._runs: defaultdict[Pair, set[Run]] = defaultdict(set)
        self._pairs: dict[Run, Pair] = {}
        self._others: defaultdict[str, set[str]] = defaultdict(set)
        """The texts that are, or were, on both sides of a text or it on theirs."""
        for run in runs:
            self._captures[run.text] += len(run.places)
        for run in runs:
            self._note(run)
        self._found = {pair for pair in self._runs if self._alternates(pair)}

    def at(self, run: Run) -> Iterator[Finding]:
        if self._pairs.get(run) in self._found:
            yield run, "alternating with the text at its sides"

    def elsewhere(self, removal: Removal) -> Iterator[Run]:
        """Yield the runs of the texts that alternate now and did not."""
        for run in removal.aside:
            self._captures[run.text] -= len(run.places)
            self._aside[run.text] += 1
        pairs = {pair for run in (*removal.gone, removal.before, removal.after) if run for pair in self._note(run)}
        for text in {run.text for run in removal.aside}:
            pairs |= {(text, other) for other in self._others[text]}
        for pair in pairs | {pair[::-1] for pair in pairs}:
            if not self._alternates(pair):
                self._found.discard(pair)
            elif pair not in self._found:
                self._found.add(pair)
                yield from self._runs[pair]

    def _note(self, run: Run) -> list[Pair]:
        """Note between which texts a run is; return where it was, and where it is."""
        was, is_now = self._pairs.pop(run, None), _pair(run)
        if was:
            self._runs[was].discard(run)
        if is_now:
            self._pairs[run] = is_now
            self._runs[is_now].add(run)
            for one, other in (is_now, is_now[::-1]):
                self._others[one].add(other)
        return [pair for pair in (was, is_now) if pair]

    def _alternates(self, pair: Pair) -> bool:
        inner, outer = pair
        runs = self._runs.get(pair, ())
        is_often = self._aside[inner] > 1 or (len(runs) > 1 and bool(self._runs.get((outer, inner))))
        return bool(runs) and is_often and self._captures[inner] <= self._captures[outer]


def _pair(run: Run) -> Pair | None:
    """Return the text of a run, and the one on both sides of it, if it may be a test."""
    if not (run.is_there and run.before and run.after) or run.is_settled or run.before.text != run.after.text:
        return None
    return run.text, run.before.text
