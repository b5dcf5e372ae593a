"""What a service asks of its documents, and pages cleaned in workers."""

from __future__ import annotations

import logging
from dataclasses import replace

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.catalogue.entries import ServiceEntry
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import COSTLY, Acceptance, Cleaned, NoText, clean_page, needs_too_much
from harvester.processes import WorkerLost, apart
from harvester.settings import AcceptSettings
from harvester.store.outcome import Outcome
from harvester.timing import timed

log = logging.getLogger(__name__)


def discovered(type_: str) -> Acceptance:
    """Return what is asked of a document at an address that discovery guessed: the corpus's own rule, English and, of
    a privacy policy, that it reads like one.
    """
    is_policy = type_ == PRIVACY_POLICY
    return Acceptance(languages=("en",), require_policy=is_policy, recognised=is_policy)


def acceptance_of(entry: ServiceEntry, accept: AcceptSettings) -> Acceptance:
    """Return the requirements of a service for its documents: its entry over the settings; the corpus's rule where it
    is discovered.
    """
    if not entry.sources:
        return replace(discovered(entry.type), selections=entry.selections)
    languages = accept.languages if entry.languages is None else entry.languages
    require = accept.require_policy if entry.require_policy is None else entry.require_policy
    is_policy = entry.type == PRIVACY_POLICY
    return Acceptance(languages, require and is_policy, is_policy, entry.selections)


def clean_apart(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
    """Make and judge the document of a page that a stranger sent, in a worker: what kills that costs one capture."""
    try:
        with timed("clean"):
            return apart(clean_page, page, acceptance)
    except WorkerLost as error:
        log.warning("cleaning %s: %s", page.snapshot_url, error)
        return NoText(Outcome.NO_TEXT, f"{COSTLY}cleaning {page.snapshot_url}: {error}")
    except MemoryError:
        return needs_too_much(page)
