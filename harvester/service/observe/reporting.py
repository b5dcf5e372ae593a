"""The progress of a harvest in the service's log: one line a step, with the service and the capture in it."""

from __future__ import annotations

import logging

from harvester.store.ledger.ledger import Outcome

log = logging.getLogger(__name__)


class Logged:
    """Logs what a harvest tells; see `harvest.progress.Progress`."""

    def searching(self, service: str, url: str) -> None:
        """The index of `url` is being read."""
        log.debug("searching the index for %s", url, extra={"service": service})

    def planned(self, service: str, downloads: int) -> None:
        """So many captures more are to be downloaded."""
        log.debug("%d downloads wanted", downloads, extra={"service": service})

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """A planned capture got an outcome."""
        extra = {"service": service, "capture": capture, "outcome": str(outcome)}
        log.info("%s%s", outcome, f" ({reason})" if reason else "", extra=extra)

    def finished(self, service: str) -> None:
        """Nothing more is done for this service in this run."""

    def note(self, service: str, message: str) -> None:
        """Something that the person watching should know."""
        log.warning("%s", message, extra={"service": service})
