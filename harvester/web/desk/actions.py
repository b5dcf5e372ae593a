"""What the buttons of a service do: run, pause, resume, try again, remove."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from harvester.catalogue import services_file
from harvester.errors import ConfigurationError
from harvester.store.desk import under_way
from harvester.web.addresses import ServiceName
from harvester.web.api import writes
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, desk_path, then
from harvester.web.desk.service import show
from harvester.web.desk.sessions import PATH, Form, Person
from harvester.web.site import TheSite

router = APIRouter(prefix=f"{PATH}/services", include_in_schema=False)


@router.post("/{service:document}/run")
def run(request: Request, site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Poll a service now, and lead to the page that shows how far it is."""
    return _asked(lambda: writes.run_now(site, service), request, site, service, person, "hurried", "progress")


@router.post("/{service:document}/pause")
def pause(request: Request, site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Stop polling a service."""
    return _asked(lambda: writes.pause(site, service), request, site, service, person, "paused")


@router.post("/{service:document}/resume")
def resume(request: Request, site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Poll a paused service again."""
    return _asked(lambda: writes.resume(site, service), request, site, service, person, "resumed")


@router.post("/{service:document}/retry")
def retry(site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Have the next poll fetch what failed."""
    with site.database.writing() as session:
        number = under_way.try_again(session, service)
    done(person, f"had {number} captures tried again of", service)
    return then(desk_path(service, "captures"), "retried" if number else "nothing-to-retry")


@router.get("/{service:document}/remove")
def confirm_removal(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Ask whether a service is to be removed."""
    writes.entry_of(site, service)
    return desk_page(request, person, "remove.html", service=service, problem="")


@router.post("/{service:document}/remove")
def remove(request: Request, site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Take a service out of the catalogue."""
    try:
        services_file.remove(site.settings.config / "services.toml", service, site.settings.notify)
    except ConfigurationError as error:
        return desk_page(request, person, "remove.html", status=409, service=service, problem=str(error))
    done(person, "removed", service)
    return then(PATH, "removed")


def _asked(
    action: Callable[[], writes.Written],
    request: Request,
    site: TheSite,
    service: str,
    person: Person,
    said: str,
    *behind: str,
) -> Response:
    """Do what the API does, and lead on; show on the service's page why it could not be done."""
    try:
        written = action()
    except HTTPException as error:
        return show(request, site, person, service, error.detail, error.status_code)
    if not written.altered:
        return then(desk_path(service), f"was-{'paused' if said == 'paused' else 'not-paused'}")
    done(person, said, service)
    return then(desk_path(service, *behind), said)
