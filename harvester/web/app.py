"""The web application: pages for people, an API for programs, feeds for both."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from anyio import to_thread
from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from harvester._version import __version__
from harvester.clock import Clock, utc_now
from harvester.errors import HarvesterError
from harvester.service.observe import metrics as service_metrics
from harvester.service.observe.outage import Outage
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web import desk, feeds
from harvester.web.api import (
    changes as api_changes,
)
from harvester.web.api import (
    reviews as api_reviews,
)
from harvester.web.api import (
    search as api_search,
)
from harvester.web.api import (
    services as api_services,
)
from harvester.web.api import (
    status as api_status,
)
from harvester.web.api import (
    trends as api_trends,
)
from harvester.web.api import (
    watches as api_watches,
)
from harvester.web.api import (
    writes as api_writes,
)
from harvester.web.api.given import only_known
from harvester.web.http import operations, problems
from harvester.web.http.access import Access
from harvester.web.http.conditional import Conditional
from harvester.web.http.freshness import Freshness
from harvester.web.http.outages import Outages
from harvester.web.http.ratelimit import RateLimit
from harvester.web.http.security import RequestLimits, SecurityHeaders
from harvester.web.http.semantics import Semantics
from harvester.web.http.streams import Slots
from harvester.web.pages import (
    captures as pages_captures,
)
from harvester.web.pages import (
    change as pages_change,
)
from harvester.web.pages import (
    compare as pages_compare,
)
from harvester.web.pages import (
    download as pages_download,
)
from harvester.web.pages import (
    everything as pages_everything,
)
from harvester.web.pages import (
    gaps as pages_gaps,
)
from harvester.web.pages import (
    overview as pages_overview,
)
from harvester.web.pages import (
    search as pages_search,
)
from harvester.web.pages import (
    service as pages_service,
)
from harvester.web.pages import (
    similar as pages_similar,
)
from harvester.web.pages import (
    status as pages_status,
)
from harvester.web.pages import (
    subscribe as pages_subscribe,
)
from harvester.web.pages import (
    trends as pages_trends,
)
from harvester.web.pages import (
    version as pages_version,
)
from harvester.web.pages import (
    watch as pages_watch,
)
from harvester.web.site import make_site
from harvester.web.view.age import AgeKeeper
from harvester.web.view.comparisons import ComparisonKeeper
from harvester.web.view.entries import EntryKeeper
from harvester.web.view.neighbours import NeighbourKeeper
from harvester.web.view.status import StatusKeeper
from harvester.web.view.trends import TrendKeeper

DESCRIPTION = """\
How privacy policies changed over the years. Times are ISO 8601 in UTC. Lists are paged: while `next` is not null, ask
again with `cursor` set to it. Answers carry an ETag, and Last-Modified where there is one. Errors are problem JSON
(RFC 9457). A parameter that an operation does not have, or one given twice that is not a list, is refused with 422.
"""


READERS_AT_ONCE = 4
"""Requests worked on side by side in a process: each needs a connection to the store, all share one interpreter."""


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = READERS_AT_ONCE
    warming = threading.Thread(target=_warm_up, args=(app,), name="warming up", daemon=True)
    warming.start()
    yield
    warming.join()


def _warm_up(app: FastAPI) -> None:
    """Make what else the first readers of trends and of similar policies would wait for: in a large store a second."""
    with suppress(HarvesterError):  # readers are told what is wrong with the store
        app.state.trends.warm_up()
        app.state.neighbours.hashes()


def create_app(settings: Settings, database: Database, clock: Clock = utc_now, *, served: bool = True) -> FastAPI:
    """Create the application of an installation (`make_site`). The caller closes `database`."""
    app = problems.Described(
        title="harvester",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=problems.PROBLEMS,
        separate_input_output_schemas=False,
        lifespan=_served,
    )
    app.state.site = make_site(settings, database, clock, served=served)
    app.state.status = StatusKeeper(database, settings, clock)
    app.state.metrics = service_metrics.registry(database, settings, clock)
    app.state.ages = AgeKeeper()
    app.state.comparisons = ComparisonKeeper()
    app.state.neighbours = NeighbourKeeper(database)
    app.state.entries = EntryKeeper()
    app.state.trends = TrendKeeper(database)
    app.state.search_limit = RateLimit(settings.web.searches_per_minute)
    app.state.files_at_once = Slots(pages_everything.AT_ONCE)
    app.state.subscribe_limit = RateLimit(pages_subscribe.PER_MINUTE)
    app.state.ending = threading.Event()
    app.state.outage = Outage()
    problems.install(app)
    _add_routes(app, settings, served=served)
    # The last one added is the first that a request meets.
    app.add_middleware(Outages, outage=app.state.outage)
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=600, compresslevel=6)
    app.add_middleware(Freshness)
    app.add_middleware(RequestLimits)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Semantics)
    app.add_middleware(Access, logged=settings.web.access_log)
    return app


def _add_routes(app: FastAPI, settings: Settings, *, served: bool) -> None:
    for pages in (
        pages_overview,
        pages_service,
        pages_version,
        pages_change,
        pages_captures,
        pages_compare,
        pages_download,
        pages_everything,
        pages_similar,
        pages_search,
        pages_trends,
        pages_gaps,
        pages_status,
        pages_watch,
        pages_subscribe,
        feeds,
        operations,
    ):
        # Not included: that would make each again for this application at its first request.
        app.router.routes.extend(pages.router.routes)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    if served and settings.web.people:
        desk.install(app)
    known = [Depends(only_known)]
    for api in (api_services, api_changes, api_search, api_trends, api_watches, api_status):
        app.include_router(api.router, prefix="/api/v1", dependencies=known)
    if settings.web.people:
        app.include_router(api_writes.router(), prefix="/api/v1", dependencies=known)
        app.include_router(api_reviews.router, prefix="/api/v1", dependencies=known)
