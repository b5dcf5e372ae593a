"""``/api/v1/status``: how the installation is."""

from __future__ import annotations

from fastapi import APIRouter, Request

from harvester.service.schedule.jobs import jobs_after
from harvester.web.api import models
from harvester.web.api.services import Limit, NameCursor
from harvester.web.pages.status import status_of
from harvester.web.site import TheSite

router = APIRouter(tags=["status"])


@router.get("/status")
def get_status(
    request: Request,
    site: TheSite,
    cursor: NameCursor = None,
    limit: Limit = 100,
) -> models.StatusOut:
    """Return queue, limiter, breaker, failures by reason, last success, and the jobs of the schedule by service.

    The cursor is the last service of a page of jobs.
    """
    found = status_of(request).status()
    jobs = jobs_after(site.database, cursor or "", limit + 1)
    facts = found.health.as_dict()
    return models.StatusOut(
        counted_at=found.counted_at,
        waiting=found.waiting,
        oldest_due=found.oldest_due,
        last_success=found.last_success,
        reasons=[models.ReasonOut.model_validate(one) for one in found.reasons],
        **facts,
        **found.service,
        settings_problem=site.settings_problem,
        jobs=[job.as_dict() for job in jobs[:limit]],
        next=jobs[limit - 1].service if len(jobs) > limit else None,
    )
