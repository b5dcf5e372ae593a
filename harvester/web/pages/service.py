"""A service: its whole history on one line, length and reading grade, its addresses, its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from harvester.insight.timeline import timeline
from harvester.store.read import history, recent, services
from harvester.web.addresses import ServiceName, feed_of, moment_of, service_path, stamp
from harvester.web.pages.overview import absences, health_of
from harvester.web.site import TheSite, page
from harvester.web.view import charts

router = APIRouter(include_in_schema=False)

_VERSIONS = 50


@router.get("/services/{service:document}", response_class=HTMLResponse)
def service(
    request: Request,
    site: TheSite,
    service: ServiceName,
    before: Annotated[str, Query(pattern=r"^(|[0-9]{14})$")] = "",
    kind: Annotated[str, Query(pattern=r"^(|all)$")] = "",
) -> Response:
    """Show the history of a document of a service, without versions that differ in a hidden kind unless asked."""
    older_than = moment_of(before) if before else None
    with site.database.reading() as session:
        others = services.documents(session, service)
        if others and others[0].name != service:
            # A service whose privacy policy is not watched is shown by its first document.
            return RedirectResponse(service_path(others[0].name))
        found = services.one(session, service)
        condition = services.conditions(session, [found.id])[found.id]
        extent = history.extent(session, found.id)
        line = timeline(session, service)
        versions = history.versions_before(session, found.id, older_than, _VERSIONS + 1, () if kind else recent.HIDDEN)
        hidden = recent.hidden(session, recent.ChangesWanted(found.id))
        sources = services.sources(session, found.id)
        documents = services.documents(session, found.service_name)
        absent = absences(session, {found.id: condition}).get(service)
    shown = versions[:_VERSIONS]
    health, health_words = health_of(found, condition, site.clock(), site.watches(service), absent)
    points = line.points if line else ()
    graded = [point for point in points if point.reading_grade is not None]
    drawn = {}
    if line and points:
        lengths = [point.words for point in points]
        label = f"Length in words: {lengths[0]:,} at first, {lengths[-1]:,} now"
        drawn["length"] = charts.curve(points, lengths, line.start, line.end, label)
    if line and graded:
        grades = [point.reading_grade or 0.0 for point in graded]
        label = f"Reading grade: {grades[0]:.1f} at first, {grades[-1]:.1f} now"
        drawn["grade"] = charts.curve(graded, grades, line.start, line.end, label)
    return page(
        request,
        "service.html",
        service=found,
        extent=extent,
        health=health,
        health_words=health_words,
        absent=absent,
        line=line,
        timeline=charts.timeline(service, line) if line else "",
        charts=drawn,
        points=points,
        versions=shown,
        next_before=stamp(shown[-1].first_seen) if len(versions) > _VERSIONS else "",
        is_first=not before,
        kind=kind,
        hidden=hidden,
        sources=sources,
        documents=documents,
        feed=feed_of(service, single=len(documents) == 1),
    )
