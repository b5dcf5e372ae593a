"""The rows of the outbox: inserted with their change, claimed before they are sent, marked afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import insert_ignoring
from harvester.store.schema import Change, Notice


def enter(session: Session, target: str, key: str, change: Change, due_at: datetime) -> None:
    """Enter a notice of a change for a target, once for each key."""
    values = {
        "target": target,
        "change_key": key,
        "service_id": change.service_id,
        "before": change.before,
        "created_at": change.found_at,
        "due_at": due_at,
        "tries": 0,
    }
    session.execute(insert_ignoring(session, Notice, **values))


def claim(session: Session, notice: Notice, due_at: datetime) -> bool:
    """Count a try and move `due_at` ahead, unless another process has done so; return whether it is ours to send."""
    result = session.execute(
        update(Notice)
        .where(Notice.id == notice.id, Notice.tries == notice.tries, Notice.sent_at.is_(None))
        .values(tries=notice.tries + 1, due_at=due_at)
    )
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)


def mark(session: Session, numbers: Sequence[int], **values: Any) -> None:
    """Record the results of notices: `sent_at`, `error`."""
    session.execute(update(Notice).where(Notice.id.in_(numbers)).values(**values))
