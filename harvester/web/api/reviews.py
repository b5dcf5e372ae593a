"""``/api/v1/reviews``: what people made of changes. Read and written with a token only: notes are not for everybody."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from harvester.insight.redline import diff_of
from harvester.service.review import alarms
from harvester.service.review.marked import marked_of
from harvester.service.review.placing import place_again
from harvester.store.desk import reviews
from harvester.store.desk.reviews import AlarmFilter, Deeds, Overtaken, State
from harvester.store.read import versions
from harvester.web.addresses import ServiceName, Stamp, moment_of
from harvester.web.api.given import EventNumber
from harvester.web.api.services import Cursor
from harvester.web.api.writes import bearer
from harvester.web.http import cursors
from harvester.web.site import Site, TheSite

router = APIRouter(tags=["reviews"], dependencies=[Depends(bearer)])

StateName = Literal["open", "read", "set aside"]
Label = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f,]{1,50}$", strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$")]


class PointsOut(BaseModel):
    """Points of a change, and why it has them."""

    points: int
    why: str


class EventOut(BaseModel):
    """Who did what to a review, and when."""

    at: str
    person: str
    what: str
    value: str


class ReviewOut(BaseModel):
    """A change with its review. `placed` is false if no change says any more what was reviewed; then it has no kind.

    `latest` numbers the newest event.
    """

    service: str
    after: str
    before: str
    kind: str
    state: StateName
    assignee: str
    labels: list[str]
    score: int
    points: list[PointsOut]
    placed: bool
    latest: int
    events: list[EventOut]


class Reviews(BaseModel):
    """Alarms with the most points first, of 500 by date; after the newest those that cannot be placed any more."""

    items: list[ReviewOut]
    next: str | None = Field(description="The cursor of the 500 before these, null at the end.")


class NewDeeds(BaseModel):
    """What to do to a review; what is left out stays. With `seen`, it is refused if there is a newer event (409)."""

    model_config = ConfigDict(extra="forbid")

    state: StateName | None = None
    note: Text = ""
    labels: list[Label] | None = Field(default=None, max_length=20)
    assignee: Annotated[str, StringConstraints(max_length=60)] | None = None
    seen: EventNumber | None = Field(default=None, description="`latest`, as it was when you looked.")


Name = Annotated[str, Query(max_length=253)]


@router.get("/reviews")
def list_reviews(
    site: TheSite,
    state: StateName | Literal["all"] = "open",
    service: Name = "",
    tag: Name = "",
    assignee: Name = "",
    label: Name = "",
    cursor: Cursor = None,
) -> Reviews:
    """List alarms with their reviews."""
    place_again(site.database, site.clock())
    behind = cursors.load(cursor) if cursor else None
    wanted = AlarmFilter("" if state == "all" else state, service, tag, assignee, label, behind)
    with site.database.reading() as session:
        rows, last = alarms.exported(session, site.settings, wanted)
    following = cursors.dump(*last) if last else None
    return Reviews(items=[ReviewOut.model_validate(row) for row in rows], next=following)


@router.get("/services/{service:document}/changes/{stamp}/review")
def get_review(site: TheSite, service: ServiceName, stamp: Stamp) -> ReviewOut:
    """Return a change with its review."""
    return _review(site, service, stamp)


@router.post("/services/{service:document}/changes/{stamp}/review")
def review(
    site: TheSite, service: ServiceName, stamp: Stamp, new: NewDeeds, person: Annotated[str, Depends(bearer)]
) -> ReviewOut:
    """Do something to the review of a change."""
    if new.assignee and new.assignee not in site.settings.web.people:
        raise HTTPException(404, f"nobody is called {new.assignee!r} in the settings")
    with site.database.reading() as session:
        change = versions.change(session, service, moment_of(stamp))
        marked = marked_of(diff_of(session, change))
    labels = None if new.labels is None else tuple(new.labels)
    deeds = Deeds(None if new.state is None else State(new.state), new.note, labels, new.assignee)
    try:
        with site.database.writing() as session:
            reviews.act(session, change, marked, person, site.clock(), deeds, new.seen)
    except Overtaken as error:
        raise HTTPException(409, str(error)) from error
    return _review(site, service, stamp)


def _review(site: Site, service: str, stamp: str) -> ReviewOut:
    place_again(site.database, site.clock())
    with site.database.reading() as session:
        alarm = reviews.alarm_of(session, versions.change(session, service, moment_of(stamp)))
        [one] = alarms.scored(session, site.settings, [alarm])
        events = reviews.events(session, alarm.review.id) if alarm.review is not None else []
    return ReviewOut.model_validate(alarms.as_dict(one, events))
