"""The outcomes of the ledger; apart from it, so that what judges a page needs no database."""

from __future__ import annotations

from enum import StrEnum


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
