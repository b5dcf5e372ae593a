"""What a rule is, and what rules find, kept up to date while runs are set aside. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import islice
from typing import Protocol

from harvester.store.history.strays.runs import Finding, Removal, Run

BEHIND = 2
"""Runs before the first of those that a rule finds at which it looks at the most."""


class StrayRule(Protocol):
    """Finds runs that make no version, by those beside them and by what it counts of all."""

    @property
    def ahead(self) -> int:
        """How many runs behind the first one it looks at the most."""

    def at(self, run: Run) -> Iterator[Finding]:
        """Yield what it finds that begins with a run."""

    def elsewhere(self, removal: Removal) -> Iterable[Run]:
        """Count what was set aside, and return the runs farther off at which it may find something now."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A rule that asks of nothing but the runs beside one another."""

    at: Callable[[Run], Iterator[Finding]]
    ahead: int = 1

    def elsewhere(self, _removal: Removal) -> Iterable[Run]:
        return ()


@dataclass(frozen=True, slots=True)
class Stray:
    """The runs from `start` to `end` make no version, for this reason."""

    captures: int
    span: timedelta
    first: datetime
    start: Run
    end: Run
    reason: str

    def __lt__(self, other: Stray) -> bool:
        """Return whether it is weaker: of fewer captures, then shorter, then older."""
        return (self.captures, self.span, self.first) < (other.captures, other.span, other.first)


class Findings:
    """What a rule finds. After runs were set aside it is asked again where that may count, and nowhere else."""

    def __init__(self, rule: StrayRule, runs: Sequence[Run]) -> None:
        self._rule = rule
        self._due = list(runs)
        self._weakest_first: list[Stray] = []

    def weakest(self) -> Stray | None:
        """Return the weakest of what the rule finds."""
        for run in dict.fromkeys(self._due):
            for found in self._at(run):
                heappush(self._weakest_first, found)
        self._due.clear()
        while self._weakest_first:
            found = self._weakest_first[0]
            if found in self._at(found.start):  # what was set aside since may have counted
                return found
            heappop(self._weakest_first)
        return None

    def look_again(self, removal: Removal) -> None:
        """Mark the runs where the rule may find something else now."""
        if removal.before:
            self._due += islice(removal.before.backward(), self._rule.ahead + 1)
        if removal.after:
            self._due += islice(removal.after.onward(), BEHIND)
        self._due += [run.later for run in removal.gone if run.later]  # perhaps the first of its text now
        self._due += self._rule.elsewhere(removal)

    def _at(self, start: Run) -> list[Stray]:
        found = []
        for end, reason in self._rule.at(start) if start.is_there else ():
            runs = start.up_to(end)
            captures = sum(len(run.places) for run in runs)
            found.append(Stray(captures, end.last - start.first, start.first, start, end, reason))
        return found
