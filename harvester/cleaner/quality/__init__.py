"""Quality flags of a document, stored beside it; none of them deletes anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harvester.cleaner.quality import language, policy_in_more_languages, prose
from harvester.cleaner.quality import policy as policy_likelihood
from harvester.cleaner.quality.page_kind import page_kind
from harvester.cleaner.quality.simhash import simhash

if TYPE_CHECKING:
    from harvester.cleaner.quality.error_phrases import PageKind


@dataclass(frozen=True, slots=True)
class Quality:
    """The flags of one document; docs/quality.md gives every rule and threshold."""

    language: str
    """ISO 639-1, or ``und``."""
    language_confidence: float
    """0 to 1, an order, not a probability."""
    policy_likelihood: float
    """0 to 1."""
    is_policy: bool
    """`policy_likelihood` is at least `policy_likelihood.THRESHOLD`."""
    page_kind: PageKind
    reasons: tuple[str, ...]
    """The reasons why `page_kind` is not ``policy-or-text``, and why `is_policy` is false, for the ledger."""
    simhash: int
    """64 bits, unsigned; compare with `simhash.hamming`."""
    words: int
    reading_grade: float | None
    """Flesch-Kincaid grade; None for other languages than English and without words."""


def language_of(plain: str) -> str:
    """Return the ISO 639-1 code of a plain text's language, ``und`` where it is too short to tell.

    Of a long text three pieces are read, in half the time of a text of 13,000 characters.
    """
    sample = language.sampled(plain)
    return language.detect(sample, prose.words(sample))[0]


def assess(title: str, markdown: str, *, body: bytes | None = None, status: int | None = None) -> Quality:
    """Return the flags of a document, from its title and Markdown, and if known the page's bytes and HTTP status.

    The body is looked at only when the Markdown is short, since then a notice may hide in what the cleaner left out;
    pass an empty `markdown` for a page that could not be cleaned.
    """
    text = prose.plain(markdown)
    text_words = prose.words(text)
    title_words = prose.words(title)
    spoken, confidence = language.detect(text, text_words)
    counts = Counter(text_words)
    likelihood = policy_likelihood.likelihood(title_words, text_words, counts)
    if policy_in_more_languages.knows(spoken):
        found, is_spoken = policy_in_more_languages.likelihood(spoken, title_words, text_words)
        likelihood = max(likelihood, found)
        spoken, confidence = (spoken, confidence) if is_spoken else ("und", 0.0)
    is_policy = likelihood >= policy_likelihood.THRESHOLD
    kind, told_by = page_kind(title, text, len(text_words), is_policy=is_policy, body=body, status=status)
    reasons = [] if kind == "policy-or-text" else [f"{kind} ({told_by})"]
    if not is_policy:
        reasons.append(f"policy likelihood {likelihood:.2f}, under {policy_likelihood.THRESHOLD}")
    return Quality(
        language=spoken,
        language_confidence=confidence,
        policy_likelihood=likelihood,
        is_policy=is_policy,
        page_kind=kind,
        reasons=tuple(reasons),
        simhash=simhash(text_words),
        words=len(text_words),
        reading_grade=prose.reading_grade(text, counts) if spoken == "en" else None,
    )
