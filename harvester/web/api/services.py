"""``/api/v1/services``: who is watched, versions, documents, the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy.orm import Session

from harvester.catalogue.entries import ServiceEntry
from harvester.dates import duration_text
from harvester.insight import reading
from harvester.insight.blame import Passage, blame
from harvester.store.ledger.ledger import Outcome
from harvester.store.read import captures, history
from harvester.store.read import services as read_services
from harvester.store.read.missing import Missing, Unseen, missing
from harvester.store.read.versions import VersionRow
from harvester.web.addresses import Reference, ServiceName, stamp
from harvester.web.api import models
from harvester.web.api.given import Limit500
from harvester.web.http import cursors
from harvester.web.http.conditional import http_date
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import absences, health_of
from harvester.web.references import reference_of, version_named
from harvester.web.site import Site, TheSite
from harvester.web.view.neighbours import neighbours_of

router = APIRouter(tags=["services"])

Limit = Annotated[Limit500, Query(description="Maximum number of items.")]
Cursor = Annotated[str | None, Query(pattern=cursors.PATTERN, description="`next` of the previous page.")]
NameCursor = Annotated[str | None, Query(max_length=300, description="`next` of the previous page.")]


@router.get("/services")
def list_services(
    site: TheSite,
    tag: Annotated[str | None, Query(max_length=100)] = None,
    cursor: NameCursor = None,
    limit: Limit = 100,
) -> models.Services:
    """List the documents by service, all or those with a tag. The cursor is the last name."""
    with site.database.reading() as session:
        wanted = read_services.named(session, tag, after=cursor or "", limit=limit + 1)
        items = _services(session, site, wanted[:limit])
    return models.Services(items=items, next=items[-1].name if len(wanted) > limit else None)


@router.get("/services/{service:document}")
def get_service(site: TheSite, service: ServiceName) -> models.ServiceDetail:
    """Return a service with its sources."""
    with site.database.reading() as session:
        found = read_services.one(session, service)
        [item] = _services(session, site, [found])
        sources = [models.SourceOut.model_validate(one) for one in read_services.sources(session, found.id)]
        documents = [one.name for one in read_services.documents(session, found.service_name)]
    named = _named_for(site.entry(service))
    return models.ServiceDetail(**item.model_dump(), documents=documents, sources=sources, **named)


def _named_for(entry: ServiceEntry | None) -> dict[str, Any]:
    """Return what the catalogue names for a document; None for what it leaves to the settings."""
    if entry is None:
        return dict.fromkeys(("sample", "every", "keep", "archives"))
    return {
        "sample": entry.sample,
        "every": duration_text(entry.every) if entry.every else None,
        "keep": duration_text(entry.keep) if entry.keep else None,
        "archives": list(entry.archives) if entry.archives else None,
    }


@router.get("/services/{service:document}/versions")
def list_versions(site: TheSite, service: ServiceName, cursor: Cursor = None, limit: Limit = 100) -> models.Versions:
    """List the versions of a service, newest first."""
    older_than = cursors.load(cursor)[0] if cursor else None
    with site.database.reading() as session:
        number = read_services.one(session, service).id
        rows = history.versions_before(session, number, older_than, limit + 1)
    items = [version_out(service, row) for row in rows[:limit]]
    more = cursors.dump(rows[limit - 1].first_seen, rows[limit - 1].id) if len(rows) > limit else None
    return models.Versions(items=items, next=more)


@router.get("/services/{service:document}/versions/{reference}")
def get_version(site: TheSite, service: ServiceName, reference: Reference) -> models.VersionOut:
    """Return one version."""
    with site.database.reading() as session:
        return version_out(service, version_named(session, service, reference))


@router.get("/services/{service:document}/versions/{reference}/document")
def get_document(site: TheSite, service: ServiceName, reference: Reference, response: Response) -> models.DocumentOut:
    """Return the document of a version with its provenance."""
    with site.database.reading() as session:
        shown = reading.document_of(session, site.settings, service, version_named(session, service, reference))
    response.headers["Last-Modified"] = http_date(shown.version.first_seen)
    return models.DocumentOut(
        version=version_out(service, shown.version),
        title=shown.title,
        provenance=models.Provenance(**shown.provenance),
        text=shown.text.encode("utf-8", "replace").decode(),
    )


@router.get(
    "/services/{service:document}/versions/{reference}/document.md",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/markdown": {}}}},
)
def get_markdown(site: TheSite, service: ServiceName, reference: Reference) -> Response:
    """Return the document of a version byte for byte, as Markdown."""
    with site.database.reading() as session:
        shown = reading.document_of(session, site.settings, service, version_named(session, service, reference))
    headers = {
        "Content-Disposition": f'inline; filename="{service.replace("/", "-")}-{stamp(shown.version.first_seen)}.md"',
        "Last-Modified": http_date(shown.version.first_seen),
    }
    return Response(shown.text.encode("utf-8", "surrogatepass"), media_type="text/markdown", headers=headers)


@router.get("/services/{service:document}/versions/{reference}/blame")
def get_blame(site: TheSite, service: ServiceName, reference: Reference) -> models.BlameOut:
    """Return which version brought each passage of a version."""
    with site.database.reading() as session:
        row = version_named(session, service, reference)
        found = blame(session, service, reference_of(session, service, row))
    blocks = [[_passage(one) for one in block.passages] for block in found.blocks]
    return models.BlameOut(version=version_out(service, row), blocks=blocks)


@router.get("/services/{service:document}/versions/{reference}/similar", dependencies=[Depends(count_search)])
def get_similar(request: Request, site: TheSite, service: ServiceName, reference: Reference) -> models.SimilarVersions:
    """Return the versions of other services that share text with a version, the most alike first, at most 20."""
    with site.database.reading() as session:
        row = version_named(session, service, reference)
        found = neighbours_of(request).neighbours(session, service, row)
    items = [models.SimilarOut.model_validate(one) for one in found.found]
    return models.SimilarVersions(version=version_out(service, row), compared=found.compared, items=items)


@router.get("/services/{service:document}/ledger")
def get_ledger(
    site: TheSite,
    service: ServiceName,
    outcome: Annotated[Outcome | None, Query(description="Only captures with this outcome.")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> models.Ledger:
    """List every known capture of a service with its one outcome, oldest first, and each of its addresses that has no
    capture.
    """
    newer_than = cursors.load(cursor) if cursor else None
    with site.database.reading() as session:
        number = read_services.one(session, service).id
        rows = captures.ledger_of(session, number, outcome=outcome, newer_than=newer_than, limit=limit + 1)
        nothing = [one for one in missing(session, [number]) if outcome in (None, one.outcome)]
    without = [models.NothingOut.model_validate(one) for one in nothing]
    items = [models.CaptureOut.model_validate(row) for row in rows[:limit]]
    more = cursors.dump(rows[limit - 1].timestamp, rows[limit - 1].id) if len(rows) > limit else None
    return models.Ledger(items=items, without_captures=without, next=more)


@router.get("/services/{service:document}/intervals")
def get_intervals(site: TheSite, service: ServiceName) -> models.Intervals:
    """List the outcome of each planned half-year of a service."""
    with site.database.reading() as session:
        rows = history.intervals(session, read_services.one(session, service).id)
    return models.Intervals(items=[models.IntervalOut.model_validate(row) for row in rows])


def version_out(service: str, row: VersionRow) -> models.VersionOut:
    """Return a version in the API's form."""
    return models.VersionOut(
        service=service,
        **{name: getattr(row, name) for name in models.VersionOut.model_fields if name != "service"},
    )


