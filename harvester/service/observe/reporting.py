"""The progress of a harvest in the service's log: one line a step, with the service and the capture in it."""

from __future__ import annotations

import logging

from harvester.store.ledger.ledger import Outcome

log = logging.getLogger(__name__)


class Logged:
    """Logs what a harvest reports; see `harvest.progress.Progress`."""

    def searching(self, service: str, url: str) -> None:
        """Log that the index of `url` is being read."""
        log.debug("searching the index for %s", url, extra={"service": service})

    def planned(self, service: str, downloads: int) -> None:
        """Log how many more captures are to be downloaded."""
        log.debug("%d downloads wanted", downloads, extra={"service": service})

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """Log the outcome of a planned capture."""
        extra = {"service": service, "capture": capture, "outcome": str(outcome)}
        log.info("%s%s", outcome, f" ({reason})" if reason else "", extra=extra)

    def finished(self, service: str) -> None:
        """Log that this run has finished this service."""

    def note(self, service: str, message: str) -> None:
        """Log a message for the operator."""
        log.warning("%s", message, extra={"service": service})
