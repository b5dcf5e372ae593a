"""``/api/v1/status``: how the installation is."""

from __future__ import annotations

from fastapi import APIRouter, Request

from harvester.web.api import models
from harvester.web.pages.status import status_of

router = APIRouter(tags=["status"])


@router.get("/status")
def get_status(request: Request) -> models.StatusOut:
    """Return queue, limiter, breaker, failures by reason, last success."""
    keeper = status_of(request)
    found = keeper.status()
    facts = found.health.as_dict()
    return models.StatusOut(
        counted_at=found.counted_at,
        waiting=found.waiting,
        oldest_due=found.oldest_due,
        last_success=found.last_success,
        reasons=[models.ReasonOut.model_validate(one) for one in found.reasons],
        **facts,
        **found.service,
        jobs=keeper.jobs(),
    )
