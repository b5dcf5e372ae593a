"""Rights and choices that a policy grants, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RIGHT = r"\brights?\s+(?:\w+\s+){0,3}?(?:to|of)\s+(?:\w+,?\s+){0,4}?"
_PATTERNS = {
    "to access your data": rf"{_RIGHT}access\b|\baccess rights?\b|\bright of access\b",
    "to have data corrected": rf"{_RIGHT}(?:correct|rectif)\w*",
    "to have data deleted": rf"{_RIGHT}(?:delet|eras|be forgotten)\w*|\bright to be forgotten\b",
    "to data portability": r"\bdata portability\b|\bright\s+to\s+portability\b",
    "to restrict processing": rf"{_RIGHT}(?:restrict|restriction)\b|\brestriction of processing\b",
    "to object to processing": rf"{_RIGHT}object\b",
    "to withdraw consent": r"\bwithdraw(?:ing|al of)?\s+(?:\w+\s+){0,3}consent\b",
    "to complain to an authority": (
        r"\b(?:lodge|file|make|submit)\s+(?:\w+\s+){0,2}complaint\b[^.]{0,80}\b(?:authorit|commissioner|regulator)"
    ),
    "to opt out of sale": r"\bopt[- ]?out of\s+(?:\w+\s+){0,4}?(?:sale|sell)\w*|\bdo not sell\b",
    "to opt out of targeted advertising": (
        r"\bopt[- ]?out of\s+(?:\w+[,;]?\s+){0,8}?"
        r"(?:targeted|interest-based|personali[sz]ed|tailored|cross-context)\s+(?:\w+\s+)?(?:advertis\w+|ads)\b"
    ),
    "to limit the use of sensitive data": r"\blimit\s+(?:\w+\s+){0,4}use\s+(?:\w+\s+){0,4}sensitive\b",
    "to appeal a decision": (
        r"\b(?:right\s+to\s+appeal|appeal\s+(?:\w+\s+){0,3}(?:decision|denial|refusal)|submit an appeal)\b"
    ),
    "not to be discriminated against": (
        r"\b(?:not\s+(?:\w+\s+){0,2}discriminate\w*\s+against\s+you|right\s+to\s+non-?discrimination"
        r"|not be discriminated)\b"
    ),
    "to use an authorized agent": r"\bauthori[sz]ed agent\b",
    "to human review of automated decisions": (
        r"\b(?:human (?:intervention|review)|subject to (?:a )?decisions? based solely on automated)\b"
    ),
    "to unsubscribe": r"\bunsubscrib\w+",
}
_RIGHTS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_OTHER_LETTERS = re.compile("[ıſİ]")
"""What IGNORECASE takes for i and s, and `lower` does not."""
# In small letters, what a text has one of if the pattern fits: a search for that takes a fiftieth.
_NEEDED = {
    "to access your data": ("access",),
    "to have data corrected": ("correct", "rectif"),
    "to have data deleted": ("delet", "eras", "forgotten"),
    "to data portability": ("portability",),
    "to restrict processing": ("restrict",),
    "to object to processing": ("object",),
    "to withdraw consent": ("withdraw",),
    "to complain to an authority": ("complaint",),
    "to opt out of sale": ("opt-out", "opt out", "optout", "do not sell"),
    "to opt out of targeted advertising": ("opt-out", "opt out", "optout"),
    "to limit the use of sensitive data": ("sensitive",),
    "to appeal a decision": ("appeal",),
    "not to be discriminated against": ("discriminat",),
    "to use an authorized agent": ("agent",),
    "to human review of automated decisions": ("human", "automated"),
    "to unsubscribe": ("unsubscrib",),
}
# What a text must not say at all for a right to be missing from it: the right may be granted in other words.
_HINTS = {
    "to access your data": r"\baccess\w*\s+(?:\w+\s+){0,5}(?:data|information|account)|\bcopy of\b",
    "to have data corrected": r"\b(?:correct|rectif|amend|updat|edit)\w*",
    "to have data deleted": r"\b(?:delet|eras|remov)\w*",
    "to data portability": r"\bportab\w+|\bmachine[- ]readable|\btransfer your\b",
    "to restrict processing": r"\brestrict\w*|\blimit\w*\s+(?:\w+\s+){0,4}processing|\bstop processing",
    "to object to processing": r"\bobject(?:ion|ing)?\b",
    "to withdraw consent": r"\b(?:withdr\w+|revok\w+)",
    "to complain to an authority": r"\bcomplain\w*",
    "to opt out of sale": r"\bopt[- ]?out\b[^.]{0,80}\b(?:sale|sell)|\bdo not sell\b|\bselling\b",
    "to opt out of targeted advertising": r"\bopt[- ]?(?:ing |ed )?out\b|\binterest-based\b",
    "to limit the use of sensitive data": r"\bsensitive\b",
    "to appeal a decision": r"\bappeal\w*",
    "not to be discriminated against": r"\bdiscriminat\w+",
    "to use an authorized agent": r"\bagent\b",
    "to human review of automated decisions": r"\bautomated\s+(?:\w+[- ]){0,2}(?:decision|process)\w*|\bhuman\b",
    "to unsubscribe": r"\bunsubscrib\w+|\bopt[- ]?out\b",
}
_HINTED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _HINTS.items()}


def may_grant(text: str, right: str) -> bool:
    """Return whether a text has any words by which the right could be granted."""
    return _RIGHTS[right].search(text) is not None or _HINTED[right].search(text) is not None


def rights(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each right that a text names, with the characters that name it."""
    lowered = None if _OTHER_LETTERS.search(text) else text.lower()
    for name, pattern in _RIGHTS.items():
        for word in _NEEDED[name]:
            if lowered is None or word in lowered:
                break
        else:
            continue
        for found in pattern.finditer(text):
            yield name, found.start(), found.end()
