"""Documents made again from stored bytes as the harvest made them, for `harvester verify`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.archive.local.local_archive import LOCAL
from harvester.archive.playback.naming import is_of_git
from harvester.archive.playback.stored import naming_of_stored
from harvester.cleaner import CLEANER_VERSION, Document
from harvester.errors import CleaningError, CorruptStore, HarvesterError
from harvester.harvest.steps.capture_page import (
    DATA,
    RENDERED,
    SELECTED,
    CapturePage,
    after_scripts,
    document_of,
    of_data,
    page_of,
)
from harvester.harvest.steps.page_parts import notice_of, stored_parts
from harvester.settings import Settings
from harvester.store.admin.verify import Rebuild
from harvester.store.content import renderings, selections
from harvester.store.database import Database
from harvester.store.ledger import ledger
from harvester.store.schema import Capture, Playback, Service, Source


def unnamed_archives(database: Database, settings: Settings) -> list[str]:
    """Return the archives of stored pages that these settings do not name, so that links of their own site, which lead
    into the archive, cannot be made again as they were.
    """

    def named(archive: str) -> bool:
        try:
            return archive == LOCAL.name or is_of_git(archive) or bool(settings.archive_named(archive))
        except HarvesterError:
            return False

    with database.reading() as session:
        stored = session.scalars(select(Capture.archive).where(Capture.payload_id.is_not(None)).distinct()).all()
    return sorted(one for one in stored if not named(one))


def rebuilding(settings: Settings) -> Rebuild:
    """Return the function that makes a document again; it returns None for one by another cleaner or an import."""

    def rebuild(session: Session, capture: Capture, body: bytes) -> Document | None:
        edition, _, selected = (capture.cleaner or "").partition("+")
        if edition != CLEANER_VERSION:
            return None
        selection = selections.get(session, selected) if selected else None
        if selected and selection is None:
            raise CorruptStore("the selectors that it was made with are missing; `harvester reclean --force` mends it")
        source = session.get_one(Source, capture.source_id)
        playback = session.get(Playback, capture.id)
        if playback is not None:
            named = naming_of_stored(
                settings, capture.archive, capture.timestamp, source.url, playback.url, playback.chain
            )
            content_type = playback.headers.get("content-type")
        else:
            named = naming_of_stored(settings, capture.archive, capture.timestamp, source.url)
            assert capture.payload_id is not None
            content_type = ledger.content_type_of(session, capture.payload_id)
        domain = session.get_one(Service, capture.service_id).name
        page = page_of(body, named, domain, content_type, capture.status, selection)
        if capture.recipe == RENDERED:
            assert capture.payload_id is not None
            dom = renderings.dom_of(session, capture.source_id, capture.archive, capture.payload_id, capture.timestamp)
            if dom is None:
                raise CorruptStore("the page that a browser rendered is missing")
            page = after_scripts(replace(page, dom=dom))
        elif capture.recipe == SELECTED:
            return _selected(session, capture, page)
        elif capture.recipe == DATA:
            data = of_data(replace(page, notice=notice_of(page, stored_parts(session, capture.archive)).page))
            if data is None:
                raise CorruptStore("the data that it was made of are missing")
            page = data
        if is_of_git(capture.archive):
            page = replace(page, snapshot_url=named.url)
        return document_of(page)

    return rebuild


def _selected(session: Session, capture: Capture, page: CapturePage) -> Document:
    """Return what is selected of the page after its scripts, if a browser rendered it, else of the page."""
    assert capture.payload_id is not None
    dom = renderings.dom_of(session, capture.source_id, capture.archive, capture.payload_id, capture.timestamp)
    if dom is not None:
        with suppress(CleaningError):
            return document_of(after_scripts(replace(page, dom=dom)))
    return document_of(page)
