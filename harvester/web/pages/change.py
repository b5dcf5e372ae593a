"""A change: the redline, inline or side by side, whole or changes only, with both snapshots."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from harvester.insight.redline import diff_of, explanation, redline
from harvester.insight.similar import return_of
from harvester.insight.statements.statements import silence, statements
from harvester.store.ledger import summaries
from harvester.store.read import versions
from harvester.web.addresses import ServiceName, Stamp, change_path, moment_of, service_path
from harvester.web.site import TheSite, page
from harvester.web.view import rendering
from harvester.web.view.citations import citations

router = APIRouter(include_in_schema=False)


@router.get("/services/{service:document}/changes/{stamp}", response_class=HTMLResponse)
def change(
    request: Request,
    site: TheSite,
    service: ServiceName,
    stamp: Stamp,
    view: Annotated[str, Query(pattern=r"^(inline|side)$")] = "inline",
    show: Annotated[str, Query(pattern=r"^(changes|all)$")] = "changes",
) -> HTMLResponse:
    """Show the redline of a change at its permanent address."""
    before = moment_of(stamp)
    with site.database.reading() as session:
        found = redline(session, site.settings, service, before)
        diff = diff_of(session, found.change)
        again = return_of(session, versions.service_id(session, service), found.new)
        model = site.settings.summary.model
        summary = summaries.of(session, model, found.change.id) if model else None
    note = f"Change from version {found.old.number} to {found.new.number}; the version before: {found.old_snapshot}"
    redline_html, passages = rendering.linked_redline(diff, side_by_side=view == "side", only_changes=show == "changes")
    return page(
        request,
        "change.html",
        citations=citations(service, before, found.new_snapshot, note),
        service=service,
        found=found,
        change=found.change,
        statements=(said := statements(diff)),
        silence=None if said else silence(found.change.kind, found.new.language),
        summary=summary,
        model=model,
        explanation=explanation(found.change),
        view=view,
        show=show,
        address=change_path(service, before),
        redline=redline_html,
        passages=passages,
        again=again,
        earlier=change_path(service, found.earlier) if found.earlier else None,
        later=change_path(service, found.later) if found.later else None,
        feed=(f"Changes of {service}", f"{service_path(service)}/changes.atom"),
    )
