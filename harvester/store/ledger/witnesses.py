"""Which archives vouch for a capture: the one that it was played back by, and all others that list the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from harvester.store.ledger.inserting import insert_ignoring
from harvester.store.outcome import Outcome
from harvester.store.schema import Capture, Source, Witness

_REFUSED = (Outcome.UNPLAYABLE, Outcome.EXCLUDED, Outcome.REDIRECTED_AWAY, Outcome.TOO_LARGE, Outcome.FAILED)
"""The outcomes that say what an archive could not give: nothing of the page itself."""


def listed(session: Session, source: Source, archive: str, rows: Collection[tuple[datetime, str]]) -> None:
    """Note that an archive lists captures (instant, digest), of which others are known to list the same.

    Those that the others refused are wanted as if they had just been listed: it may have what they have not.
    """
    if not rows:
        return
    moments = [moment for moment, _ in rows]
    wanted = set(rows)
    found = session.execute(
        select(Capture.id, Capture.timestamp, Capture.digest).where(
            Capture.source_id == source.id,
            Capture.archive != archive,
            Capture.timestamp >= min(moments),
            Capture.timestamp <= max(moments),
        )
    )
    same = {one.id for one in found if (one.timestamp, one.digest) in wanted}
    known = {number for number, others in of_captures(session, same).items() if archive in others}
    note(session, archive, sorted(same - known))
    _ask_again(session, sorted(same - known))


def _ask_again(session: Session, captures: Sequence[int]) -> None:
    as_listed = {"outcome": Outcome.LEFT_OUT, "reason": None, "due_at": None, "tries": 0}
    for start in range(0, len(captures), 500):
        refused = Capture.id.in_(captures[start : start + 500]), Capture.outcome.in_(_REFUSED)
        session.execute(update(Capture).where(*refused).values(as_listed))


def note(session: Session, archive: str, captures: Iterable[int]) -> None:
    """Note that an archive lists captures, by their numbers."""
    values = [{"capture_id": number, "archive": archive} for number in captures]
    for start in range(0, len(values), 500):
        session.execute(insert_ignoring(session, Witness).values(values[start : start + 500]))


def of_captures(session: Session, captures: Collection[int]) -> dict[int, list[str]]:
    """Return the archives that list captures besides the one in their row, sorted."""
    found: dict[int, list[str]] = {}
    numbers = list(captures)
    for start in range(0, len(numbers), 500):
        part = select(Witness).where(Witness.capture_id.in_(numbers[start : start + 500]))
        for one in session.scalars(part.order_by(Witness.archive)):
            found.setdefault(one.capture_id, []).append(one.archive)
    return found


# Made once: to build it takes longer than to run it.
_SHOWN = (
    Capture.service_id == bindparam("service"),
    Capture.text_id == bindparam("text"),
    Capture.timestamp >= bindparam("first"),
    Capture.timestamp <= bindparam("last"),
)
_OF_TEXT = (
    select(Capture.archive)
    .where(*_SHOWN)
    .union(select(Witness.archive).join(Capture, Capture.id == Witness.capture_id).where(*_SHOWN))
)


def of_text(session: Session, service_id: int, text_id: int, first: datetime, last: datetime) -> list[str]:
    """Return the archives whose captures show a text between two instants (both included), sorted."""
    return sorted(
        set(session.scalars(_OF_TEXT, {"service": service_id, "text": text_id, "first": first, "last": last}))
    )


class _OneText(Protocol):
    @property
    def text_id(self) -> int: ...
    @property
    def first_seen(self) -> datetime: ...
    @property
    def last_seen(self) -> datetime: ...


def of_versions(session: Session, service_id: int, versions: Sequence[_OneText]) -> list[list[str]]:
    """Return the archives whose captures show each of some versions of a service."""
    return [of_text(session, service_id, one.text_id, one.first_seen, one.last_seen) for one in versions]
