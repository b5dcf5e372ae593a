"""The list of the review desk: alarms with their scores, the weightiest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from harvester.dates import iso
from harvester.errors import ConfigurationError
from harvester.insight.statements.watched import watch_named
from harvester.service.review.score import Points, score
from harvester.settings import Settings
from harvester.store.content import topics
from harvester.store.desk import places, reviews
from harvester.store.desk.reviews import Alarm, AlarmFilter
from harvester.store.schema import Review, ReviewEvent

MOST = 500
"""Of so many alarms, the newest, the scores are compared; those before them are another list."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An alarm with its points; `total` is their sum."""

    alarm: Alarm
    points: tuple[Points, ...]

    @property
    def total(self) -> int:
        """The sum of the points."""
        return sum(one.points for one in self.points)


def listed(session: Session, settings: Settings, wanted: AlarmFilter) -> list[Scored]:
    """Return alarms, those with the most points first, of equal ones the newest."""
    return scored(session, settings, reviews.alarms(session, wanted, limit=MOST))


def last_place(found: Sequence[Scored]) -> tuple[datetime, int] | None:
    """Return behind which place in time older alarms may follow those of a list; None: there are none."""
    return min(one.alarm.place for one in found) if len(found) == MOST else None


def scored(session: Session, settings: Settings, alarms: Sequence[Alarm]) -> list[Scored]:
    """Return alarms with their points, the most first. Topics count as far as they were found (`rebuild`)."""
    changes = [one.change for one in alarms]
    kept = topics.of(session, sorted({number for one in changes for number in (one.old_text_id, one.new_text_id)}))
    fitting = reviews.watched(session, [one.id for one in changes], _rules(settings))
    found = [
        Scored(
            alarm,
            tuple(
                score(
                    alarm.change.kind,
                    alarm.change.words_added + alarm.change.words_removed + alarm.change.words_moved,
                    tuple(
                        [topic.replace("-", " ") for topic in kept[number]]
                        for number in (alarm.change.old_text_id, alarm.change.new_text_id)
                    ),
                    fitting.get(alarm.change.id, ()),
                    alarm.tags,
                    settings.review.tags,
                )
            ),
        )
        for alarm in alarms
    ]
    return sorted(found, key=lambda one: (-one.total, -one.alarm.change.before.timestamp(), one.alarm.change.id))


def _rules(settings: Settings) -> Mapping[str, str]:
    """Return the name of each watch by its rule, without those whose rule cannot be understood."""
    found = {}
    for name in settings.watch:
        with suppress(ConfigurationError):
            found[watch_named(settings.watch, name).rule] = name
    return found


def as_dict(one: Scored, events: Sequence[ReviewEvent]) -> dict[str, Any]:
    """Return an alarm with its review as plain data for JSON."""
    alarm = one.alarm
    return {
        "service": alarm.change.service,
        "after": iso(alarm.change.after),
        "before": iso(alarm.change.before),
        "kind": alarm.change.kind,
        "state": alarm.state,
        "assignee": alarm.assignee,
        "labels": alarm.labels,
        "score": one.total,
        "points": [{"points": part.points, "why": part.why} for part in one.points],
        "placed": True,
        "latest": alarm.review.latest if alarm.review is not None else 0,
        "events": [event_as_dict(event) for event in events],
    }


def unplaced_as_dict(review: Review, service: str, events: Sequence[ReviewEvent]) -> dict[str, Any]:
    """Return a review whose change is no longer there in the same form."""
    return {
        "service": service,
        "after": iso(review.after),
        "before": iso(review.before),
        "kind": "",
        "state": review.state,
        "assignee": review.assignee or "",
        "labels": list(review.labels),
        "score": 0,
        "points": [],
        "placed": False,
        "latest": review.latest,
        "events": [event_as_dict(event) for event in events],
    }


def event_as_dict(event: ReviewEvent) -> dict[str, Any]:
    """Return who did what, and when."""
    return {"at": iso(event.at), "person": event.person, "what": event.what, "value": event.value}


def exported(
    session: Session, settings: Settings, wanted: AlarmFilter
) -> tuple[list[dict[str, Any]], tuple[datetime, int] | None]:
    """Return the alarms of a list with their events, behind the first list's the reviews that cannot be placed any
    more, and `last_place`.
    """
    found = listed(session, settings, wanted)
    unplaced = places.unplaced(session) if wanted.older_than is None else []
    numbers = [one.alarm.review.id for one in found if one.alarm.review is not None]
    events = reviews.events_of(session, [*numbers, *(one.id for one, _ in unplaced)])
    rows = [as_dict(one, events.get(one.alarm.review.id, ()) if one.alarm.review is not None else ()) for one in found]
    lost = [
        unplaced_as_dict(review, name, events.get(review.id, ()))
        for review, name in unplaced
        if not wanted.state or review.state == wanted.state
    ]
    return rows + lost, last_place(found)
