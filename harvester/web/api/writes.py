"""Writes to an installation, each with ``Authorization: Bearer``; without a token in the settings they do not exist."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.errors import UnknownName
from harvester.service.schedule import pausing, scheduler
from harvester.service.schedule.leadership import leader
from harvester.store.ledger import sources
from harvester.web import catalogue_file
from harvester.web.addresses import ServiceName
from harvester.web.catalogue_file import NewService
from harvester.web.http.people import person_of
from harvester.web.site import Site, TheSite

_bearer = HTTPBearer(
    auto_error=False, description="A token of the settings: `web.token`, or that of one of `web.accounts`."
)


class Written(BaseModel):
    """The result; `altered` is false when nothing had to change."""

    service: str
    altered: bool
    detail: str


def bearer(site: TheSite, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """Return the name of who sent the request, by its token; answer 401 without one of the settings."""
    person = person_of(site.settings.web, given.credentials) if given is not None else None
    if person is None:
        detail = "This needs Authorization: Bearer with the token from the settings."
        raise HTTPException(401, detail, {"WWW-Authenticate": "Bearer"})
    return person


def router() -> APIRouter:
    """Return the routes that write, guarded by the tokens of the settings."""
    routes = APIRouter(tags=["writes"], dependencies=[Depends(bearer)])
    routes.add_api_route("/services", add_service, methods=["POST"], status_code=201)
    routes.add_api_route("/services/{service:document}/run", run_now, methods=["POST"], status_code=202)
    routes.add_api_route("/services/{service:document}/pause", pause, methods=["PUT"])
    routes.add_api_route("/services/{service:document}/pause", resume, methods=["DELETE"])
    return routes


def add_service(site: TheSite, new: NewService, response: Response) -> Written:
    """Add a service to the catalogue; the running scheduler notices it by itself."""
    try:
        entry = catalogue_file.add(site.settings, new)
    except (catalogue_file.AlreadyThere, catalogue_file.NotWritable) as error:
        raise HTTPException(409, str(error)) from error
    with site.database.writing() as session:
        sources.enter(session, entry, site.clock())
    response.headers["Location"] = f"/api/v1/services/{entry.name}"
    return Written(
        service=entry.name, altered=True, detail="in the catalogue; it has no versions before its first poll"
    )


def run_now(site: TheSite, service: ServiceName) -> Written:
    """Have the running scheduler poll a service now, outside its schedule."""
    entry = entry_of(site, service)
    if pausing.is_paused(site.database, entry.name):
        raise HTTPException(409, f"{service} is paused; DELETE /api/v1/services/{service}/pause first")
    if leader(site.database, site.clock) is None:
        raise HTTPException(409, "no scheduler runs: start `harvester serve`")
    scheduler.hurry(site.database, entry.name, site.clock())
    return Written(service=service, altered=True, detail="the scheduler polls it now")


def pause(site: TheSite, service: ServiceName) -> Written:
    """Stop polling a service until it is resumed; its history stays."""
    altered = pausing.pause(site.database, service, site.clock(), lambda: entry_of(site, service))
    return Written(service=service, altered=altered, detail="paused" if altered else "it was already paused")


def resume(site: TheSite, service: ServiceName) -> Written:
    """Poll a paused service again, from its next scheduled time."""
    altered = pausing.resume(site.database, service, site.clock(), lambda: entry_of(site, service))
    return Written(service=service, altered=altered, detail="polled again" if altered else "it was not paused")


def entry_of(site: Site, service: str) -> ServiceEntry:
    """Return the entry of a service in the catalogue; raise `UnknownName`."""
    for entry in load_catalogue(site.settings.config / "services.toml"):
        if entry.name == service:
            return entry
    raise UnknownName(f"no service named {service!r} in the catalogue")
