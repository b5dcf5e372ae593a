"""Recognise notices in place of a page: errors, blocks, parked domains.

Notices are short and say one thing; a policy may say any of these things in passing. So a phrase counts only where a
notice would have it (in the title, or in a text of few words), and never in what is likely a policy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harvester.character_references import unescape
from harvester.cleaner.quality.prose import unmarked

if TYPE_CHECKING:
    from harvester.cleaner.quality.error_phrases import PageKind

# Phrases are imported where they are looked for: a long policy needs none, and compiling them takes longer than a page.

BODY_LIMIT = 500_000
"""Bytes of a body looked at; notices are small, and the archive's own with all its menus has 100 kB."""
TEXT_LIMIT = 20_000
"""Characters of a text looked at."""
THIN = 60
"""Words of Markdown under which the body is read too: the article found may be only a piece of the notice."""
MARKUP_WORDS = 80
"""Words up to which marks in the HTML say something; live pages carry the same scripts."""
CONSENT_WORDS, CONSENT_WALL_WORDS = 400, 1600
"""Words up to which a text can be a dialog that asks for consent, and up to which it can be one with long lists."""
CONSENT_WORDS_A_PHRASE = 130
"""Words of a long dialog to each of its phrases; they go through all of it."""
CONSENT_OPENING = 300
"""Characters in which such a dialog has said what it is."""
CONSENT_PHRASES = 3
CONSENT_PARTS = 4
"""Parts of a long dialog, in each of which there is a phrase."""
POINTER_WORDS = 80
"""Words up to which a text that says where the policy is now, or that it has no force any more, is not the policy."""
STATUS_WORDS = 150
"""Words up to which a status that means a notice is believed without a phrase."""

_UNSEEN = (
    (b"<!--", b"-->"),
    (b"<script", b"</script"),
    (b"<style", b"</style"),
    (b"<svg", b"</svg"),
    (b"<template", b"</template"),
)
_TAG = re.compile(rb"<[^<>]*>")
_COOKIES = "cookie"
_SPACE = re.compile(r"\s+")


def page_kind(
    title: str, text: str, words: int, *, is_policy: bool, body: bytes | None = None, status: int | None = None
) -> tuple[PageKind, str]:
    """Return the kind of a page and, unless ``policy-or-text``, the words or the mark that decided.

    `title` and `text` are plain; `words` counts the text's; `body` is the page as it came, of any encoding that
    agrees with ASCII; `status` is the capture's own HTTP status. A short text that points to the policy's new place is
    none, however much it speaks of privacy.
    """
    # What a page on cookies says of them is what it is for.
    if _COOKIES not in title.lower() and (found_consent := _consent(text, words)):
        return "consent-dialog", f"text: {found_consent}"
    if words <= POINTER_WORDS:
        from harvester.cleaner.quality.notices_by_language import CONDITION, POINTER

        said = _flat(unmarked(text))
        for pointer in POINTER.finditer(said):
            if not CONDITION.search(said, 0, pointer.start()):
                return "soft-404", f"text: {pointer[0]}"
    if is_policy:
        return "policy-or-text", ""
    from harvester.cleaner.quality.error_phrases import NOTICES

    heading = _flat(title)
    said = _flat(unmarked(text)) if words <= max(notice.longest for notice in NOTICES) else ""
    markup = b""
    if body is not None and words < THIN:
        markup = body[:BODY_LIMIT].lower()
        seen = visible(markup)
        said, words = f"{said} {seen}".strip(), max(words, seen.count(" "))
    for notice in NOTICES:
        if words <= notice.longest_with_title and (found := notice.title.search(heading)):
            return notice.kind, f"title: {found[0]}"
        if words <= notice.longest and (found := notice.text.search(said)):
            return notice.kind, f"text: {found[0]}"
        if words <= MARKUP_WORDS and (mark := next((mark for mark in notice.markup if mark in markup), None)):
            return notice.kind, f"markup: {mark.decode('ascii')}"
    for notice in NOTICES:
        if status in notice.statuses and words <= STATUS_WORDS:
            return notice.kind, f"status: {status}"
    return "policy-or-text", ""


def _consent(text: str, words: int) -> str:
    """Return the phrase that reveals a cookie consent dialog: it begins the page, which says little else.

    It speaks of cookies, choices and privacy and so can look like a policy; a policy begins with something else.
    """
    if words > CONSENT_WALL_WORDS:
        return ""
    from harvester.cleaner.quality.consent_phrases import CONSENT, CONSENT_QUESTION

    said = _flat(unmarked(text))
    if words <= CONSENT_WORDS and (question := CONSENT_QUESTION.match(said)):
        return question[0]
    # A Chinese or Japanese text says in a third of the characters what others say.
    opening = CONSENT.search(said[: CONSENT_OPENING if len(said) > 2 * words else CONSENT_OPENING // 3])
    if opening is None:
        return ""
    found = list(CONSENT.finditer(said))
    if words > CONSENT_WORDS and len({match.start() * CONSENT_PARTS // len(said) for match in found}) < CONSENT_PARTS:
        return ""
    least = max(CONSENT_PHRASES, words // CONSENT_WORDS_A_PHRASE)
    return opening[0] if len({match[0] for match in found}) >= least else ""


def visible(markup: bytes) -> str:
    """Return the text of lower-case HTML without scripts, comments and tags, roughly, in one pass however broken it
    is.
    """
    for start, end in _UNSEEN:
        first, *rest = markup.split(start)
        # The name of an end tag is cut off with what is unseen; "<" makes a tag again of what is left of it.
        gap = b" " if end == b"-->" else b" <"
        markup = gap.join((first, *(piece.partition(end)[2] for piece in rest)))
    return _flat(unescape(_TAG.sub(b" ", markup).decode("utf-8", "replace")))


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text[:BODY_LIMIT]).strip().lower()[:TEXT_LIMIT]
