"""The outcomes of the ledger, and which texts show no policy; apart from it, so that what judges a page needs no
database, and what lists services needs no history.
"""

from __future__ import annotations

from enum import StrEnum

NO_POLICY = 0.25
"""Policy likelihood up to which a text clearly is no policy."""
_FIRST_LANGUAGES = "en fr de es it pt nl"
_MORE_LANGUAGES = (
    "ar az be bg bs cs da el et fa fi he hi hr hu id is ja ko lt lv mk mo mr ms nb ne nn no pl ps ro ru sk sl sq sr sv"
    " th tr uk ur vi zh"
)
LIKELIHOOD_KNOWS = frozenset(f"{_FIRST_LANGUAGES} {_MORE_LANGUAGES}".split())
"""The languages of which `policy_likelihood` has phrases; in others it is low for policies too.

Listed here, since what reads a store need not read the phrases.
"""


class Outcome(StrEnum):
    """The result of a capture. `planned` and `due-again` are pending; the rest are final until requested again."""

    PLANNED = "planned"
    DUE_AGAIN = "due-again"
    LEFT_OUT = "left-out"
    STORED = "stored"
    UNCHANGED = "unchanged"
    PART = "part"
    GONE = "gone"
    NO_TEXT = "no-text"
    SOFT_404 = "soft-404"
    BLOCK_PAGE = "block-page"
    PARKED = "parked"
    NOT_A_POLICY = "not-a-policy"
    WRONG_LANGUAGE = "wrong-language"
    EXCLUDED = "excluded"
    NOT_ARCHIVED = "not-archived"
    INDEX_ENDLESS = "index-endless"
    NOT_FOUND = "not-found"
    UNPLAYABLE = "unplayable"
    REDIRECTED_AWAY = "redirected-away"
    TOO_LARGE = "too-large"
    FAILED = "failed"


MEANING = {
    Outcome.PLANNED: "still to be fetched",
    Outcome.DUE_AGAIN: "failed for now, and will be tried again",
    Outcome.LEFT_OUT: "not needed: the sampling chose others, or it is listed as an image or the like",
    Outcome.STORED: "fetched or imported, and shows the policy",
    Outcome.UNCHANGED: "has the bytes of another capture, so it was not fetched",
    Outcome.PART: "shows one of several pages that are combined into a document",
    Outcome.GONE: "shows an error instead of the policy: the page answered 4xx or 5xx that day",
    Outcome.NO_TEXT: "has no text: it is empty, an image, a broken PDF, or has no article",
    Outcome.SOFT_404: "says that the page does not exist, with status 200",
    Outcome.BLOCK_PAGE: "shows a page that turns visitors away, with status 200",
    Outcome.PARKED: "shows a domain that is for sale or parked",
    Outcome.NOT_A_POLICY: "does not read like a policy, or is a home page",
    Outcome.WRONG_LANGUAGE: "is in a language that is not accepted",
    Outcome.EXCLUDED: "the archive does not show this site",
    Outcome.NOT_ARCHIVED: "the archive has no capture",
    Outcome.INDEX_ENDLESS: "the archive's index was not read to its end, so there may be captures that are not listed",
    Outcome.NOT_FOUND: "no home page in the archive links to the policy",
    Outcome.UNPLAYABLE: "the archive lists it and cannot play it back",
    Outcome.REDIRECTED_AWAY: "only leads elsewhere: out of the archive, too far in time, or in a circle",
    Outcome.TOO_LARGE: "is larger than is allowed",
    Outcome.FAILED: "could not be fetched, after several tries",
}
"""Each outcome in words, for readers of pages, of the command line and of exports."""
