"""The request budget of one run (``--budget``)."""

from __future__ import annotations

import threading

from harvester.archive.limiter.rules import Endpoint
from harvester.errors import BudgetSpent


class Budget:
    """The number of requests that a run may still make; None means no limit. Shared by the threads of the run."""

    def __init__(self, requests: int | None = None) -> None:
        self.allowed = requests
        self.spent: dict[Endpoint, int] = {"cdx": 0, "playback": 0}
        self._lock = threading.Lock()

    def take(self, endpoint: Endpoint) -> None:
        """Count one request about to be made; raises BudgetSpent, counting nothing, when none is left."""
        with self._lock:
            if self.allowed is not None and sum(self.spent.values()) >= self.allowed:
                raise BudgetSpent(f"request budget ({self.allowed}) used up; run it again to resume")
            self.spent[endpoint] = self.spent.get(endpoint, 0) + 1

    def give_back(self, endpoint: Endpoint) -> None:
        """Take back a counted request that was not made."""
        with self._lock:
            self.spent[endpoint] -= 1
