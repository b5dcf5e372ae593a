"""What a database holds, by content: no ids, no instants of the run, so that two harvests can be compared."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from harvester.store.database import Database
from harvester.store.schema import (
    Capture,
    Change,
    DocumentRow,
    Interval,
    Malformed,
    Payload,
    Service,
    Source,
    TextRow,
    Version,
)

Row = tuple[Any, ...]


class Picture(NamedTuple):
    """Each table as sorted rows of content."""

    captures: list[Row]
    versions: list[Row]
    changes: list[Row]
    intervals: list[Row]
    malformed: list[Row]


def picture(database: Database) -> Picture:
    """Everything that two runs over the same archive must agree on."""
    with database.reading() as session:
        captures = session.execute(
            select(
                Service.name,
                Source.url,
                Capture.timestamp,
                Capture.original,
                Capture.mimetype,
                Capture.status,
                Capture.digest,
                Capture.length,
                Capture.outcome,
                Capture.reason,
                Capture.plan,
                Capture.seen_at,
                Payload.sha256,
                DocumentRow.sha256,
                TextRow.sha256,
            )
            .join(Service, Service.id == Capture.service_id)
            .join(Source, Source.id == Capture.source_id)
            .outerjoin(Payload, Payload.id == Capture.payload_id)
            .outerjoin(DocumentRow, DocumentRow.id == Capture.document_id)
            .outerjoin(TextRow, TextRow.id == Capture.text_id)
        )
        versions = session.execute(
            select(
                Service.name,
                Version.first_seen,
                Version.last_seen,
                Version.captures,
                Version.texts,
                Version.switches,
                Version.repeats,
                TextRow.sha256,
                Capture.timestamp,
                Capture.original,
            )
            .join(Service, Service.id == Version.service_id)
            .join(TextRow, TextRow.id == Version.text_id)
            .join(Capture, Capture.id == Version.capture_id)
        )
        old, new = aliased(TextRow), aliased(TextRow)
        changes = session.execute(
            select(
                Service.name,
                Change.after,
                Change.before,
                old.sha256,
                new.sha256,
                Change.kind,
                Change.words_added,
                Change.words_removed,
                Change.words_moved,
                Change.share,
                Change.operations,
            )
            .join(Service, Service.id == Change.service_id)
            .join(old, old.id == Change.old_text_id)
            .join(new, new.id == Change.new_text_id)
        )
        intervals = session.execute(
            select(Source.url, Interval.plan, Interval.start, Interval.outcome, Interval.reason, Capture.timestamp)
            .join(Source, Source.id == Interval.source_id)
            .outerjoin(Capture, Capture.id == Interval.capture_id)
        )
        malformed = session.execute(
            select(Source.url, Malformed.line, Malformed.reason).join(Source, Source.id == Malformed.source_id)
        )
        return Picture(*(_sorted(rows) for rows in (captures, versions, changes, intervals, malformed)))


def _sorted(rows: Any) -> list[Row]:
    return sorted((tuple(row) for row in rows), key=repr)


def differences(found: Picture, wanted: Picture) -> list[str]:
    """The rows that one of two pictures has and the other has not, one line each; none: they are equal."""
    lines = []
    for name, ours, theirs in zip(Picture._fields, found, wanted, strict=True):
        lines += [f"{name}: only here: {row!r:.400}" for row in ours if row not in theirs]
        lines += [f"{name}: missing: {row!r:.400}" for row in theirs if row not in ours]
        if len(ours) != len(theirs):
            lines.append(f"{name}: {len(ours)} rows instead of {len(theirs)}")
    return lines
