"""The log of who did what at the desk."""

from __future__ import annotations

import logging

from harvester.web.desk.sessions import SignedIn

log = logging.getLogger("harvester.web.desk")


def done(person: SignedIn, what: str, whom: str) -> None:
    """Log what a person did, by name."""
    log.info("%s %s %s", person.person, what, whom, extra={"person": person.person, "service": whom})
