"""The outcomes of the ledger, and which texts show no policy; apart from it, so that what judges a page needs no
database, and what lists services needs no history.
"""

from __future__ import annotations

from enum import StrEnum

NO_POLICY = 0.25
"""Policy likelihood up to which a text clearly is no policy."""
LIKELIHOOD_KNOWS = frozenset({"en", "fr", "de", "es", "it", "pt", "nl"})
"""The languages of which `policy_likelihood` has phrases; in others it is low for policies too."""


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
