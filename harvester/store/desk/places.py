"""To which change a review belongs: reviews without one are found, and placed or lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from harvester.store.desk.reviews import note
from harvester.store.read.versions import CHANGE_ROWS, ChangeRow, change_row
from harvester.store.schema import Change, Review, Service

PROGRAM = "harvester"
"""Who finds a review's change again when its row is another, or no longer."""


def unplaced(session: Session) -> list[tuple[Review, str]]:
    """Return the reviews whose change is no longer there, each with the name of its service, newest first."""
    wanted = select(Review, Service.name).join(Service, Service.id == Review.service_id)
    rows = session.execute(wanted.where(Review.lost_at.is_not(None)).order_by(Review.before.desc(), Review.id))
    return [(row.Review, row.name) for row in rows]


def misplaced(session: Session) -> Sequence[Review]:
    """Return the reviews whose change has no row any more; the lost ones only if their service has changes that were
    found since. A change between other texts is another row (`store.history.history`).
    """
    other = aliased(Change)
    newer = select(other.id).where(other.service_id == Review.service_id, other.found_at > Review.lost_at)
    wanted = select(Review).where(Review.change_id.is_(None), or_(Review.lost_at.is_(None), newer.exists()))
    return session.scalars(wanted.order_by(Review.id)).all()


def candidates(session: Session, review: Review) -> list[ChangeRow]:
    """Return the changes that a review may be about, nearest first: its own, and those of its service without one."""
    rows = session.execute(
        CHANGE_ROWS.outerjoin(Review, Review.change_id == Change.id).where(
            Change.service_id == review.service_id, or_(Review.id.is_(None), Review.id == review.id)
        )
    )
    found = [change_row(row) for row in rows]
    return sorted(found, key=lambda one: (abs(one.before - review.before), one.id))


def place(session: Session, review_id: int, change: ChangeRow | None, marked: Sequence[str], now: datetime) -> None:
    """Record which change a review is about now; None: none, and it is lost."""
    review = session.get_one(Review, review_id, with_for_update=True)
    if change is not None:
        taken = select(Review.id).where(Review.change_id == change.id, Review.id != review_id)
        if session.get(Change, change.id) is None or session.scalar(taken) is not None:
            return  # another process was here meanwhile; the next look decides
    if change is None:
        if review.lost_at is None:
            note(session, review, PROGRAM, now, "lost", "no change says this any more")
        review.change_id, review.lost_at = None, now
        return
    if review.lost_at is not None or change.before != review.before:
        note(session, review, PROGRAM, now, "placed", f"{change.before:%Y-%m-%d %H:%M:%S}")
    review.change_id, review.lost_at = change.id, None
    review.after, review.before = change.after, change.before
    review.old_text_id, review.new_text_id, review.marked = change.old_text_id, change.new_text_id, list(marked)
