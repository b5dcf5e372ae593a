"""Bytes of a capture to what the store keeps of it: the document, its quality, and whether it may make a version.

Pure, and imports neither database nor settings: each worker that cleans pages imports this (`harvester.worker`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from harvester.catalogue.selection import NO_SELECTIONS, Selection, Selections, cleaner_label
from harvester.cleaner import CLEANER_VERSION, Document
from harvester.cleaner.document import is_pdf
from harvester.cleaner.page_text import words_shown
from harvester.cleaner.quality import Quality, assess
from harvester.cleaner.quality.page_kind import THIN
from harvester.cleaner.scripted.needs_a_browser import FEW_WORDS, needs_a_browser
from harvester.cleaner.sends_on import sends_on
from harvester.errors import CleaningError
from harvester.harvest.steps.capture_page import (
    DATA,
    RENDERED,
    SELECTED,
    CapturePage,
    after_scripts,
    document_of,
    of_data,
)
from harvester.store.content.stored_form import Contents, TextContent, contents, text_of
from harvester.store.outcome import Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The requirements of a service for a document to become a version.

    At a URL that the user named nothing is asked unless `languages` or `require_policy` say so; at one that discovery
    guessed the corpus's own rule holds: English, and a policy.
    """

    languages: tuple[str, ...] = ()
    require_policy: bool = False
    recognised: bool = True
    """Whether the document is a privacy policy, which is the one type that is recognised by its words."""
    selections: Selections = NO_SELECTIONS
    """What of its pages is its text, where the catalogue says so."""

    def doubts(self, language: str, *, is_policy: bool) -> bool:
        """Return whether a text is none of what is looked for, as far as that can be told by its words."""
        return self.recognised and language == "en" and not is_policy


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The stored form of a document, and the ledger outcome that follows from its quality."""

    contents: Contents
    outcome: Outcome
    reason: str | None
    cleaner: str = CLEANER_VERSION
    page_words: int | None = None
    """The words of the whole page; None for a PDF."""
    is_policy: bool = False
    """Whether it reads as a privacy policy."""
    recipe: str | None = None
    """How the document was made, if not of the page's bytes as they are (docs/cleaner.md)."""
    selection: Selection | None = None
    """What was selected of the page, by the recipe of that name."""

    @property
    def words(self) -> int:
        """The words of the document."""
        return int(self.contents.text.columns["words"])


@dataclass(frozen=True, slots=True)
class NoText:
    """A page that gave no document."""

    outcome: Outcome
    reason: str


COSTLY = "too-costly: "
"""The beginning of the reason of a page that exceeded the limits; it is cleaned again only on request."""


