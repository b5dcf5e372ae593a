"""The results of a run, as figures that add up: the closing table of every harvest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harvester.store.ledger.ledger import Outcome

if TYPE_CHECKING:
    from harvester.harvest.session import Tally

FAILED_FOR_GOOD = (Outcome.FAILED,)
_DONE = ("fetched", "adopted", "rendered", "new_versions", "new_changes")
"""What the harvest of one service counts."""


@dataclass(slots=True)
class Summary:
    """Captures by outcome over the services of a run, and what the run cost.

    `known` counts captures in the ledger of these services; `fetched` those downloaded in this run, `rendered` those
    whose document was made in a browser or of data; `new_versions`
    and `new_changes` what this run added to history. `missing` names the services and addresses without a capture.
    """

    services: int = 0
    known: int = 0
    fetched: int = 0
    adopted: int = 0
    rendered: int = 0
    versions: int = 0
    changes: int = 0
    new_versions: int = 0
    new_changes: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    requests_by_archive: dict[str, Counter[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    seconds: float = 0.0
    stopped: str | None = None

    def add(self, done: Tally) -> None:
        """Add what the harvest of one service did."""
        for figure in _DONE:
            setattr(self, figure, getattr(self, figure) + getattr(done, figure))

    def of_harvest(self) -> dict[str, Any]:
        """Return what harvests did, as `add_recorded` takes it from the record of runs."""
        return {
            **{figure: getattr(self, figure) for figure in _DONE},
            "requests": dict(self.requests),
            "requests_by_archive": {name: dict(made) for name, made in self.requests_by_archive.items()},
        }

    def add_recorded(self, done: Mapping[str, Any]) -> None:
        """Add what the record of a run says that a worker did."""
        for figure in _DONE:
            setattr(self, figure, getattr(self, figure) + done.get(figure, 0))
        self.requests.update(done.get("requests", {}))
        self.add_requests(done.get("requests_by_archive", {}))

    def add_requests(self, by_archive: Mapping[str, Mapping[str, int]]) -> None:
        """Add requests to archives, by endpoint."""
        for name, made in by_archive.items():
            self.requests_by_archive.setdefault(name, Counter()).update(made)

    @property
    def failed(self) -> int:
        """Captures that were tried as often as allowed and failed."""
        return sum(self.outcomes[outcome] for outcome in FAILED_FOR_GOOD)

    @property
    def exit_code(self) -> int:
        """0: done. 1: finished with captures that failed for good, or without any version. 3: the archive failed."""
        if self.unreachable:
            return 3
        return 1 if self.failed or self.found_nothing else 0

    @property
    def found_nothing(self) -> bool:
        """Whether the run finished and no version of any of its services is known."""
        return bool(self.services) and not self.versions and not self.stopped

    def as_dict(self) -> dict[str, Any]:
        """Return the same figures for JSON."""
        return {
            "services": self.services,
            "captures_known": self.known,
            "fetched": self.fetched,
            "unchanged": self.adopted,
            "rendered": self.rendered,
            "versions": self.versions,
            "changes": self.changes,
            "new_versions": self.new_versions,
            "new_changes": self.new_changes,
            "outcomes": dict(sorted(self.outcomes.items())),
            "reasons": dict(self.reasons.most_common()),
            "requests": dict(sorted(self.requests.items())),
            "requests_by_archive": {
                name: dict(sorted(made.items())) for name, made in self.requests_by_archive.items()
            },
            "missing": self.missing,
            "unreachable": self.unreachable,
            "stopped": self.stopped,
            "seconds": round(self.seconds, 1),
        }
