"""Notable changes: those that came after a service's history was first complete, sent to each target once.

They are entered in the outbox (table ``notices``) in the transaction that enters the change, so that neither can be
there without the other. `harvester.service.notify.outbox` sends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import usual_name, usual_type
from harvester.dates import parse_iso
from harvester.memento import timestamp_of
from harvester.settings import TargetSettings
from harvester.store import subscriptions
from harvester.store.ledger import notices
from harvester.store.ledger.ledger import WAITING
from harvester.store.schema import Capture, Change, Run, Service
from harvester.store.subscriptions import SERVICE, target_of

KNOWN_UNTIL = "known_until"
"""The key, in a run's summary, of the newest capture known when an open-ended harvest of the service was complete."""
DIGEST_HOUR = 7
"""Digests are sent at this hour, UTC; weekly ones on Mondays."""


def known_until(session: Session, service_id: int) -> datetime | None:
    """Return the newest capture of a service that the ledger knows: what a complete harvest keeps with its run.

    None while a capture waits for another try: what it will show is not known yet.
    """
    waits = select(Capture.id).where(Capture.service_id == service_id, Capture.outcome.in_(WAITING)).limit(1)
    if session.scalar(waits) is not None:
        return None
    return session.scalar(select(func.max(Capture.timestamp)).where(Capture.service_id == service_id))


def horizon(session: Session, service: str) -> datetime | None:
    """Return until when the history of a service was complete at its last complete harvest; None if it never was."""
    kept = Run.summary[KNOWN_UNTIL].as_string()
    latest = session.scalar(
        select(kept).where(Run.service == service, kept.is_not(None)).order_by(Run.id.desc()).limit(1)
    )
    return parse_iso(latest) if latest else None


def enqueue(
    session: Session, targets: Mapping[str, TargetSettings], service: Service, changes: Iterable[Change], now: datetime
) -> int:
    """Enter a notice for each target, and for the readers of each service or watch, that wants to hear of a notable
    change; return how many were entered.

    What lies before the horizon is history, however late it was found. A change is entered for a target once: that
    the harvest is killed and done again enters nothing twice.
    """
    changes = list(changes)
    if not changes:
        return 0
    followed = {target_of(kind, name): target_for(kind, name) for kind, name in subscriptions.followed(session)}
    targets = {**targets, **followed}
    if not targets or (since := horizon(session, service.name)) is None:
        return 0
    entered = 0
    for change in changes:
        if change.before <= since:
            continue
        for name, target in targets.items():
            if not wants(target, service, change):
                continue
            notices.enter(session, name, change_key(service.name, change.before), change, due(target, now))
            entered += 1
    return entered


def wants(target: TargetSettings, service: Service, change: Change) -> bool:
    """Return whether a target subscribes to such a change; a technical one is never sent."""
    return (
        change.kind in target.kinds
        and (not target.services or service.name in map(usual_name, target.services))
        and (not target.tags or not set(target.tags).isdisjoint(service.tags))
        and (not target.types or service.type in map(usual_type, target.types))
        and change.words_added + change.words_removed + change.words_moved >= target.min_words
    )


def target_for(kind: str, name: str) -> TargetSettings:
    """Return what the readers of a service or a watch want to hear of; its address is that of each of them."""
    wanted = {"services": (name,)} if kind == SERVICE else {"watches": (name,), "kinds": ("substantive", "minor")}
    return TargetSettings.model_validate({"url": "mailto://reader", **wanted})


def change_key(service: str, before: datetime) -> str:
    """Return the permanent name of a change: its service and the instant its new text was first seen."""
    return f"{service}/{timestamp_of(before)}"


def due(target: TargetSettings, now: datetime) -> datetime:
    """Return when a notice created now is to be sent: at once, or with the next digest."""
    if target.digest == "none":
        return now
    at = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    at += timedelta(days=1) if at <= now else timedelta()
    if target.digest == "weekly":
        at += timedelta(days=-at.weekday() % 7)
    return at
