"""A service on the desk: how it is, how far its harvest is, and why captures failed."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from harvester.catalogue import ServiceEntry
from harvester.errors import ConfigurationError, UnknownName
from harvester.service.schedule import jobs
from harvester.service.schedule.leadership import leader
from harvester.store.desk import under_way
from harvester.store.read import services
from harvester.web.addresses import ServiceName
from harvester.web.api import writes
from harvester.web.desk.pages import desk_page
from harvester.web.desk.sessions import PATH, Person, SignedIn
from harvester.web.pages.overview import absences, health_of
from harvester.web.site import Site, TheSite
from harvester.web.view.outcomes import IN_WORDS, REMEDIES

router = APIRouter(prefix=f"{PATH}/services")

REFRESH_SECONDS = 3
SOON = timedelta(minutes=1)


@router.get("/{service:document}")
def one_service(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Show a service with everything that can be done with it."""
    return show(request, site, person, service)


@router.get("/{service:document}/progress")
def progress(request: Request, site: TheSite, service: ServiceName, person: Person, still: str = "") -> Response:
    """Show how far the harvest of a service is; the browser asks again while it is under way, unless `still`."""
    now = site.clock()
    with site.database.reading() as session:
        found = services.one(session, service)
        state = under_way.under_way(session, found.id, service, now)
    planned = jobs.next_run(site.database, service)
    scheduler = leader(site.database, site.clock)
    never_ran = state.run is None
    waits = (
        not state.running
        and scheduler is not None
        and found.paused_at is None
        and (never_ran or (planned is not None and planned <= now + SOON))
    )
    goes_on = state.running or waits
    return desk_page(
        request,
        person,
        "progress.html",
        refresh=REFRESH_SECONDS if goes_on and not still else 0,
        service=service,
        found=found,
        state=state,
        stage=_stage(state, waits=waits),
        planned=planned,
        scheduler=scheduler,
        goes_on=goes_on,
        still=bool(still),
    )


@router.get("/{service:document}/captures")
def captures(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Show in words why captures of a service show no policy."""
    with site.database.reading() as session:
        found = services.one(session, service)
        rows = under_way.failures(session, found.id)
        absent = absences(session, services.conditions(session, [found.id])).get(service)
    return desk_page(
        request,
        person,
        "captures.html",
        service=service,
        rows=rows,
        absent=absent,
        in_words=IN_WORDS,
        remedies=REMEDIES,
        again=sum(one.captures for one in rows if one.outcome in under_way.FAILING),
    )


def show(
    request: Request, site: Site, person: SignedIn, service: str, problem: str = "", status: int = 200
) -> Response:
    """Show a service, with why something could not be done."""
    now = site.clock()
    with site.database.reading() as session:
        found = services.one(session, service)
        condition = services.conditions(session, [found.id])[found.id]
        state = under_way.under_way(session, found.id, service, now)
        absent = absences(session, {found.id: condition}).get(service)
        rows = services.sources(session, found.id)
    entry: ServiceEntry | None = None
    refused = ""
    try:
        entry = writes.entry_of(site, service)
    except UnknownName:
        pass
    except ConfigurationError as error:
        refused = str(error)
    health, words = health_of(found, condition, now, entry is not None or bool(refused), absent)
    return desk_page(
        request,
        person,
        "service.html",
        status=status,
        service=service,
        found=found,
        entry=entry,
        refused=refused,
        health=health,
        health_words=words,
        state=state,
        sources=rows,
        problem=problem,
        scheduler=leader(site.database, site.clock),
        planned=jobs.next_run(site.database, service),
        now=now,
    )


def _stage(state: under_way.UnderWay, *, waits: bool) -> str:
    """Return what happens just now, in words."""
    if not state.running:
        return "Waiting for the scheduler." if waits else "Nothing is under way."
    if not state.sources:
        return "Looking for the policy on archived home pages."
    if state.rows is not None:
        return f"Reading the archive's index: {state.rows:,} rows so far."
    if state.waiting:
        return f"Fetching captures: {state.waiting:,} to go."
    return "Comparing the texts."