def _services(session: Session, site: Site, services: list[read_services.NamedService]) -> list[models.ServiceOut]:
    conditions = read_services.conditions(session, [one.id for one in services])
    now, absent, watches = site.clock(), absences(session, conditions), site.watching()
    health = {
        one.id: health_of(one, conditions[one.id], now, watches(one.name), absent.get(one.name)) for one in services
    }
    return [
        models.ServiceOut(
            name=one.name,
            service=one.service_name,
            type=one.type,
            tags=list(one.tags),
            added_at=one.added_at,
            paused_at=one.paused_at,
            versions=conditions[one.id].versions,
            changes=conditions[one.id].changes,
            first_seen=conditions[one.id].first_seen,
            last_seen=conditions[one.id].last_seen,
            last_change=conditions[one.id].last_change,
            waiting=conditions[one.id].waiting,
            failed=conditions[one.id].failed,
            searched_at=conditions[one.id].looked_at,
            no_policy_since=_no_policy_since(absent.get(one.name)),
            health=health[one.id][0],
            health_words=health[one.id][1],
        )
        for one in services
    ]


def _no_policy_since(absent: Missing | Unseen | None) -> datetime | None:
    return absent.since if isinstance(absent, Unseen) else None


def _passage(one: Passage) -> models.PassageOut:
    first = one.first.first_seen if one.first else None
    return models.PassageOut(text=one.text.encode("utf-8", "replace").decode(), since=one.since.first_seen, first=first)
