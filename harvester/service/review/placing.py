"""Reviews whose change has another row, or none, since the texts were cleaned again or a late capture came.

A review is anchored to the passages that its change marked and to the instants of the versions at its sides. It goes to
the change of its service that still marks at least half of those words, of several to the one that marks most of them,
and then to the nearest in time. If none does, the review says that it cannot be placed; it is tried again when its
service has new changes.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from harvester.insight.redline import diff_of
from harvester.service.review.marked import ENOUGH, marked_of, share_of
from harvester.store.database import Database
from harvester.store.desk import places
from harvester.store.read.versions import ChangeRow
from harvester.store.schema import Review

MOST_COMPARED = 50
"""The nearest changes of a service that are compared with what a review marks."""


def place_again(database: Database, now: datetime) -> int:
    """Find again the change of each review whose change is another by now; return how many were looked at."""
    with database.reading() as session:
        numbers = [one.id for one in places.misplaced(session)]
    for number in numbers:
        # One after the other: what one has found is not there for the next.
        with database.reading() as session:
            change, marked = _nearest(session, session.get_one(Review, number))
        with database.writing() as session:
            places.place(session, number, change, marked, now)
    return len(numbers)


def _nearest(session: Session, review: Review) -> tuple[ChangeRow | None, list[str]]:
    best: tuple[float, ChangeRow | None, list[str]] = (0.0, None, [])
    for change in places.candidates(session, review)[:MOST_COMPARED]:
        marked = marked_of(diff_of(session, change))
        share = share_of(review.marked, marked)
        if share >= ENOUGH and share > best[0]:
            best = (share, change, marked)
    return best[1], best[2]
