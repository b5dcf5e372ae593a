"""The figures of a re-cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Recleaned:
    """The result of re-cleaning: captures processed, documents and texts that differ, and by how much.

    `share` is the sum over altered texts of the share of words that differ; `outcomes` counts captures by
    ``before -> after`` where the outcome itself changed. `measures` counts texts that are measured differently now;
    `histories` names the services that have one.
    """

    captures: int = 0
    documents: int = 0
    texts: int = 0
    share: float = 0.0
    largest: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    measures: int = 0
    histories: list[str] = field(default_factory=list)

    def add(self, other: Recleaned) -> None:
        """Add the figures of another piece."""
        self.captures += other.captures
        self.documents += other.documents
        self.texts += other.texts
        self.share += other.share
        self.largest = max(self.largest, other.largest)
        for step, number in other.outcomes.items():
            self.outcomes[step] = self.outcomes.get(step, 0) + number
        self.measures += other.measures
        self.histories = sorted({*self.histories, *other.histories})

    def count(self, step: str) -> None:
        """Count a capture whose outcome changed."""
        self.outcomes[step] = self.outcomes.get(step, 0) + 1

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as a dictionary for JSON."""
        return {
            "captures": self.captures,
            "documents": self.documents,
            "texts": self.texts,
            "share": self.share,
            "largest": self.largest,
            "outcomes": dict(sorted(self.outcomes.items())),
            "measures": self.measures,
            "histories": self.histories,
        }
