"""What people made of changes: read, set aside, noted, labelled, assigned; who did what is only ever added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, exists, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from harvester.errors import HarvesterError
from harvester.store.ledger.inserting import insert_ignoring
from harvester.store.read.services import each_has, tagged
from harvester.store.read.versions import CHANGE_ROWS, ChangeRow, change_row
from harvester.store.schema import Change, Notice, Review, ReviewEvent, Service, WatchCheck

_FEW = 1_000  # services whose changes are all read
ALARM = "substantive"
"""The kind of change that somebody is to look at."""


class State(StrEnum):
    """What was made of a change."""

    OPEN = "open"
    READ = "read"
    SET_ASIDE = "set aside"


class Overtaken(HarvesterError):
    """Somebody else did something since the person looked; `events` are what."""

    def __init__(self, events: Sequence[ReviewEvent]) -> None:
        names = " and ".join(dict.fromkeys(one.person for one in events))
        super().__init__(f"{names} reviewed this change meanwhile; look at what was done, then repeat yours")
        self.events = events


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a person does to a review at once; None and the empty note leave things as they are."""

    state: State | None = None
    note: str = ""
    labels: tuple[str, ...] | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A change with its review, if it has one."""

    change: ChangeRow
    review: Review | None
    tags: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """What was made of it."""
        return self.review.state if self.review is not None else State.OPEN

    @property
    def labels(self) -> list[str]:
        """Its labels, sorted."""
        return list(self.review.labels) if self.review is not None else []

    @property
    def assignee(self) -> str:
        """Who is to look at it; empty: nobody in particular."""
        return (self.review.assignee or "") if self.review is not None else ""

    @property
    def place(self) -> tuple[datetime, int]:
        """Its place in time. A review keeps the date at which it was placed, though a late capture may show another."""
        return (self.review.before if self.review is not None else self.change.before), self.change.id


@dataclass(frozen=True, slots=True)
class AlarmFilter:
    """Which alarms a list has; what is empty does not limit it. Those behind `older_than` in time."""

    state: str = State.OPEN
    service: str = ""
    tag: str = ""
    assignee: str = ""
    label: str = ""
    older_than: tuple[datetime, int] | None = None


def act(
    session: Session,
    change: ChangeRow,
    marked: Sequence[str],
    person: str,
    now: datetime,
    deeds: Deeds,
    seen: int | None,
) -> Review:
    """Do something to the review of a change, and return it; raise `Overtaken` if there are events after `seen`.

    None looks at no events. The first to do something makes the review; others wait until that is committed.
    """
    of_change = select(Review).where(Review.change_id == change.id).with_for_update()
    if session.scalar(of_change) is None:
        service_id = select(Service.id).where(Service.name == change.service).scalar_subquery()
        values = {
            "service_id": session.scalar(select(service_id)),
            "change_id": change.id,
            "after": change.after,
            "before": change.before,
            "old_text_id": change.old_text_id,
            "new_text_id": change.new_text_id,
            "marked": list(marked),
            "state": State.OPEN,
            "labels": [],
            "latest": 0,
        }
        session.execute(insert_ignoring(session, Review, **values))
    review = session.scalars(of_change.execution_options(populate_existing=True)).one()
    if seen is not None and review.latest > seen:
        raise Overtaken([one for one in events(session, review.id) if one.id > seen])
    if deeds.state is not None and deeds.state != review.state:
        review.state = deeds.state
        note(session, review, person, now, "state", deeds.state)
    if deeds.assignee is not None and deeds.assignee != (review.assignee or ""):
        review.assignee = deeds.assignee or None
        note(session, review, person, now, "assignee", deeds.assignee)
    if deeds.labels is not None:
        for label in [one for one in deeds.labels if one not in review.labels]:
            note(session, review, person, now, "label", label)
        for label in [one for one in review.labels if one not in deeds.labels]:
            note(session, review, person, now, "label taken off", label)
        if sorted(set(deeds.labels)) != review.labels:
            review.labels = sorted(set(deeds.labels))
    if deeds.note.strip():
        note(session, review, person, now, "note", deeds.note.strip())
    return review


def note(session: Session, review: Review, person: str, now: datetime, what: str, value: str) -> None:
    """Add who did what to the record of a review."""
    values = {"review_id": review.id, "at": now, "person": person, "what": what, "value": value}
    number = session.execute(insert(ReviewEvent).values(values).returning(ReviewEvent.id)).scalar_one()
    review.latest = number


def events(session: Session, review_id: int) -> Sequence[ReviewEvent]:
    """Return who did what to a review, oldest first."""
    wanted = select(ReviewEvent).where(ReviewEvent.review_id == review_id).order_by(ReviewEvent.id)
    return session.scalars(wanted).all()


def events_of(session: Session, numbers: Collection[int]) -> dict[int, list[ReviewEvent]]:
    """Return who did what to each of some reviews, oldest first."""
    found: dict[int, list[ReviewEvent]] = {}
    for one in session.scalars(select(ReviewEvent).where(ReviewEvent.review_id.in_(numbers)).order_by(ReviewEvent.id)):
        found.setdefault(one.review_id, []).append(one)
    return found


def of_change(session: Session, change_id: int) -> Review | None:
    """Return the review of a change, None when nobody did anything yet."""
    return session.scalar(select(Review).where(Review.change_id == change_id))


def alarm_of(session: Session, change: ChangeRow) -> Alarm:
    """Return a change with its review."""
    tags = session.scalar(select(Service.tags).where(Service.name == change.service)) or []
    return Alarm(change, of_change(session, change.id), tuple(tags))


def alarms(session: Session, wanted: AlarmFilter, *, limit: int) -> list[Alarm]:
    """Return alarms, and other changes that were reviewed, newest first by `Alarm.place`."""
    states = (wanted.state,) if wanted.state else tuple(State)
    # Each part may have all of the newest; only those that are wanted in the end are read as a whole.
    places: list[tuple[datetime, int]] = []
    of = _services(session, wanted)
    for state in states:
        places += _reviewed(session, wanted, of(Review.service_id), state, limit)
    if State.OPEN in states and not (wanted.assignee or wanted.label):
        places += _unreviewed(session, wanted, of(Change.service_id), limit)
    newest = sorted(places, reverse=True)[:limit]
    rows = session.execute(
        CHANGE_ROWS.add_columns(Service.tags, Review)
        .outerjoin(Review, Review.change_id == Change.id)
        .options(defer(Review.marked))
        .where(Change.id.in_([number for _, number in newest]))
    )
    found = [Alarm(change_row(row), row.Review, tuple(row.tags)) for row in rows]
    return sorted(found, key=lambda one: one.place, reverse=True)


_Conditions = list[ColumnElement[bool]]


def _unreviewed(session: Session, wanted: AlarmFilter, of: _Conditions, limit: int) -> list[tuple[datetime, int]]:
    """Return the places of alarms of which nobody made anything yet; `ix_changes_recent` has their order (not the index
    of their kind, which would be used for a service too).
    """
    rows = (
        select(Change.before, Change.id)
        .where(Change.kind.concat("") == ALARM, ~exists().where(Review.change_id == Change.id), *of)
        .where(*_behind(Change.before, Change.id, wanted.older_than))
        .order_by(Change.before.desc(), Change.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(rows)]


def _reviewed(
    session: Session, wanted: AlarmFilter, of: _Conditions, state: str, limit: int
) -> list[tuple[datetime, int]]:
    """Return the places of changes with a review in a state; their reviews may be few among many changes."""
    rows = (
        select(Review.before, Change.id)
        .select_from(Review)
        .join(Change, Change.id == Review.change_id)
        .where(Review.state == state, *of)
        .where(*_behind(Review.before, Review.change_id, wanted.older_than))
        .order_by(Review.before.desc(), Review.change_id.desc())
        .limit(limit)
    )
    if wanted.assignee:
        rows = rows.where(Review.assignee == wanted.assignee)
    if wanted.label:
        rows = rows.where(*each_has(session, Review.labels, wanted.label))
    return [(row[0], row[1]) for row in session.execute(rows)]


def _services(session: Session, wanted: AlarmFilter) -> Callable[[InstrumentedAttribute[int]], _Conditions]:
    """Return what makes the condition that a column has a service of the filter."""
    conditions: list[ColumnElement[bool]] = [] if not wanted.tag else [Service.id.in_(tagged(wanted.tag))]
    if wanted.service:
        conditions.append(Service.name == wanted.service)
    chosen = select(Service.id).where(*conditions)
    if not conditions:
        return lambda column: []
    if len(session.scalars(chosen.limit(_FEW + 1)).all()) <= _FEW:
        return lambda column: [column.in_(chosen)]
    # The newest of many services are soon found by date; by service, all their rows would be read and sorted.
    return lambda column: [chosen.where(Service.id == column).exists()]


def _behind(
    moment: InstrumentedAttribute[datetime],
    number: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    place: tuple[datetime, int] | None,
) -> list[ColumnElement[bool]]:
    return [] if place is None else [moment <= place[0], or_(moment < place[0], number < place[1])]


def reviewed_state() -> ScalarSelect[str]:
    """Return, for a query of notices, what was made of the change of each; null while its review is open.

    The change of a notice is the latest that was seen by then, as when it is sent.
    """
    latest = (
        select(Change.id)
        .where(Change.service_id == Notice.service_id, Change.before <= Notice.before)
        .order_by(Change.before.desc())
        .limit(1)
        .correlate(Notice)
        .scalar_subquery()
    )
    reviewed = select(Review.state).where(Review.change_id == latest, Review.state != State.OPEN)
    return reviewed.correlate(Notice).scalar_subquery()


def watched(session: Session, changes: Collection[int], rules: Mapping[str, str]) -> dict[int, list[str]]:
    """Return the names of the watches that fit each of some changes; `rules` has the name of each rule."""
    wanted = select(WatchCheck.change_id, WatchCheck.rule).where(
        WatchCheck.change_id.in_(changes), WatchCheck.rule.in_(rules), WatchCheck.hit.is_(True)
    )
    found: dict[int, list[str]] = {}
    for number, rule in session.execute(wanted):
        found.setdefault(number, []).append(rules[rule])
    return found
