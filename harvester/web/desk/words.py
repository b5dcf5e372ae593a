"""Outcomes in words for people, and the log of who did what."""

from __future__ import annotations

import logging

from harvester.store.ledger.ledger import Outcome
from harvester.web.desk.sessions import SignedIn

log = logging.getLogger("harvester.web.desk")

_AGAIN = "“Try again” has the next poll ask for it once more."
WORDS: dict[str, tuple[str, str]] = {
    Outcome.DUE_AGAIN: ("It failed for the moment", "It is tried again by itself."),
    Outcome.FAILED: ("It failed every time", _AGAIN),
    Outcome.GONE: ("The site itself answered with an error that day", "Nothing: the policy was not there."),
    Outcome.NO_TEXT: ("The page has no text that could be read", "Look at the snapshot: perhaps it is an image."),
    Outcome.SOFT_404: ("The page says that it was not found, though it answered as if it were", "Check the address."),
    Outcome.BLOCK_PAGE: ("The archive was shown a page that blocks visitors", "Nothing: the policy was not captured."),
    Outcome.PARKED: ("The domain was for sale or parked", "End the source before that day, if it stays so."),
    Outcome.NOT_A_POLICY: ("The page does not read like a policy", "Check the address of the source."),
    Outcome.WRONG_LANGUAGE: (
        "The page is in a language that is not accepted",
        "Allow it in the catalogue, or leave it.",
    ),
    Outcome.EXCLUDED: ("The archive does not show this site", "It is asked again after a while, by itself."),
    Outcome.NOT_ARCHIVED: ("The archive has no capture", "Another archive may have one (`archive` in the settings)."),
    Outcome.NOT_FOUND: ("No home page in the archive leads to the policy", "Name its address in the sources."),
    Outcome.UNPLAYABLE: ("The archive lists it and does not play it back", _AGAIN),
    Outcome.REDIRECTED_AWAY: ("It leads to another page or another time", "Add the page that it leads to as a source."),
    Outcome.TOO_LARGE: ("It is larger than `fetch.max_body_bytes`", "Raise that limit, if it is a policy."),
}
"""What an outcome means, and what can be done about it."""


def done(person: SignedIn, what: str, whom: str) -> None:
    """Log what a person did, by name."""
    log.info("%s %s %s", person.person, what, whom, extra={"person": person.person, "service": whom})
