"""Search in the words of every version: which policies say something, since when and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from harvester.catalogue.document_types import TYPES
from harvester.insight.search import search as find
from harvester.insight.snippets import Snippet
from harvester.store.read import services as read_services
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import Day, Filter, ServiceFilter, TypeFilter, names_offered
from harvester.web.site import TheSite, page

router = APIRouter(include_in_schema=False)

_HITS = 20

Words = Annotated[str, Query(max_length=300)]
SearchCursor = Annotated[str, Query(max_length=600)]


@router.get("/search", response_class=HTMLResponse, dependencies=[Depends(count_search)])
def search(
    request: Request,
    site: TheSite,
    q: Words = "",
    service: ServiceFilter = "",
    type_: TypeFilter = "",
    since: Day = "",
    until: Day = "",
    show: Annotated[str, Query(pattern=r"^(first|every)$")] = "first",
    cursor: SearchCursor = "",
) -> HTMLResponse:
    """Show, for each service, the first match and how long the words were there, or every matching version."""
    chosen = Filter("", "", since, until, service, type_)
    found = None
    with site.database.reading() as session:
        names = names_offered(session)
        types = read_services.types(session)
        if q.strip():
            found = find(
                session,
                q.strip(),
                service=service or None,
                type_=TYPES.get(type_),
                start=chosen.start,
                end=chosen.end,
                only="first" if show == "first" else None,
                limit=_HITS,
                cursor=cursor or None,
            )
    return page(
        request,
        "search.html",
        q=q,
        chosen=chosen,
        show=show,
        names=names,
        types=types,
        found=found,
        pieces=pieces,
        is_first=not cursor,
    )


def pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Split a snippet into pairs (text, whether it matches)."""
    at = 0
    for start, end in snippet.marks:
        yield from ((snippet.text[at:start], False), (snippet.text[start:end], True))
        at = end
    yield snippet.text[at:], False
