"""The addresses of a document, or the pages of which it is combined, edited in a form; and one of them silenced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError

from harvester.catalogue import services_file
from harvester.catalogue.entries import ServiceEntry, SourceEntry
from harvester.catalogue.toml_edits import EditedByAnother
from harvester.errors import ConfigurationError
from harvester.settings import first_reason
from harvester.store.ledger import sources as ledger_sources
from harvester.web.addresses import ServiceName
from harvester.web.api import writes
from harvester.web.desk.log import done
from harvester.web.desk.pages import desk_page, desk_path, then
from harvester.web.desk.sessions import PATH, Form, Person, SignedIn
from harvester.web.site import Site, TheSite

router = APIRouter(prefix=f"{PATH}/services", include_in_schema=False)

EMPTY_ROWS = 2
MOST = 50

Line = tuple[str, str, str]
"""A source as a form has it: address, first day, last day."""


@router.get("/{service:document}/sources")
def sources(request: Request, site: TheSite, service: ServiceName, person: Person) -> Response:
    """Show the sources of a service in a form."""
    entry = writes.entry_of(site, service)
    lines = _lines(entry.sources)
    return _form(request, person, service, lines, lines, combined=bool(entry.combine))


@router.post("/{service:document}/sources")
def save(request: Request, site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """Replace the sources by those of the form, unless somebody edited them meanwhile."""
    lines, was, combined = _read(form, ""), _read(form, "was-"), form.get("combined", "") == "yes"
    try:
        _set(site, service, [_source(line) for line in lines], [_source(line) for line in was])
    except EditedByAnother as error:
        now = writes.entry_of(site, service)
        was, combined = _lines(now.sources), bool(now.combine)
        return _form(request, person, service, lines, was, str(error), 409, combined=combined)
    except ValidationError as error:
        return _form(request, person, service, lines, was, first_reason(error), 422, combined=combined)
    except (ValueError, ConfigurationError) as error:
        return _form(request, person, service, lines, was, str(error), 422, combined=combined)
    done(person, "changed the sources of", service)
    return then(desk_path(service), "sources")


@router.post("/{service:document}/silence")
def silence(site: TheSite, service: ServiceName, person: Person, form: Form) -> Response:
    """End a source of the catalogue yesterday, so that it is not asked any more; or let it have no end again."""
    url, again = form.get("url", ""), form.get("again", "") == "yes"
    entry = writes.entry_of(site, service)
    yesterday = (site.clock() - timedelta(days=1)).strftime("%Y-%m-%d")
    lines = [
        (one[0], one[1], "" if again else yesterday) if one[0] == url and (again or not one[2]) else one
        for one in _lines(entry.sources)
    ]
    _set(site, service, [_source(line) for line in lines], entry.sources)
    done(person, f"{'asks again' if again else 'silenced'} {url} of", service)
    return then(desk_path(service), "asked-again" if again else "silenced")


def _set(site: Site, service: str, wanted: Sequence[SourceEntry], was: Sequence[SourceEntry]) -> None:
    """Write the sources to the catalogue, and have the store agree at once."""
    services_file.set_sources(site.settings.config / "services.toml", service, wanted, was)
    entry: ServiceEntry = writes.entry_of(site, service)
    with site.database.writing() as session:
        ledger_sources.enter(session, entry, site.clock())


def _form(
    request: Request,
    person: SignedIn,
    service: str,
    lines: Sequence[Line],
    was: Sequence[Line],
    problem: str = "",
    status: int = 200,
    *,
    combined: bool,
) -> Response:
    shown = [*lines, *[("", "", "")] * (EMPTY_ROWS if len(lines) < MOST else 0)]
    return desk_page(
        request,
        person,
        "sources.html",
        status=status,
        service=service,
        lines=shown,
        was=was,
        combined=combined,
        problem=problem,
    )


def _lines(entries: Sequence[SourceEntry]) -> list[Line]:
    return [
        (one.url, f"{one.since:%Y-%m-%d}" if one.since else "", f"{one.until:%Y-%m-%d}" if one.until else "")
        for one in entries
    ]


def _read(form: dict[str, str], prefix: str) -> list[Line]:
    """Return the lines of a form that have an address, in their order."""
    rows = (
        tuple(form.get(f"{prefix}{what}-{number}", "").strip() for what in ("url", "from", "to"))
        for number in range(MOST + EMPTY_ROWS)
    )
    return [(url, since, until) for url, since, until in rows if url]


def _source(line: Line) -> SourceEntry:
    url, since, until = line
    facts = {"url": url} | ({"from": since} if since else {}) | ({"to": until} if until else {})
    return SourceEntry.model_validate(facts)
