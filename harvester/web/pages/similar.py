"""Policies of other services that share text with a version: templates, generators, services of one owner."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from harvester.web.addresses import Reference, ServiceName, version_name, version_path
from harvester.web.http.ratelimit import count_search
from harvester.web.references import is_permanent, version_named
from harvester.web.site import TheSite, page
from harvester.web.view.neighbours import neighbours_of

router = APIRouter(include_in_schema=False)


@router.get(
    "/services/{service:document}/versions/{reference}/similar",
    response_class=HTMLResponse,
    dependencies=[Depends(count_search)],
)
def similar(request: Request, site: TheSite, service: ServiceName, reference: Reference) -> Response:
    """Show the policies that share text with a version, the most alike first."""
    with site.database.reading() as session:
        row = version_named(session, service, reference)
        if not is_permanent(reference):
            return RedirectResponse(f"{version_path(service, row.first_seen)}/similar")
        neighbours = neighbours_of(request).neighbours(session, service, row)
    return page(
        request,
        "similar.html",
        service=service,
        row=row,
        own_name=version_name(service, row.first_seen),
        found=neighbours.found,
        compared=neighbours.compared,
    )
