"""The store as rows for tables: versions, changes and the ledger of one service, as dictionaries of plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from harvester.catalogue.document_types import PRIVACY_POLICY, split_name
from harvester.store.content import documents
from harvester.store.ledger.ledger import OBSERVING, Outcome
from harvester.store.read.missing import missing
from harvester.store.read.snapshots import Snapshot, known
from harvester.store.schema import (
    Capture,
    Change,
    DocumentRow,
    Interval,
    Malformed,
    Search,
    Source,
    Superseded,
    TextRow,
    TextTopic,
    Version,
)

Row = dict[str, Any]
_ROWS_AT_ONCE = 500


def version_rows(session: Session, service_id: int, service: str) -> Iterator[Row]:
    """Yield the versions of a service, oldest first, with their text."""
    statement = (
        select(Version, Capture, TextRow, DocumentRow.title)
        .join(Capture, Capture.id == Version.capture_id)
        .join(TextRow, TextRow.id == Version.text_id)
        .outerjoin(DocumentRow, DocumentRow.id == Capture.document_id)
        .where(Version.service_id == service_id)
        .order_by(Version.first_seen)
    )
    for number, row in enumerate(session.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE)), 1):
        version, capture, text, title = row
        yield {
            "service": service,
            "number": number,
            "first_seen": version.first_seen,
            "last_seen": version.last_seen,
            "captures": version.captures,
            "texts": version.texts,
            "switches": version.switches,
            "repeats": version.repeats,
            "archive": capture.archive,
            "url": capture.original,
            "captured": capture.timestamp,
            "cleaner": capture.cleaner,
            "title": title,
            "sha256": text.sha256,
            "words": text.words,
            "language": text.language,
            "language_confidence": text.language_confidence,
            "policy_likelihood": text.policy_likelihood if split_name(service)[1] == PRIVACY_POLICY else None,
            "reading_grade": text.reading_grade,
            "page_kind": text.page_kind,
            "text": documents.text(session, text.id),
        }


def change_rows(session: Session, service_id: int, service: str) -> Iterator[Row]:
    """Yield the changes of a service, oldest first; `number` is that of the version that a change led to."""
    old, new = aliased(TextRow), aliased(TextRow)
    statement = (
        select(Change, old.sha256.label("old"), new.sha256.label("new"))
        .join(old, old.id == Change.old_text_id)
        .join(new, new.id == Change.new_text_id)
        .where(Change.service_id == service_id)
        .order_by(Change.before)
    )
    for number, row in enumerate(session.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE)), 2):
        change: Change = row.Change
        yield {
            "service": service,
            "number": number,
            "after": change.after,
            "before": change.before,
            "kind": change.kind,
            "words_added": change.words_added,
            "words_removed": change.words_removed,
            "words_moved": change.words_moved,
            "share": change.share,
            "headings": list(change.headings),
            "reasons": list(change.reasons or ()),
            "old_sha256": row.old,
            "new_sha256": row.new,
        }


def topic_rows(session: Session, service_id: int, service: str) -> Iterator[Row]:
    """Yield the kept topics of the versions of a service, oldest first."""
    numbers = func.row_number().over(order_by=Version.first_seen).label("number")
    versions = select(Version.text_id, Version.first_seen, numbers).where(Version.service_id == service_id).subquery()
    statement = (
        select(versions.c.number, versions.c.first_seen, TextTopic.topic, TextTopic.blocks, TextTopic.words)
        .join(TextTopic, TextTopic.text_id == versions.c.text_id)
        .order_by(versions.c.number, TextTopic.topic)
    )
    for row in session.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield {"service": service, **row._asdict()}


def ledger_rows(session: Session, service_id: int, service: str) -> Iterator[Row]:
    """Yield every capture of a service, every planned interval, and every index row that could not be parsed.

    A service without a source, and a source without a capture, have their own line.
    """
    for capture in known(session, service_id):
        yield _capture(capture)
    for one in missing(session, [service_id]):
        kind = "service" if one.url is None else "source"
        if kind == "source" and one.outcome == Outcome.INDEX_ENDLESS:
            continue  # it has a line of its own below, with the archive
        yield _line(kind=kind, service=service, source=one.url, outcome=one.outcome, reason=one.reason)
    newest = select(func.max(Search.id)).group_by(Search.source_id, Search.archive)
    endless = (
        select(Source.url, Search.archive, Search.problem)
        .join(Search, Search.source_id == Source.id)
        .where(Source.service_id == service_id, Search.problem.is_not(None), Search.id.in_(newest))
        .order_by(Source.url, Search.id)
    )
    for url, archive, problem in session.execute(endless):
        whose = {"service": service, "source": url, "archive": archive}
        yield _line(kind="source", **whose, outcome=Outcome.INDEX_ENDLESS, reason=problem)
    intervals = (
        select(Interval, Source.url, Capture.outcome, Capture.reason)
        .join(Source, Source.id == Interval.source_id)
        .outerjoin(Capture, Capture.id == Interval.capture_id)
        .where(Interval.service_id == service_id)
        .order_by(Interval.start, Interval.id)
    )
    for interval, url, outcome, reason in session.execute(intervals.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield _line(
            kind="interval",
            service=service,
            source=url,
            start=interval.start,
            end=interval.end,
            plan=interval.plan,
            # The outcome of the capture chosen for it.
            outcome=interval.outcome if outcome is None else outcome,
            reason=interval.reason if outcome is None else reason,
        )
    malformed = (
        select(Malformed, Source.url)
        .join(Source, Source.id == Malformed.source_id)
        .where(Source.service_id == service_id)
        .order_by(Malformed.id)
    )
    for row, url in session.execute(malformed.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield _line(
            kind="malformed", service=service, source=url, archive=row.archive, outcome="malformed", reason=row.reason
        )


def state(session: Session) -> str:
    """Return a digest that changes when captures, versions or changes are added, removed, or get other texts or
    outcomes.
    """
    seen: list[Any] = []
    seen += session.execute(
        select(Capture.outcome, func.count(), func.sum(Capture.text_id), func.sum(Capture.document_id))
        .group_by(Capture.outcome)
        .order_by(func.min(Capture.id))
    ).all()
    for table in (Capture, Version, Change, Interval, Malformed, Superseded, Search, Source):
        seen.append(session.execute(select(func.count(), func.max(table.id))).one())
    seen += [(session.scalar(select(func.max(Change.found_at))), session.scalar(select(func.max(Version.last_seen))))]
    seen += [
        (
            session.scalar(select(func.count(Search.finished_at))),
            session.scalar(select(func.count(Source.excluded_until))),
        )
    ]
    return hashlib.sha256(repr([tuple(map(str, row)) for row in seen]).encode()).hexdigest()


_LINE = (
    "service",
    "kind",
    "source",
    "start",
    "end",
    "archive",
    "url",
    "seen_at",
    "status",
    "mimetype",
    "digest",
    "length",
    "bytes",
    "plan",
    "outcome",
    "reason",
    "cleaner",
)


def _line(**values: Any) -> Row:
    return {name: values.get(name) for name in _LINE}


def _capture(one: Snapshot) -> Row:
    return _line(
        kind="capture",
        service=one.service,
        source=one.source_url,
        start=one.timestamp,
        archive=one.archive,
        url=one.original,
        seen_at=one.moment if one.moment != one.timestamp else None,
        status=one.status,
        mimetype=one.mimetype,
        digest=one.digest,
        length=one.length,
        bytes=one.size,
        plan=one.plan,
        outcome=one.outcome,
        reason=one.reason,
        cleaner=one.cleaner,
    )


@dataclass(frozen=True, slots=True)
class TablesExtent:
    """The extent of exported rows: first and last observation, and captures (known, showing a policy) by archive."""

    first: datetime | None
    last: datetime | None
    archives: list[tuple[str, int, int]]


def extent(session: Session, service_ids: Sequence[int]) -> TablesExtent:
    """Return the extent of some services."""
    first, last = session.execute(
        select(func.min(Version.first_seen), func.max(Version.last_seen)).where(Version.service_id.in_(service_ids))
    ).one()
    shown = func.count().filter(Capture.outcome.in_(OBSERVING))
    rows = session.execute(
        select(Capture.archive, func.count(), shown)
        .where(Capture.service_id.in_(service_ids))
        .group_by(Capture.archive)
    )
    return TablesExtent(first, last, sorted((row[0], row[1], row[2]) for row in rows))
