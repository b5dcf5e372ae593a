"""The first page of the desk: the services of the catalogue, and a form to add one."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import ValidationError

from harvester.catalogue.domains import named_service
from harvester.catalogue.entries import load_catalogue
from harvester.errors import ConfigurationError
from harvester.service.schedule.leadership import leader
from harvester.settings import first_reason
from harvester.store.read import services
from harvester.web.api import writes
from harvester.web.catalogue_file import NewService, NewSource
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, desk_path, then
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.pages.overview import Row, absences, health_of
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=PATH, include_in_schema=False)

MOST = 500
SAMPLES = ("changes", "seasons", "all")


@router.get("")
def home(request: Request, site: TheSite, person: Person) -> Response:
    """Show the services with their health."""
    return _home(request, site, person, {})


@router.post("/services")
def add(request: Request, site: TheSite, person: Person, form: Form) -> Response:
    """Add a service by its domain or by the address of its policy, and lead to the page that shows its harvest."""
    try:
        new = _new(form)
        writes.add_service(site, new, Response())
    except ValidationError as error:
        return _home(request, site, person, form, first_reason(error), 422)
    except (ValueError, ConfigurationError) as error:
        return _home(request, site, person, form, str(error), 422)
    except HTTPException as error:
        return _home(request, site, person, form, error.detail, error.status_code)
    done(person, "added", new.name)
    return then(desk_path(new.name, "progress"), "added")


def _new(form: dict[str, str]) -> NewService:
    """Return the service that a form describes; ValueError says what is wrong with it."""
    named = named_service(form.get("address", ""))
    tags, archives = (
        [part for one in form.get(key, "").split(",") if (part := one.strip())] for key in ("tags", "archives")
    )
    sources = [NewSource(url=named.url)] if named.url else []
    sample = form.get("sample", "")
    return NewService(
        name=named.service,
        sources=sources,
        tags=tags,
        sample=sample if sample in SAMPLES else "changes",
        archives=archives,
    )


def _home(
    request: Request, site: Site, person: SignedIn, form: dict[str, str], problem: str = "", status: int = 200
) -> Response:
    file = site.settings.config / "services.toml"
    refused = ""
    try:
        entries = load_catalogue(file) if file.exists() else ()
    except ConfigurationError as error:
        entries, refused = (), str(error)
    with site.database.reading() as session:
        known = services.named(session, None, after="", limit=MOST + 1)
        conditions = services.conditions(session, [one.id for one in known[:MOST]])
        absent = absences(session, conditions)
    watches = site.watching()
    rows = [
        Row(
            one,
            conditions[one.id],
            "",
            *health_of(one, conditions[one.id], site.clock(), watches(one.name), absent.get(one.name)),
        )
        for one in known[:MOST]
    ]
    return desk_page(
        request,
        person,
        "home.html",
        status=status,
        rows=rows,
        more=len(known) > MOST,
        unseen=sorted({one.name for one in entries} - {one.name for one in known}),
        refused=refused,
        problem=problem,
        form=form,
        samples=SAMPLES,
        archives=site.settings.archive_names(),
        asked=site.settings.archive_named().names,
        scheduler=leader(site.database, site.clock),
    )
