"""Trends: how many policies say something, by half-year, as a chart, a table, and files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from pydantic import Field

from harvester.catalogue.document_types import PRIVACY_POLICY, TYPES
from harvester.insight.chart import svg
from harvester.insight.periods import Cohort, Series
from harvester.insight.statements.model import StatementKind
from harvester.insight.topics.assign import topics
from harvester.store.read import services as read_services
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import Tag, TypeFilter
from harvester.web.site import TheSite, page
from harvester.web.view.trends import MOST, Answer, TrendKeeper, questions

router = APIRouter(dependencies=[Depends(count_search)], include_in_schema=False)

_LABEL = "share of services"

TrendWords = Annotated[list[Annotated[str, Field(max_length=300)]], Query(max_length=MOST)]
Chosen = Annotated[list[str], Query(max_length=2 * MOST)]


@dataclass(frozen=True, slots=True)
class TrendForm:
    """What the form of the page says: words and third parties with commas between them, topics, kinds of statements."""

    words: str
    parties: str
    topics: Sequence[str]
    statements: Sequence[str]
    cohort: Cohort


def filled_in(
    q: TrendWords = [],  # noqa: B006
    tag: Tag = "",
    type_: TypeFilter = "",
    topic: Chosen = [],  # noqa: B006
    statement: Chosen = [],  # noqa: B006
    party: TrendWords = [],  # noqa: B006
) -> TrendForm:
    """Return the form as an address has it; words and parties given several times are as if with commas between."""
    return TrendForm(", ".join(q), ", ".join(party), topic, statement, cohort_of(tag, type_))


FilledIn = Annotated[TrendForm, Depends(filled_in)]


def asked(request: Request, form: FilledIn) -> Answer:
    """Return the series that an address asks for."""
    wanted = questions(form.words, form.topics, form.statements, form.parties)
    return trends_of(request).answer(wanted, form.cohort)


Asked = Annotated[Answer, Depends(asked)]


@router.get("/trends", response_class=HTMLResponse)
def trends(request: Request, site: TheSite, form: FilledIn, answer: Asked) -> HTMLResponse:
    """Show the share of services by half-year whose policy says the words, is about a topic, names a third party, or
    changed in a way.
    """
    with site.database.reading() as session:
        tags = read_services.tags(session)
        types = read_services.types(session)
    return page(
        request,
        "trends.html",
        form=form,
        most_named=trends_of(request).most_named(form.cohort.type),
        tags=tags,
        types=types,
        topics=topics(),
        statements=[one.value for one in StatementKind],
        most=MOST,
        answer=answer,
        chart=Markup(svg(answer.series, _LABEL, percent=True)) if answer.series else "",
        rows=list(zip(*(one.points for one in answer.series), strict=True)),
        query=request.url.query,
    )


@router.get("/trends.csv")
def as_csv(answer: Asked) -> Response:
    """Return the same series as CSV (RFC 4180)."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(("series", "period", "services", "count", "share"))
    for one in answer.series:
        writer.writerows(_rows(one))
    return _file(lines.getvalue(), "text/csv", "csv")


@router.get("/trends.svg")
def as_svg(answer: Asked) -> Response:
    """Return the same chart as a file."""
    return _file(svg(answer.series, _LABEL, percent=True), "image/svg+xml", "svg")


def cohort_of(tag: str, type_: str) -> Cohort:
    """Return the cohort that the filters of an address choose: a tag, and the slug of a type."""
    return Cohort(tag or None, TYPES.get(type_, PRIVACY_POLICY))


def trends_of(request: Request) -> TrendKeeper:
    """Return the series that the application keeps."""
    keeper = request.app.state.trends
    assert isinstance(keeper, TrendKeeper)
    return keeper


def _rows(series: Series) -> list[tuple[object, ...]]:
    # A spreadsheet would take a name that begins like one for a formula.
    name = f"'{series.name}" if series.name.startswith(("=", "+", "-", "@")) else series.name
    return [
        (name, one.period.label, one.n, one.count, "" if one.value is None else round(one.value, 4))
        for one in series.points
    ]


def _file(content: str, media_type: str, ending: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="trends.{ending}"'}
    return Response(content.encode("utf-8", "replace"), media_type=media_type, headers=headers)
