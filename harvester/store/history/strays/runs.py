"""The history as its rules see it: runs of one text, each beside the one before it and the one after it. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, takewhile

from harvester.store.history.likeness import Measures

SETTLED, CAPTURES = timedelta(days=180), 3
"""The time for which a text stood, and its captures, from which it is no test, and if it reads like a policy the
document of that time.
"""

Finding = tuple["Run", str]
"""The last of the runs that make no version together, and why."""


@dataclass(eq=False, slots=True)
class Run:
    """A stretch of the history with one text; `places` are its observations among all."""

    text: str
    known: Measures | None
    """The measures of the text, where they are known."""
    first: datetime
    last: datetime
    places: list[int]
    of_data: bool = False
    """Whether all its captures showed no text, so that it was made of the page's data."""
    before: Run | None = field(default=None, repr=False)
    after: Run | None = field(default=None, repr=False)
    earlier: Run | None = field(default=None, repr=False)
    """The run before it that has the same text."""
    later: Run | None = field(default=None, repr=False)
    is_there: bool = True
    """Whether it is still a run of the history: not set aside, nor part of the one before it."""

    @property
    def span(self) -> timedelta:
        return self.last - self.first

    @property
    def is_settled(self) -> bool:
        return self.span >= SETTLED and len(self.places) >= CAPTURES

    @property
    def beside(self) -> tuple[Measures | None, Measures | None, Measures | None]:
        """The measures of the text before it, of its own and of the one after it."""
        return known_of(self.before), self.known, known_of(self.after)

    def onward(self) -> Iterator[Run]:
        """Yield it and those after it."""
        run: Run | None = self
        while run is not None:
            yield run
            run = run.after

    def up_to(self, end: Run) -> list[Run]:
        """Return it and those after it as far as another."""
        return [*takewhile(lambda run: run is not end, self.onward()), end]

    def backward(self) -> Iterator[Run]:
        """Yield it and those before it."""
        run: Run | None = self
        while run is not None:
            yield run
            run = run.before


@dataclass(frozen=True, slots=True)
class Removal:
    """Where runs were set `aside`, between two that are beside each other now. If these had one text the second is
    `joined` to the first, and `after` is the one behind it.
    """

    aside: Sequence[Run]
    before: Run | None
    after: Run | None
    joined: Run | None

    @property
    def gone(self) -> Sequence[Run]:
        """All that are runs of the history no longer."""
        return [*self.aside, self.joined] if self.joined else self.aside


def known_of(run: Run | None) -> Measures | None:
    """Return the measures of the text of a run, where there is one and they are known."""
    return run.known if run else None


def put_in_order(runs: Sequence[Run]) -> None:
    """Let each run know those beside it, and those with its text."""
    for before, after in pairwise(runs):
        before.after, after.before = after, before
    latest: dict[str, Run] = {}
    for run in runs:
        if earlier := latest.get(run.text):
            earlier.later, run.earlier = run, earlier
        latest[run.text] = run


def take_out(start: Run, end: Run) -> Removal:
    """Take the runs from one to another out of the history: the two beside them come together."""
    before, after = start.before, end.after
    aside = start.up_to(end)
    joined = after if before and after and before.text == after.text else None
    if before and joined:
        before.last = joined.last
        before.places += joined.places
        after = joined.after
    if before:
        before.after = after
    if after:
        after.before = before
    removal = Removal(aside, before, after, joined)
    for run in removal.gone:
        run.is_there = False
        if run.earlier:
            run.earlier.later = run.later
        if run.later:
            run.later.earlier = run.earlier
    return removal


def neighbours(run: Run, some: Sequence[Run]) -> tuple[Run | None, Run | None]:
    """Return the nearest of some runs, in order, before a run and after it."""
    place, behind = bisect_left(some, run.first, key=_first), bisect_right(some, run.first, key=_first)
    return some[place - 1] if place else None, some[behind] if behind < len(some) else None


def remove(run: Run, some: list[Run]) -> None:
    """Remove a run from some, in order."""
    del some[bisect_left(some, run.first, key=_first)]


def _first(run: Run) -> datetime:
    return run.first
