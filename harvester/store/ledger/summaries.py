"""Summaries that a model wrote of changes, kept so that each is asked for once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from harvester.store.schema import Change, SummaryRow


def of(session: Session, model: str, change_id: int) -> tuple[str, ...] | None:
    """Return the sentences that a model wrote of a change as it is compared now; None if it was not asked."""
    row = session.scalar(
        select(SummaryRow.sentences)
        .join(Change, Change.id == SummaryRow.change_id)
        .where(SummaryRow.model == model, SummaryRow.change_id == change_id, SummaryRow.diffing == Change.diffing)
    )
    return None if row is None else tuple(row)


def keep(session: Session, model: str, change_id: int, sentences: Sequence[str], now: datetime) -> None:
    """Record what a model wrote of a change, in place of what it wrote before."""
    diffing = session.scalar(select(Change.diffing).where(Change.id == change_id))
    if diffing is None:
        return
    session.execute(delete(SummaryRow).where(SummaryRow.model == model, SummaryRow.change_id == change_id))
    values = {"model": model, "change_id": change_id, "diffing": diffing, "sentences": list(sentences), "made_at": now}
    session.execute(insert(SummaryRow).values(values))
