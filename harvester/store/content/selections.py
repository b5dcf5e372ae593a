"""The selections by which documents were made, so that each can be made again from its payload."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.catalogue.selection import Selection, selection_from
from harvester.store.ledger.inserting import insert_ignoring
from harvester.store.schema import SelectionRow


def keep(session: Session, selection: Selection) -> None:
    """Store a selection unless it is there."""
    session.execute(insert_ignoring(session, SelectionRow, digest=selection.digest, declared=selection.as_dict()))


def get(session: Session, digest: str) -> Selection | None:
    """Return a selection by its digest; None if it is not kept."""
    declared = session.scalar(select(SelectionRow.declared).where(SelectionRow.digest == digest))
    return None if declared is None else selection_from(declared)
