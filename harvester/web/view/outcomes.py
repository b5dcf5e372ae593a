"""What people at the desk can do about the outcomes of captures."""

from __future__ import annotations

from harvester.store.outcome import Outcome

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
