"""Versions and changes of all services as small rows: what series over time are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.store.schema import Change, TextRow, TextTopic, Version
from harvester.store.search.fulltext import has
from harvester.store.search.query import Query


@dataclass(frozen=True, slots=True)
class Standing:
    """A version: from when to when it lasted, its length and reading grade, and for each query whether it matches."""

    service_id: int
    first_seen: datetime
    last_seen: datetime
    words: int
    reading_grade: float | None
    answers: tuple[bool, ...]


def standings(session: Session, queries: Sequence[Query] = ()) -> list[Standing]:
    """Return every version, by service and oldest first."""
    asked = [has(session, query).label(f"answer_{place}") for place, query in enumerate(queries)]
    rows = session.execute(
        select(Version.service_id, Version.first_seen, Version.last_seen, TextRow.words, TextRow.reading_grade, *asked)
        .join(TextRow, TextRow.id == Version.text_id)
        .order_by(Version.service_id, Version.first_seen)
    )
    return [Standing(*row[:5], tuple(map(bool, row[5:]))) for row in rows]


def topic_standings(session: Session, topics: Sequence[str]) -> list[Standing]:
    """Return what `standings` does, with whether each version has each of these topics for answers."""
    of_text: dict[str, set[int]] = {topic: set() for topic in topics}
    for topic, text_id in session.execute(
        select(TextTopic.topic, TextTopic.text_id).where(TextTopic.topic.in_(topics))
    ):
        of_text[topic].add(text_id)
    rows = session.execute(
        select(
            Version.service_id,
            Version.first_seen,
            Version.last_seen,
            TextRow.words,
            TextRow.reading_grade,
            Version.text_id,
        )
        .join(TextRow, TextRow.id == Version.text_id)
        .order_by(Version.service_id, Version.first_seen)
    )
    return [Standing(*row[:5], tuple(row[5] in of_text[topic] for topic in topics)) for row in rows]


def change_dates(session: Session, kinds: Sequence[str]) -> list[tuple[int, datetime]]:
    """Return (service, when the new text was first seen) of every change of some kinds."""
    rows = session.execute(select(Change.service_id, Change.before).where(Change.kind.in_(kinds)))
    return [(row[0], row[1]) for row in rows]
