"""Versions by the names that addresses give them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from harvester.dates import end_of
from harvester.store.history.references import nothing_known
from harvester.store.read import history, services
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import BadStamp, moment_of


def version_named(session: Session, service: str, reference: str) -> VersionRow:
    """Return the version that a reference (`addresses.Reference`) names; raise `UnknownName` for a date before the
    first one, of which nothing is known.
    """
    row = version_near(session, service, reference)
    end = None if is_permanent(reference) or reference == "first" else _moment(reference)
    if end is not None and end < row.first_seen:
        raise nothing_known(service, reference, row.first_seen)
    return row


def version_near(session: Session, service: str, reference: str) -> VersionRow:
    """Return the version that a reference names, the first one for dates before it: for who says so."""
    number = services.one(session, service).id
    if is_permanent(reference):
        return history.version_at(session, number, moment_of(reference))
    return history.version_on(session, number, _moment(reference))


def version_of(session: Session, name: str) -> tuple[str, VersionRow]:
    """Return the service and the version that a name (`addresses.VersionName`) means."""
    service, _, reference = name.rpartition("@")
    return service, version_named(session, service, reference)


def is_permanent(reference: str) -> bool:
    """Return whether a reference will always name the same version."""
    return len(reference) == 14


def reference_of(session: Session, service: str, row: VersionRow) -> str:
    """Convert a reference to the form of `store.references`: so many before the latest, since four digits are a year
    there.
    """
    total = history.extent(session, services.one(session, service).id).versions
    return f"~{total - row.number}"


def _moment(reference: str) -> datetime | None:
    """Return the instant at which the version was there; None means the latest."""
    if reference == "latest":
        return None
    if reference == "first":
        return datetime.min.replace(tzinfo=UTC)
    end = end_of(reference)
    if end is None:
        raise BadStamp(f"{reference} is not a date; write 2014, 2014-06 or 2014-06-30")
    return end