def clean_page(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
    """Make and judge the document of a page. Pure; takes about 10 ms for a page of 130 kB.

    Where a browser rendered it that page counts, unless it gives no document. If the page shows no text, its data do.
    """
    try:
        return _page_cleaned(page, acceptance)
    except MemoryError:
        return needs_too_much(page)
    except Exception as error:
        # One page must not end a harvest of years: the ledger keeps the reason, the log where it came from.
        log.exception("cleaning %s", page.snapshot_url)
        return NoText(Outcome.NO_TEXT, f"cleaner-failed: {type(error).__name__}: {error}")


def _page_cleaned(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
    if page.status is not None and page.status >= 400:
        return NoText(Outcome.GONE, f"the page answered {page.status} that day")
    made = _clean(after_scripts(page), acceptance) if page.dom is not None else None
    if page.selection is not None:
        return _labelled(made if isinstance(made, Cleaned) else _clean(page, acceptance), page.selection)
    if isinstance(made, Cleaned):
        made = replace(made, recipe=RENDERED)
    else:
        made = _clean(page, acceptance)
    if made.outcome in _MAY_LACK_ITS_TEXT and (isinstance(made, NoText) or made.words < FEW_WORDS):
        return _of_data(page, acceptance, made) or made
    return made


def _labelled(made: Cleaned | NoText, selection: Selection) -> Cleaned | NoText:
    if isinstance(made, NoText):
        return made
    recipe = SELECTED if made.page_words is not None else None  # a PDF is taken whole
    return replace(made, cleaner=cleaner_label(CLEANER_VERSION, selection), recipe=recipe, selection=selection)


def _of_data(page: CapturePage, acceptance: Acceptance, shown: Cleaned | NoText) -> Cleaned | None:
    """Return the document of a page's data if it reads as a policy, or may be one by its length."""
    data = of_data(page)
    found = _clean(data, acceptance) if data is not None else None
    if not isinstance(found, Cleaned) or found.outcome is not Outcome.STORED:
        return None
    enough = FEW_WORDS if found.is_policy else 2 * FEW_WORDS
    language = found.contents.text.columns["language"]
    if found.words < enough or acceptance.doubts(language, is_policy=found.is_policy):
        return None
    # A browser might still show what the corpus has; not of a notice, which is of another host.
    flagged = page.notice is None and (shown.reason or "").startswith(NEEDS_A_BROWSER)
    return replace(found, recipe=DATA, reason=shown.reason if flagged else None)


def _clean(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
    try:
        document = document_of(page)
    except CleaningError as error:
        return _without_text(page, error)
    comparable = document.comparable
    quality, text = _judged(document, comparable, page)
    outcome, reason = judge(quality, acceptance)
    if outcome is Outcome.STORED and (target := _sent_on(page)):
        outcome, reason = Outcome.REDIRECTED_AWAY, f"the page has no words of its own and sends on to {target}"
    page_words = None if is_pdf(page.body, page.content_type) else words_shown(page.body, page.content_type)
    doubtful = acceptance.doubts(quality.language, is_policy=quality.is_policy)
    if outcome in _MAY_LACK_ITS_TEXT and (signs := _signs_of_scripts(page, page_words, not doubtful)):
        reason = f"{signs}; {reason}" if reason else signs
    stored = contents(document, comparable, text)
    return Cleaned(stored, outcome, reason, page_words=page_words, is_policy=quality.is_policy)


def needs_too_much(page: CapturePage) -> NoText:
    """Return the outcome of a page for which the memory did not suffice."""
    return NoText(Outcome.NO_TEXT, f"{COSTLY}cleaning {page.snapshot_url}: it needs too much memory")


_KNOWN: dict[tuple[str, int | None], tuple[Quality, TextContent]] = {}
_KNOWN_AT_MOST = 16  # a text of 2 MB with what is kept of it takes some 6 MB


def _judged(document: Document, comparable: str, page: CapturePage) -> tuple[Quality, TextContent]:
    """Return the quality of a document, and its text; successive captures mostly show one text, which is judged
    once.
    """
    key = (comparable, page.status)
    if (known := _KNOWN.get(key)) is not None:
        return known
    quality = assess(document.title, document.markdown, body=page.body, status=page.status)
    found = quality, text_of(comparable, quality)
    # Of a short text the page's bytes decide too, so that it has no one quality.
    if quality.words >= THIN:
        if len(_KNOWN) >= _KNOWN_AT_MOST:
            _KNOWN.clear()
        _KNOWN[key] = found
    return found


def _sent_on(page: CapturePage) -> str | None:
    """Return where a page that only sends on leads: another page, which is no capture of this address."""
    return None if is_pdf(page.body, page.content_type) else sends_on(page.body, page.url, page.content_type)


def _without_text(page: CapturePage, error: CleaningError) -> NoText:
    """Judge a page with no article: it may still be recognised, as a block page or a parked domain's notice."""
    quality = assess("", "", body=page.body, status=page.status)
    if refused := _NEVER_A_VERSION.get(quality.page_kind):
        return NoText(refused, quality.reasons[0])
    if target := _sent_on(page):
        return NoText(Outcome.REDIRECTED_AWAY, f"the page has no words of its own and sends on to {target}")
    without = f"{error.reason}: {error}"
    signs = None if error.reason in ("empty", "not-text") else _signs_of_scripts(page, 0, False)
    return NoText(Outcome.NO_TEXT, without if signs is None else f"{signs}; {without}")


NEEDS_A_BROWSER = "needs-a-browser: "
"""The beginning of the reason of a page whose text scripts seem to make."""
NOT_RENDERED = "not-rendered: "
"""The same of such a page that a browser could not render: it is tried again only on request."""


def _signs_of_scripts(page: CapturePage, words: int | None, reads_as_policy: bool) -> str | None:
    """Return the reason of a page that seems to need a browser; `words` is None for a PDF."""
    if page.scripts_ran or words is None or is_pdf(page.body, page.content_type):
        return None
    signs = needs_a_browser(page.body, page.content_type, words, reads_as_policy=reads_as_policy)
    return f"{NEEDS_A_BROWSER}{', '.join(signs)}" if signs else None


_MAY_LACK_ITS_TEXT = (Outcome.NO_TEXT, Outcome.STORED, Outcome.NOT_A_POLICY, Outcome.WRONG_LANGUAGE)
_NEVER_A_VERSION = {
    "soft-404": Outcome.SOFT_404,
    "block-page": Outcome.BLOCK_PAGE,
    "excuse-page": Outcome.EXCLUDED,
    "consent-dialog": Outcome.NOT_A_POLICY,
    "parked": Outcome.PARKED,
    "maintenance": Outcome.BLOCK_PAGE,
}


def judge(quality: Quality, acceptance: Acceptance) -> tuple[Outcome, str | None]:
    """Return the outcome of a document: stored, or why it cannot be a version."""
    if refused := _NEVER_A_VERSION.get(quality.page_kind):
        return refused, quality.reasons[0]
    if acceptance.languages and quality.language not in acceptance.languages:
        return Outcome.WRONG_LANGUAGE, f"its language is {quality.language}, not {' or '.join(acceptance.languages)}"
    if acceptance.require_policy and not quality.is_policy:
        return Outcome.NOT_A_POLICY, f"policy likelihood {quality.policy_likelihood:.2f}"
    return Outcome.STORED, None
