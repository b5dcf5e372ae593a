"""The request budget of one run (``--budget``), and that of each archive in it."""

from __future__ import annotations

import threading

from harvester.archive.limiter.rules import Endpoint
from harvester.errors import ArchiveUnavailable, BudgetSpent


class Budget:
    """The number of requests that a run may still make; None means no limit. Shared by the threads of the run.

    With `of` it is one archive's part of a run's budget. `archive` names it where others are asked beside it: they
    continue when it is used up.
    """

    def __init__(self, requests: int | None = None, of: Budget | None = None, archive: str | None = None) -> None:
        self.allowed = requests
        self.spent: dict[Endpoint, int] = {"cdx": 0, "playback": 0}
        self._of, self._archive = of, archive
        self._lock = threading.Lock()

    @property
    def left(self) -> int | None:
        """How many requests it still allows; None: any number."""
        return None if self.allowed is None else max(0, self.allowed - sum(self.spent.values()))

    def take(self, endpoint: Endpoint) -> None:
        """Count one request about to be made; when none is left raise `BudgetSpent`, counting nothing.

        One of several archives raises `ArchiveUnavailable` instead.
        """
        with self._lock:
            if self.allowed is not None and sum(self.spent.values()) >= self.allowed:
                if self._archive is None:
                    raise BudgetSpent(f"request budget ({self.allowed}) used up; run it again to resume")
                raise ArchiveUnavailable(
                    f"the budget of {self._archive} ({self.allowed} requests a run) is used up; run it again to resume"
                )
            if self._of is not None:
                self._of.take(endpoint)
            self.spent[endpoint] = self.spent.get(endpoint, 0) + 1

    def give_back(self, endpoint: Endpoint) -> None:
        """Take back a counted request that was not made."""
        with self._lock:
            self.spent[endpoint] -= 1
        if self._of is not None:
            self._of.give_back(endpoint)
