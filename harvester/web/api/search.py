"""``/api/v1/search``: the words of every version."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from harvester.catalogue.document_types import TYPES
from harvester.insight.search import search as find
from harvester.web.api import models
from harvester.web.api.given import Limit100
from harvester.web.http import cursors
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import Day, Filter, TypeFilter
from harvester.web.pages.search import pieces
from harvester.web.site import TheSite

router = APIRouter(tags=["search"])


@router.get("/search", dependencies=[Depends(count_search)])
def search(
    site: TheSite,
    q: Annotated[str, Query(min_length=1, max_length=300, description='Words, "phrases", AND, OR, NOT.')],
    service: Annotated[str | None, Query(max_length=300)] = None,
    type_: TypeFilter = "",
    since: Day = "",
    until: Day = "",
    only: Annotated[Literal["first", "last"] | None, Query(description="One version per service.")] = None,
    cursor: Annotated[
        str | None, Query(pattern=cursors.HIT_PATTERN, description="`next` of the previous page.")
    ] = None,
    limit: Annotated[Limit100, Query(description="Maximum number of items.")] = 20,
) -> models.Hits:
    """Find versions that match the query, by service and oldest first. Answers 429 when a reader searches too often."""
    chosen = Filter("", "", since, until)
    behind = cursors.load_hit(cursor) if cursor else None
    with site.database.reading() as session:
        found = find(
            session,
            q,
            service=service,
            type_=TYPES.get(type_),
            start=chosen.start,
            end=chosen.end,
            only=only,
            limit=limit,
            cursor=behind,
        )
    items = [
        models.HitOut(
            service=hit.service,
            number=hit.number,
            first_seen=hit.first_seen,
            last_seen=hit.last_seen,
            snippet=list(pieces(hit.snippet)),
        )
        for hit in found.hits
    ]
    services = {name: models.AppearanceOut.model_validate(one) for name, one in found.appearances.items()}
    return models.Hits(
        items=items, services=services, more=found.more, next=cursors.dump_hit(found.cursor) if found.cursor else None
    )
