"""``/api/v1/changes`` and diffs: what changed, across services and within one, and between any two versions."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from harvester.catalogue.document_types import TYPES
from harvester.diffing import Diff, Kind, render
from harvester.insight.redline import diff_of, redline
from harvester.insight.statements.model import as_json
from harvester.insight.statements.statements import statements
from harvester.store.ledger import summaries
from harvester.store.read import recent, services
from harvester.store.read.versions import ChangeRow
from harvester.web.addresses import ServiceName, Stamp, VersionName, moment_of
from harvester.web.api import models
from harvester.web.api.given import AddressTruth, Words
from harvester.web.api.services import Cursor, Limit, version_out
from harvester.web.http import cursors
from harvester.web.http.conditional import http_date
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import Day, Filter, Tag, TypeFilter
from harvester.web.references import version_of
from harvester.web.site import TheSite
from harvester.web.view.comparisons import TooLong, comparisons_of

router = APIRouter(tags=["changes"])


class Form(StrEnum):
    """The formats of a diff."""

    JSON = "json"
    HTML = "html"
    SIDE_BY_SIDE = "side-by-side"
    UNIFIED = "unified"
    MARKDOWN = "markdown"
    TEXT = "text"


_WRITERS: dict[Form, tuple[str, Callable[[Diff], str]]] = {
    Form.HTML: ("text/html", render.html_inline),
    Form.SIDE_BY_SIDE: ("text/html", render.html_side_by_side),
    Form.UNIFIED: ("text/x-diff", lambda diff: render.unified(diff, "old", "new")),
    Form.MARKDOWN: ("text/markdown", render.markdown),
    Form.TEXT: ("text/plain", render.word_diff),
}
_FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The diff in the requested form.",
        "content": {
            kind: {"schema": {"type": "string"}} for kind in ("text/html", "text/x-diff", "text/markdown", "text/plain")
        },
    }
}
Format = Annotated[Form, Query(alias="format", description="How the diff is written.")]


@router.get("/changes")
def list_changes(
    site: TheSite,
    service: Annotated[str | None, Query(max_length=300)] = None,
    type_: TypeFilter = "",
    tag: Tag = "",
    kind: Annotated[
        list[Kind] | None, Query(description="Only these kinds. Without it all but cosmetic and technical ones.")
    ] = None,
    every: Annotated[AddressTruth, Query(alias="all", description="Cosmetic and technical changes as well.")] = False,
    min_words: Annotated[Words, Query(description="At least so many words touched.")] = 0,
    since: Day = "",
    until: Day = "",
    cursor: Cursor = None,
    limit: Limit = 100,
) -> models.Changes:
    """List changes of all services, newest first, filtered by service, type, tag, kind and the day first seen."""
    chosen = Filter(tag, "", since, until)
    behind = cursors.load(cursor) if cursor else None
    with site.database.reading() as session:
        wanted = recent.ChangesWanted(
            None if service is None else services.one(session, service).id,
            tag or None,
            recent.EVERY if every else [one.value for one in kind or ()],
            chosen.start,
            chosen.end,
            min_words,
            type=TYPES.get(type_),
        )
        rows = recent.changes(session, wanted, older_than=behind, limit=limit + 1)
        hidden = recent.hidden(session, wanted)
    more = cursors.dump(rows[limit - 1].before, rows[limit - 1].id) if len(rows) > limit else None
    return models.Changes(items=[change_out(row) for row in rows[:limit]], next=more, hidden=hidden)


@router.get("/services/{service:document}/changes")
def list_changes_of_service(
    site: TheSite,
    service: ServiceName,
    every: Annotated[AddressTruth, Query(alias="all", description="Cosmetic and technical changes as well.")] = False,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> models.Changes:
    """List the changes of a service, newest first."""
    return list_changes(site, service=service, every=every, cursor=cursor, limit=limit)


@router.get("/services/{service:document}/changes/{stamp}")
def get_change(site: TheSite, service: ServiceName, stamp: Stamp, response: Response) -> models.ChangeDetail:
    """Return one change, with links to both snapshots."""
    with site.database.reading() as session:
        found = redline(session, site.settings, service, moment_of(stamp))
    response.headers["Last-Modified"] = http_date(found.change.found_at)
    return models.ChangeDetail(
        **change_out(found.change).model_dump(),
        old_snapshot=found.old_snapshot,
        new_snapshot=found.new_snapshot,
        earlier=found.earlier,
        later=found.later,
    )


@router.get("/services/{service:document}/changes/{stamp}/diff", response_model=models.DiffOut, responses=_FORMS)
def get_diff_of_change(
    site: TheSite, service: ServiceName, stamp: Stamp, form: Format = Form.JSON
) -> models.DiffOut | Response:
    """Return the redline of a change."""
    with site.database.reading() as session:
        found = redline(session, site.settings, service, moment_of(stamp))
        diff = diff_of(session, found.change)
        model = site.settings.summary.model
        sentences = summaries.of(session, model, found.change.id) if model else None
    summary = models.SummaryOut(model=model, sentences=list(sentences)) if sentences else None
    headers = {"Last-Modified": http_date(found.change.found_at)}
    return _written(diff, form, version_out(service, found.old), version_out(service, found.new), headers, summary)


@router.get("/diff", response_model=models.DiffOut, responses=_FORMS, dependencies=[Depends(count_search)])
def get_diff(
    request: Request, site: TheSite, old: VersionName, new: VersionName, form: Format = Form.JSON
) -> models.DiffOut | Response:
    """Return the diff between any two versions, of one service or of two; 422 if the texts are too long for a page."""
    with site.database.reading() as session:
        old_service, before = version_of(session, old)
        new_service, after = version_of(session, new)
        try:
            diff = comparisons_of(request).diff(session, before.text_id, after.text_id)
        except TooLong as error:
            raise HTTPException(422, str(error)) from error
    return _written(diff, form, version_out(old_service, before), version_out(new_service, after), {})


def change_out(row: ChangeRow) -> models.ChangeOut:
    """Return a change in the API's form."""
    return models.ChangeOut.model_validate(row)


def _written(
    diff: Diff,
    form: Form,
    old: models.VersionOut,
    new: models.VersionOut,
    headers: dict[str, str],
    summary: models.SummaryOut | None = None,
) -> models.DiffOut | Response:
    if form is Form.JSON:
        made = [models.StatementOut(**as_json(one)) for one in statements(diff)]
        content = models.DiffOut(old=old, new=new, statements=made, summary=summary, diff=render.to_json(diff))
        return Response(content.model_dump_json(), media_type="application/json", headers=headers)
    media_type, write = _WRITERS[form]
    return Response(write(diff).encode("utf-8", "replace"), media_type=media_type, headers=headers)
