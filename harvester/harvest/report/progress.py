"""What a running harvest reports."""

from __future__ import annotations

from typing import Protocol

from harvester.store.ledger.ledger import Outcome


class Progress(Protocol):
    """Told of each step as it happens, from several threads; the command line draws it, the service logs it."""

    def searching(self, service: str, url: str) -> None:
        """Report that the index of `url` is being read."""

    def planned(self, service: str, downloads: int) -> None:
        """Report how many more captures are to be downloaded."""

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """Report the outcome of a planned capture, named by ``timestamp/url``."""

    def finished(self, service: str) -> None:
        """Report that this run has finished this service."""

    def note(self, service: str, message: str) -> None:
        """Report a message for the operator."""


class Silent:
    """Tells no one."""

    def searching(self, service: str, url: str) -> None:
        """Do nothing."""

    def planned(self, service: str, downloads: int) -> None:
        """Do nothing."""

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """Do nothing."""

    def finished(self, service: str) -> None:
        """Do nothing."""

    def note(self, service: str, message: str) -> None:
        """Do nothing."""
