"""The outcomes of captures in words for readers, and what people at the desk can do about them."""

from __future__ import annotations

from harvester.store.ledger.ledger import Outcome

IN_WORDS = {
    Outcome.PLANNED: "still to be fetched",
    Outcome.DUE_AGAIN: "failed for now and will be tried again",
    Outcome.LEFT_OUT: "not needed: the sampling chose others",
    Outcome.STORED: "fetched, and shows the policy",
    Outcome.UNCHANGED: "has the bytes of another capture, so it was not fetched",
    Outcome.PART: "shows a page of the document, which is combined of several",
    Outcome.GONE: "shows an error instead of the policy",
    Outcome.NO_TEXT: "no text could be taken out of it",
    Outcome.SOFT_404: "says that the page was not found",
    Outcome.BLOCK_PAGE: "shows a page that turns visitors away",
    Outcome.PARKED: "shows a domain that was for sale",
    Outcome.NOT_A_POLICY: "shows something other than the policy",
    Outcome.WRONG_LANGUAGE: "is in a language that is not wanted",
    Outcome.EXCLUDED: "the archive does not show this site",
    Outcome.NOT_ARCHIVED: "the archive has no capture",
    Outcome.INDEX_ENDLESS: "the index of the archive does not end, so it may have a capture",
    Outcome.NOT_FOUND: "no policy was found on the home pages",
    Outcome.UNPLAYABLE: "the archive lists it and does not show it",
    Outcome.REDIRECTED_AWAY: "only leads elsewhere",
    Outcome.TOO_LARGE: "is too large to fetch",
    Outcome.FAILED: "could not be fetched, after several tries",
}

_AGAIN = "“Try again” has the next poll ask for it once more."
REMEDIES = {
    Outcome.DUE_AGAIN: "It is tried again by itself.",
    Outcome.FAILED: _AGAIN,
    Outcome.GONE: "Nothing: the policy was not there.",
    Outcome.NO_TEXT: "Look at the snapshot: perhaps it is an image.",
    Outcome.SOFT_404: "Check the address.",
    Outcome.BLOCK_PAGE: "Nothing: the policy was not captured.",
    Outcome.PARKED: "End the source before that day, if it stays so.",
    Outcome.NOT_A_POLICY: "Check the address of the source.",
    Outcome.WRONG_LANGUAGE: "Allow it in the catalogue, or leave it.",
    Outcome.EXCLUDED: "It is asked again after a while, by itself.",
    Outcome.NOT_ARCHIVED: "Another archive may have one (`archive` in the settings).",
    Outcome.INDEX_ENDLESS: "The index is searched again after a month, by itself.",
    Outcome.NOT_FOUND: "Name its address in the sources.",
    Outcome.UNPLAYABLE: _AGAIN,
    Outcome.REDIRECTED_AWAY: "Add the page that it leads to as a source.",
    Outcome.TOO_LARGE: "Raise `fetch.max_body_bytes`, if it is a policy.",
}
"""What can be done about an outcome that shows no policy."""
