"""Captures that are cleaned at once: those of one source and archive with the same bytes and the same document.

One whose page embeds its text from another host, or whose scripts load it, is cleaned alone: its text is that of its
own time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Executable, false, func, select
from sqlalchemy.orm import Session

from harvester.archive.playback.naming import Naming
from harvester.archive.playback.stored import naming_of_stored
from harvester.catalogue.selection import NO_SELECTIONS, Selection, Selections, cleaner_label
from harvester.cleaner import CLEANER_VERSION
from harvester.diffing import compare
from harvester.harvest.reclean.as_published import published_again
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.steps.capture_page import DATA, CapturePage, page_of
from harvester.harvest.steps.clean import clean_apart
from harvester.harvest.steps.clean_page import NEEDS_A_BROWSER, NOT_RENDERED, Acceptance, Cleaned, NoText
from harvester.harvest.steps.page_parts import notice_of, stored_parts
from harvester.settings import Settings
from harvester.store.content import contents, documents, measures, payloads, renderings
from harvester.store.content import selections as kept_selections
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.database import Database
from harvester.store.ledger import ledger
from harvester.store.ledger.digests import text_is_elsewhere
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Playback, Rendering, Service, Source

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """Captures of one source and archive with the same bytes and, now, the same document: cleaned once for all."""

    captures: tuple[int, ...]
    source_id: int
    archive: str
    payload_id: int
    document_id: int | None
    text_id: int | None
    service: str
    named: Naming
    status: int | None
    content_type: str | None
    selection: Selection | None = None
    first: int = 0
    """The capture as which it is rendered, and its time."""
    taken_at: datetime | None = None
    published: str | None = None
    """The form in which others published its document, which no cleaner made."""

    @property
    def cleaner(self) -> str:
        """What makes its document now."""
        return self.published or cleaner_label(CLEANER_VERSION, self.selection)


def groups(
    database: Database,
    settings: Settings,
    service: str,
    *wanted: ColumnElement[bool],
    selections: Selections = NO_SELECTIONS,
) -> Iterator[Group]:
    """Yield the groups of a service's captures with bytes for which these conditions hold, by payload.

    `selections` are what of its pages is to be the text now.
    """

    def alike(row: Any) -> tuple[Any, ...]:
        start, _ = selections.bounds(row.source_url, row.timestamp)
        alone, ours = row.id if row.elsewhere else 0, row.cleaner not in AS_PUBLISHED
        return row.payload_id, row.source_id, row.archive, row.document_id or 0, start, alone, ours

    with database.reading() as session:
        rows = session.execute(_captures(service, *wanted)).all()
    for _, found in groupby(rows, alike):
        members = list(found)
        fetched = next((row for row in members if row.headers is not None), None)
        first = fetched or members[0]
        yield Group(
            captures=tuple(row.id for row in members),
            source_id=first.source_id,
            archive=first.archive,
            payload_id=first.payload_id,
            document_id=first.document_id,
            text_id=first.text_id,
            service=service,
            named=naming_of_stored(
                settings, first.archive, first.timestamp, first.source_url, first.played, first.chain or ()
            ),
            status=first.answered if fetched is not None else first.status,
            content_type=(first.headers or {}).get("content-type") if fetched is not None else None,
            selection=selections.at(first.source_url, first.timestamp),
            first=first.id,
            taken_at=first.timestamp,
            published=first.cleaner if first.cleaner in AS_PUBLISHED else None,
        )


def _captures(service: str, *wanted: ColumnElement[bool]) -> Executable:
    return (
        select(
            Capture.id,
            Capture.payload_id,
            Capture.source_id,
            Capture.archive,
            Capture.document_id,
            Capture.text_id,
            Capture.cleaner,
            Capture.timestamp,
            Capture.status,
            Source.url.label("source_url"),
            Playback.url.label("played"),
            Playback.chain,
            Playback.status.label("answered"),
            Playback.headers,
            func.coalesce(text_is_elsewhere(Capture), false()).label("elsewhere"),
        )
        .join(Service, Service.id == Capture.service_id)
        .join(Source, Source.id == Capture.source_id)
        .outerjoin(Playback, Playback.capture_id == Capture.id)
        .where(Service.name == service, Capture.payload_id.is_not(None), *wanted)
        .order_by(
            Capture.payload_id,
            Capture.source_id,
            Capture.archive,
            func.coalesce(Capture.document_id, 0),
            Capture.timestamp,
            Capture.id,
        )
    )


def page_of_group(
    session: Session, group: Group, known: payloads.Bodies | None = None
) -> tuple[CapturePage, Rendering | None]:
    """Return the page that a group shows, with what a browser made of it and the notice that it embeds; and how it was
    rendered, if it was. `known` are bodies that were read before.
    """
    content_type = group.content_type
    if content_type is None:
        content_type = ledger.content_type_of(session, group.payload_id)
    body = payloads.get(session, group.payload_id, known)
    page = page_of(body, group.named, group.service, content_type, group.status, group.selection)
    rendering = renderings.of(session, group.source_id, group.archive, group.payload_id, group.taken_at)
    dom, notice = renderings.page_of(session, rendering), notice_of(page, stored_parts(session, group.archive))
    return replace(page, dom=dom, notice=notice.page, notice_away=notice.away), rendering


def made_again(
    database: Database, group: Group, acceptance: Acceptance, known: payloads.Bodies | None = None
) -> Cleaned | NoText:
    """Clean the page of a group with the present cleaner, or measure what was published again; `known` are bodies that
    were read before.
    """
    with database.reading() as session:
        if group.published is not None and group.document_id is not None:
            return published_again(session, group.service, group.document_id, group.named, group.published)
        page, rendering = page_of_group(session, group, known)
    return told_of(clean_apart(page, acceptance), page, rendering)


def told_of(result: Cleaned | NoText, page: CapturePage, rendering: Rendering | None) -> Cleaned | NoText:
    """Return a result whose reason, where it needs a browser, says instead why that gave no page, and of which day the
    notice is that is not the page's.
    """
    reason = result.reason or ""
    if not reason.startswith(NEEDS_A_BROWSER):
        return result
    if rendering is not None:
        reason = f"{NOT_RENDERED}{rendering.problem or 'no document comes of it after its scripts'}"
    if page.notice_away:
        reason = f"{reason}; the archive has its notice of another time, {page.notice_away}"
    return replace(result, reason=reason)


def settle_groups(
    session: Session, made: Sequence[tuple[Group, Cleaned | NoText]], now: datetime, done: Recleaned
) -> None:
    """Give the captures of some groups another result, and count into `done` what that altered."""
    numbers = [number for group, _ in made for number in group.captures]
    captures = {one.id: one for one in session.scalars(select(Capture).where(Capture.id.in_(numbers)))}
    texts = [result.contents for _, result in made if isinstance(result, Cleaned)]
    numbers_of = contents.put(session, texts)
    measurable = [(*numbers, one.text) for numbers, one in zip(numbers_of, texts, strict=True)]
    put = iter(numbers_of)
    for group, result in made:
        document_id, text_id = next(put) if isinstance(result, Cleaned) else (None, None)
        if isinstance(result, Cleaned) and result.selection is not None:
            kept_selections.keep(session, result.selection)
        of_group = [captures[number] for number in group.captures]
        _settle_group(session, group, of_group, result, document_id, text_id, now, done)
    measured, services = measures.renew(session, measurable)
    done.measures += measured
    done.histories = sorted({*done.histories, *services})


def _settle_group(
    session: Session,
    group: Group,
    captures: Sequence[Capture],
    result: Cleaned | NoText,
    document_id: int | None,
    text_id: int | None,
    now: datetime,
    done: Recleaned,
) -> None:
    altered = document_id != group.document_id
    for capture in captures:
        if altered and group.document_id is not None:
            ledger.supersede(session, capture, group.document_id, capture.cleaner or UNKNOWN, now)
        before = capture.outcome
        _settle(session, capture, result, group.cleaner, document_id, text_id)
        if capture.outcome != before:
            done.count(f"{before} -> {capture.outcome}")
    done.captures += len(captures)
    done.documents += altered
    if text_id != group.text_id and None not in (text_id, group.text_id):
        assert text_id is not None
        assert group.text_id is not None
        share = compare(documents.text(session, group.text_id), documents.text(session, text_id)).measures.share
        done.texts += 1
        done.share += share
        done.largest = max(done.largest, share)


def _settle(
    session: Session,
    capture: Capture,
    result: Cleaned | NoText,
    cleaner: str,
    document_id: int | None,
    text_id: int | None,
) -> None:
    """Write the new outcome; history is not marked stale when nothing that it reads has changed."""
    outcome = result.outcome
    if outcome is Outcome.STORED and capture.outcome in ledger.SHOWING:
        outcome = Outcome(capture.outcome)
    elif outcome is Outcome.STORED and session.get(Playback, capture.id) is None:
        outcome = Outcome.UNCHANGED
    page_words = result.page_words if isinstance(result, Cleaned) else None
    recipe = result.recipe if isinstance(result, Cleaned) else None
    was = (capture.outcome, capture.text_id, capture.document_id, capture.recipe == DATA)
    if was == (outcome, text_id, document_id, recipe == DATA):
        ledger.set_cleaner(capture, cleaner, result.reason, page_words, recipe)
        return
    ledger.settle(
        session,
        capture,
        outcome,
        result.reason,
        document_id=document_id,
        text_id=text_id,
        cleaner=cleaner,
        page_words=page_words,
        recipe=recipe,
        seen_at=capture.seen_at,
    )
