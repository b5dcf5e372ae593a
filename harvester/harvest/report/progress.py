"""What a running harvest tells whoever watches it."""

from __future__ import annotations

from typing import Protocol

from harvester.store.ledger.ledger import Outcome


class Progress(Protocol):
    """Told of each step as it happens, from several threads; the command line draws it, the service logs it."""

    def searching(self, service: str, url: str) -> None:
        """The index of `url` is being read."""

    def planned(self, service: str, downloads: int) -> None:
        """So many captures more are to be downloaded."""

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """A planned capture, named by ``timestamp/url``, got an outcome."""

    def finished(self, service: str) -> None:
        """Nothing more is done for this service in this run."""

    def note(self, service: str, message: str) -> None:
        """Something that the person watching should know."""


class Silent:
    """Tells no one."""

    def searching(self, service: str, url: str) -> None:
        """See `Progress`."""

    def planned(self, service: str, downloads: int) -> None:
        """See `Progress`."""

    def settled(self, service: str, outcome: Outcome, reason: str | None, capture: str) -> None:
        """See `Progress`."""

    def finished(self, service: str) -> None:
        """See `Progress`."""

    def note(self, service: str, message: str) -> None:
        """See `Progress`."""
