"""Every capture of a service: when, what came of it and why, where the archive shows it; a calendar; gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from harvester.insight.reading import snapshot_of_listed
from harvester.insight.timeline import gaps_of
from harvester.store.ledger import tallies
from harvester.store.outcome import MEANING, Outcome
from harvester.store.read import captures as read_captures
from harvester.store.read import services
from harvester.store.read.captures import DENSE
from harvester.web.addresses import ServiceName, service_path
from harvester.web.http import cursors
from harvester.web.pages.overview import Cursor, Day, Filter
from harvester.web.site import TheSite, page

router = APIRouter(include_in_schema=False)

_CAPTURES = 50
_YEARS = 60
"""Years of a calendar, the latest ones; the oldest archive began in 1996."""

OutcomeName = Annotated[str, Query(pattern=f"^({'|'.join(Outcome)})?$")]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: captures that show the policy, and others, each counted up to `DENSE`."""

    start: datetime
    shown: int
    others: int


@router.get("/services/{service:document}/captures", response_class=HTMLResponse)
def captures(
    request: Request,
    site: TheSite,
    service: ServiceName,
    outcome: OutcomeName = "",
    since: Day = "",
    cursor: Cursor = "",
) -> HTMLResponse:
    """Show the captures of a service, oldest first, those with an outcome or all."""
    start = Filter("", "", since, "").start
    behind = cursors.load(cursor) if cursor else (start, 0) if start else None
    with site.database.reading() as session:
        number = services.one(session, service).id
        counted = tallies.totals(session, number)
        rows = read_captures.ledger_of(session, number, outcome=outcome or None, newer_than=behind, limit=_CAPTURES + 1)
        calendar = _calendar(session, number)
        gaps = gaps_of(session, number)
    shown = rows[:_CAPTURES]
    return page(
        request,
        "captures.html",
        service=service,
        rows=[(row, snapshot_of_listed(site.settings, row.archive, row.timestamp, row.url)) for row in shown],
        outcomes=[(one, counted[one]) for one in Outcome if one in counted],
        total=sum(counted.get(one, 0) for one in Outcome),
        in_words=MEANING,
        outcome=outcome,
        since=since,
        calendar=calendar,
        dense=DENSE,
        gaps=gaps,
        address=f"{service_path(service)}/captures",
        cursor=cursors.dump(shown[-1].timestamp, shown[-1].id) if len(rows) > _CAPTURES else "",
        is_first=not cursor,
    )


def _calendar(session: Session, service_id: int) -> list[tuple[int, list[Month]]]:
    """Return the years from the first capture to the last, newest first, each with its twelve months."""
    extent = read_captures.extent_of(session, service_id)
    if extent is None:
        return []
    first, last = max(extent[0].year, extent[1].year - _YEARS + 1), extent[1].year
    starts = [datetime(year, month, 1, tzinfo=UTC) for year in range(first, last + 1) for month in range(1, 13)]
    edges = [*starts, datetime(min(last + 1, 9999), 1, 1, tzinfo=UTC)]
    months = [
        Month(start, *counts)
        for (start, _), counts in zip(pairwise(edges), read_captures.density(session, service_id, edges), strict=True)
    ]
    return [(year, months[12 * (year - first) : 12 * (year - first) + 12]) for year in range(last, first - 1, -1)]
