"""The history as its rules see it: stretches with one text, and what is known of each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from harvester.store.history.likeness import Measures

SETTLED, CAPTURES = timedelta(days=180), 3
"""The time for which a text stood, and its captures, from which it is no test, and if it reads like a policy the
document of that time.
"""

Known = Sequence[Measures | None]
"""The measures of the text of each stretch, where they are known."""
Rule = Iterator[tuple[int, int, str]]
"""What a rule finds: the stretches from one number to another (excluded) that make no version, and why."""


@dataclass(slots=True)
class Run:
    """A stretch of the history with one text; `places` are its observations among all."""

    text: str
    first: datetime
    last: datetime
    places: list[int]

    @property
    def span(self) -> timedelta:
        return self.last - self.first

    @property
    def is_settled(self) -> bool:
        return self.span >= SETTLED and len(self.places) >= CAPTURES
