"""A version: the document as it was read, as Markdown, or coloured by the age of its words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from harvester.catalogue.selection import selectors
from harvester.dates import end_of
from harvester.insight import reading
from harvester.insight.similar import return_of
from harvester.memento import shown_address
from harvester.store.read import history, services
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import Reference, ServiceName, service_path, version_path, with_query
from harvester.web.references import is_permanent, version_near
from harvester.web.site import TheSite, page
from harvester.web.view import rendering
from harvester.web.view.age import AgeKeeper
from harvester.web.view.citations import citations

router = APIRouter(include_in_schema=False)

View = Annotated[str, Query(pattern=r"^(text|markdown|age)$")]
Asked = Annotated[str, Query(pattern=r"^(|[0-9]{4}(-[0-9]{2}){0,2})$")]


@router.get("/services/{service:document}/versions/{reference}", response_class=HTMLResponse)
def version(
    request: Request, site: TheSite, service: ServiceName, reference: Reference, view: View = "text", asked: Asked = ""
) -> Response:
    """Show the document of a version with its provenance.

    A date leads to the version of that time; `asked` keeps the date if no capture confirms it.
    """
    with site.database.reading() as session:
        found = services.one(session, service)
        row = version_near(session, service, reference)
        if not is_permanent(reference):
            asked = reference if _doubt(reference, row) else ""
            return RedirectResponse(
                with_query(version_path(service, row.first_seen), view="" if view == "text" else view, asked=asked)
            )
        shown = reading.document_of(session, site.settings, service, row)
        earlier, later = history.beside(session, found.id, row.first_seen)
        extent = history.extent(session, found.id)
        again = return_of(session, found.id, row)
        aged = _ages(request).aged(session, service, row) if view == "age" else None
    body = shown.text.split("\n\n", 1)[1]
    snapshot = shown_address(shown.provenance["snapshot"])
    note = f"Version {row.number} of {extent.versions}, as archived by {shown.provenance['archive']}"
    return page(
        request,
        "version.html",
        citations=citations(service, row.first_seen, snapshot, note),
        service=found,
        row=row,
        view=view,
        title=shown.title.strip(),
        provenance=shown.provenance,
        selected=selectors(shown.provenance["selection"]) if shown.provenance["selection"] else "",
        snapshot=snapshot,
        article=rendering.policy(body) if view == "text" else "",
        markdown=shown.text if view == "markdown" else "",
        aged=aged,
        again=again,
        total=extent.versions,
        asked=asked,
        doubt=_doubt(asked, row),
        next_seen=later,
        earlier=version_path(service, earlier) if earlier else None,
        later=version_path(service, later) if later else None,
        feed=(f"Changes of {service}", f"{service_path(service)}/changes.atom"),
    )


def _doubt(date: str, row: VersionRow) -> str:
    """Return whether a date falls ``before`` the first capture of the version it leads to, or ``after`` the last
    one.
    """
    end = end_of(date)
    if end is None:
        return ""
    return "before" if end < row.first_seen else "after" if end.date() > row.last_seen.date() else ""


def _ages(request: Request) -> AgeKeeper:
    keeper = request.app.state.ages
    assert isinstance(keeper, AgeKeeper)
    return keeper
