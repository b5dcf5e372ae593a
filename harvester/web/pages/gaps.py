"""Gaps: which documents have no version in which half-year, filtered and paged, with totals and files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from harvester.catalogue.document_types import PRIVACY_POLICY, slug
from harvester.csv_lines import csv_writer
from harvester.insight.absences.coverage import Coverage, Covered, Lack, LackingSpan, lack_in
from harvester.insight.periods import Cohort
from harvester.store.outcome import MEANING, Outcome
from harvester.store.read import panel
from harvester.store.read import services as read_services
from harvester.web.addresses import with_query
from harvester.web.pages.overview import ServiceFilter, Tag, TypeFilter
from harvester.web.pages.trends import cohort_of, trends_of
from harvester.web.site import Site, TheSite, page

router = APIRouter(include_in_schema=False)

_DOCUMENTS = 50

HalfYear = Annotated[str, Query(pattern="^(|[0-9]{4}-H[12])$")]


@dataclass(frozen=True, slots=True)
class GapsWanted:
    """What the form of the page says, and what is known of its documents."""

    cohort: Cohort
    half_year: str
    coverage: Coverage

    @property
    def place(self) -> int | None:
        """The place of the half-year that is chosen, if one is."""
        return self.coverage.place_of(self.half_year)

    @property
    def documents(self) -> list[Covered]:
        """Those without a version in the chosen half-year, or in any."""
        return self.coverage.lacking(self.place)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A document without a version in some half-years: the `gaps` between versions, and in which half-years the first
    and the last version are (empty: there is none); or where the chosen half-year is, and why.
    """

    name: str
    gaps: tuple[LackingSpan, ...] = ()
    first: str = ""
    last: str = ""
    lack: Lack | None = None
    why: str = ""


def chosen(request: Request, tag: Tag = "", type_: TypeFilter = "", half_year: HalfYear = "") -> GapsWanted:
    """Return what an address asks for."""
    cohort = cohort_of(tag, type_)
    return GapsWanted(cohort, half_year, trends_of(request).coverage(cohort))


Wanted = Annotated[GapsWanted, Depends(chosen)]


@router.get("/gaps", response_class=HTMLResponse)
def gaps(request: Request, site: TheSite, wanted: Wanted, after: ServiceFilter = "") -> HTMLResponse:
    """Show the documents without a version in a half-year, or in any, and how many each half-year lacks."""
    documents = wanted.documents
    first = next((place for place, one in enumerate(documents, 1) if one.name == after), 0)
    shown = documents[first : first + _DOCUMENTS]
    with site.database.reading() as session:
        tags = read_services.tags(session)
        types = read_services.types(session)
    return page(
        request,
        "gaps.html",
        wanted=wanted,
        rows=_rows(site, wanted, shown),
        found=len(documents),
        of=len(wanted.coverage.documents),
        lacking=wanted.coverage.documents_by_lack(),
        totals=wanted.coverage.totals[::-1],
        tags=tags,
        types=types,
        lacks=list(Lack),
        cursor=shown[-1].name if len(documents) > first + _DOCUMENTS else "",
        is_first=not first,
        address=_address,
    )


@router.get("/gaps.csv")
def as_csv(wanted: Wanted) -> Response:
    """Return the half-years that documents lack, neighbours merged, as CSV."""
    rows = [
        (one.name, wanted.cohort.type, span.lack, span.first.label, span.last.label, span.half_years)
        for one in wanted.documents
        for span in wanted.coverage.spans(one.bits)
    ]
    return _file(("document", "type", "lacks", "first", "last", "half_years"), rows, "gaps")


@router.get("/gaps-by-half-year.csv")
def totals_as_csv(wanted: Wanted) -> Response:
    """Return how many documents have, and how many lack, a version in each half-year as CSV."""
    rows = [(one.period.label, one.there, *one.lacking.values()) for one in wanted.coverage.totals]
    heads = ("half_year", "with_a_version", *(lack.replace(" ", "_") for lack in Lack))
    return _file(heads, rows, "gaps-by-half-year")


def _rows(site: Site, wanted: GapsWanted, shown: list[Covered]) -> list[GapRow]:
    place, periods = wanted.place, wanted.coverage.periods
    if place is None:
        return [
            GapRow(
                one.name,
                tuple(span for span in wanted.coverage.spans(one.bits) if span.lack is Lack.BETWEEN),
                *(wanted.coverage.ends(one.bits) or ("", "")),
            )
            for one in shown
        ]
    with site.database.reading() as session:
        found = panel.outcomes_in(session, [one.id for one in shown], periods[place].start)
    return [
        GapRow(one.name, lack=lack_in(one.bits, place), why=_why(*found.get(one.id, (None, None)))) for one in shown
    ]


def _why(outcome: str | None, reason: str | None) -> str:
    if outcome is None:
        return "no capture is known of it"
    return reason or MEANING.get(Outcome(outcome), outcome)


def _address(wanted: GapsWanted, path: str = "/gaps", **other: str) -> str:
    """Return an address with the filters of the page, and others in their place."""
    type_ = "" if wanted.cohort.type == PRIVACY_POLICY else slug(wanted.cohort.type)
    return with_query(path, **{"tag": wanted.cohort.tag or "", "type": type_, "half_year": wanted.half_year} | other)


def _file(heads: tuple[str, ...], rows: Sequence[tuple[object, ...]], name: str) -> Response:
    lines = io.StringIO()
    writer = csv_writer(lines.write)
    writer.writerow(heads)
    writer.writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(lines.getvalue().encode("utf-8"), media_type="text/csv", headers=headers)
