"""The history of one service, a bounded piece at a time: what a page needs, whatever the service's size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Integer, bindparam, func, or_, select
from sqlalchemy.orm import Session

from harvester.errors import UnknownName
from harvester.store.read.missing import why_no_version
from harvester.store.read.signal import joined
from harvester.store.read.versions import VersionRow, version_row, versions_of
from harvester.store.schema import Capture, Change, Interval, TextRow, Version


@dataclass(frozen=True, slots=True)
class Point:
    """A version in a curve: from when to when it lasted, its length in words and its reading grade (None: unknown)."""

    first_seen: datetime
    last_seen: datetime
    words: int
    reading_grade: float | None


@dataclass(frozen=True, slots=True)
class Extent:
    """The extent of a history: numbers of versions and changes, and its first and last observation."""

    versions: int
    changes: int
    substantive: int
    captures: int
    first_seen: datetime | None
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class PlannedInterval:
    """A planned span of time and its outcome, which is its capture's if it has one."""

    start: datetime
    end: datetime
    plan: str
    outcome: str
    reason: str | None


# Made once: to build them takes longer than to run them.
_SERVICE: BindParameter[int] = bindparam("service")
_OWN = Version.service_id == _SERVICE
_EXTENT = select(
    func.count(),
    func.coalesce(func.sum(Version.captures), 0),
    func.min(Version.first_seen),
    func.max(Version.last_seen),
).where(_OWN)
_KINDS = select(Change.kind, func.count()).where(Change.service_id == _SERVICE).group_by(Change.kind)
_VERSION = versions_of(_SERVICE).where(Version.first_seen == bindparam("moment"))
_PLACE = select(func.count()).where(_OWN, Version.first_seen <= bindparam("moment"))
_BEFORE = select(func.max(Version.first_seen)).where(_OWN, Version.first_seen < bindparam("moment"))
_AFTER = select(func.min(Version.first_seen)).where(_OWN, Version.first_seen > bindparam("moment"))
_RANKED = (
    select(
        Version.service_id,
        Version.first_seen,
        Version.last_seen,
        Version.text_id,
        func.row_number().over(partition_by=Version.service_id, order_by=Version.first_seen.desc()).label("place"),
        func.count().over(partition_by=Version.service_id).label("total"),
    )
    .where(Version.service_id.in_(bindparam("services", expanding=True)))
    .subquery()
)
_STEP = (_RANKED.c.total - 1) / bindparam("most", type_=Integer) + 1
_POINTS = (
    select(_RANKED.c.service_id, _RANKED.c.first_seen, _RANKED.c.last_seen, TextRow.words, TextRow.reading_grade)
    .join(TextRow, TextRow.id == _RANKED.c.text_id)
    .where((_RANKED.c.place - 1) % func.cast(_STEP, Version.captures.type) == 0)
    .order_by(_RANKED.c.service_id, _RANKED.c.first_seen)
)
_INTERVALS = (
    select(Interval, Capture.outcome.label("found"), Capture.reason.label("why"))
    .outerjoin(Capture, Capture.id == Interval.capture_id)
    .where(Interval.service_id == _SERVICE)
    .order_by(Interval.start, Interval.id)
)


def extent(session: Session, service_id: int) -> Extent:
    """Return the extent of a service's history; `captures` counts those that show a version."""
    versions = session.execute(_EXTENT, {"service": service_id}).one()
    kinds = dict(session.execute(_KINDS, {"service": service_id}).all())
    return Extent(versions[0], sum(kinds.values()), kinds.get("substantive", 0), versions[1], versions[2], versions[3])


def version_at(session: Session, service_id: int, first_seen: datetime) -> VersionRow:
    """Return the version of a service that was first seen at an instant: its permanent name."""
    row = session.execute(_VERSION, {"service": service_id, "moment": first_seen}).first()
    if row is None:
        raise UnknownName(f"there is no version first seen at {first_seen:%Y-%m-%d %H:%M:%S} UTC")
    return version_row(row, _place(session, service_id, first_seen))


def version_on(session: Session, service_id: int, moment: datetime | None = None) -> VersionRow:
    """Return the version of an instant, the first one when it is before all; None means the latest."""
    statement = select(func.max(Version.first_seen)).where(Version.service_id == service_id)
    if moment is not None:
        statement = statement.where(Version.first_seen <= moment)
    found = session.scalar(statement)
    if found is None:
        found = session.scalar(select(func.min(Version.first_seen)).where(Version.service_id == service_id))
    if found is None:
        raise UnknownName(why_no_version(session, service_id))
    return version_at(session, service_id, found)


def versions_before(
    session: Session,
    service_id: int,
    older_than: datetime | None = None,
    limit: int = 50,
    hidden: Collection[str] = (),
) -> list[VersionRow]:
    """Return versions of a service, newest first, first seen before `older_than`.

    Those that only a `hidden` kind of change divides are joined (`signal.joined`), and count as one.
    """
    statement = versions_of(service_id).order_by(Version.first_seen.desc())
    if older_than is not None:
        statement = statement.where(Version.first_seen < older_than)
    listed = statement.where(or_(Change.kind.is_(None), Change.kind.not_in(hidden)))
    since = session.scalar(listed.with_only_columns(Version.first_seen).offset(limit - 1).limit(1))
    if since is not None:
        statement = statement.where(Version.first_seen >= since)
    rows = session.execute(statement).all()
    if not rows:
        return []
    top = _place(session, service_id, rows[0].first_seen)
    numbered = [version_row(row, top - place) for place, row in enumerate(rows)]
    return joined(reversed(numbered), hidden)[0][::-1]


def beside(session: Session, service_id: int, first_seen: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when the versions before and after the one first seen at an instant were first seen."""
    wanted = {"service": service_id, "moment": first_seen}
    earlier, later = session.scalar(_BEFORE, wanted), session.scalar(_AFTER, wanted)
    return earlier, later


def points(session: Session, service_ids: Sequence[int], most: int) -> dict[int, list[Point]]:
    """Return curves of length and reading grade, oldest first, by service.

    A history of more than `most` versions is thinned evenly; its latest version always stays.
    """
    rows = session.execute(_POINTS, {"services": list(service_ids), "most": most})
    found: dict[int, list[Point]] = {}
    for service_id, first_seen, last_seen, words, grade in rows:
        found.setdefault(service_id, []).append(Point(first_seen, last_seen, words, grade))
    return found


def intervals(session: Session, service_id: int) -> list[PlannedInterval]:
    """Return the planned intervals of a service, oldest first: two a year for each source and sampling."""
    rows = session.execute(_INTERVALS, {"service": service_id})
    return [
        PlannedInterval(
            row.Interval.start,
            row.Interval.end,
            row.Interval.plan,
            row.found or row.Interval.outcome,
            row.why if row.found else row.Interval.reason,
        )
        for row in rows
    ]


def _place(session: Session, service_id: int, first_seen: datetime) -> int:
    """Return the number of a version within its service, counted from 1."""
    return session.scalar(_PLACE, {"service": service_id, "moment": first_seen}) or 0
