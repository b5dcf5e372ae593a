"""A service on the desk: how it is, and why captures failed."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from harvester.catalogue.entries import ServiceEntry
from harvester.errors import ConfigurationError, UnknownName
from harvester.memento import same_page
from harvester.service.schedule import jobs
from harvester.service.schedule.leadership import leader
from harvester.store.desk import under_way
from harvester.store.outcome import MEANING
from harvester.store.read import services
from harvester.web.addresses import ServiceName
from harvester.web.api import writes
from harvester.web.desk.pages import desk_page
from harvester.web.desk.sessions import PATH, Person, SignedIn
from harvester.web.pages.overview import absences, health_of
from harvester.web.site import Site, TheSite
from harvester.web.view.outcomes import REMEDIES

router = APIRouter(prefix=f"{PATH}/services", include_in_schema=False)


@router.get("/{service:document}")
def one_service(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Show a service with everything that can be done with it."""
    return show(request, site, person, service)


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
        in_words=MEANING,
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
        listed=_as_listed([one.url for one in rows], [one.url for one in entry.sources] if entry else []),
        problem=problem,
        scheduler=leader(site.database, site.clock),
        planned=jobs.next_run(site.database, service),
        now=now,
    )


def _as_listed(known: Sequence[str], listed: Sequence[str]) -> dict[str, str]:
    """Return the addresses that the catalogue lists, each as it spells it."""
    found: dict[str, str] = {}
    for url in known:
        same = [url] if url in listed else [one for one in listed if same_page(one, url)]
        if same:
            found[url] = same[0]
    return found
