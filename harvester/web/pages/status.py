"""The state of the installation: queue, limiter, breaker, failures by reason, last success."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from harvester.store.outcome import MEANING
from harvester.web.site import TheSite, page
from harvester.web.view.status import StatusKeeper

router = APIRouter(include_in_schema=False)


def status_of(request: Request) -> StatusKeeper:
    """Return the status that the application keeps, counted again when the last count is older than a minute."""
    keeper = request.app.state.status
    assert isinstance(keeper, StatusKeeper)
    return keeper


@router.get("/status", response_class=HTMLResponse)
def status(request: Request, site: TheSite) -> HTMLResponse:
    """Show the state of the harvest."""
    return page(
        request,
        "status.html",
        found=status_of(request).status(),
        settings_problem=site.settings_problem,
        in_words=MEANING,
        now=site.clock(),
    )
