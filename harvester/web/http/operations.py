"""Addresses for supervisors: alive, ready, metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry

from harvester.service.observe import metrics as service_metrics
from harvester.service.observe.readiness import ready
from harvester.web.site import TheSite

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> PlainTextResponse:
    """Return 200 while the process answers at all."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(site: TheSite) -> Response:
    """Return 200 while the store (and Redis, where it is used) answers, else 503 with what does not."""
    problems = ready(site.database, site.settings)
    return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Return the metrics for Prometheus."""
    registry = request.app.state.metrics
    assert isinstance(registry, CollectorRegistry)
    return Response(service_metrics.page(registry), media_type=CONTENT_TYPE_LATEST)
