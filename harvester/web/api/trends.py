"""``/api/v1/trends``: how many policies say something, by half-year."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from harvester.catalogue.document_types import PRIVACY_POLICY, TYPES
from harvester.insight.statements.model import StatementKind
from harvester.insight.topics.assign import topics
from harvester.web.api import models
from harvester.web.http.ratelimit import count_search
from harvester.web.pages.overview import Tag, TypeFilter
from harvester.web.pages.trends import cohort_of, trends_of
from harvester.web.view.trends import MOST, Question, Subject

router = APIRouter(tags=["search"])

TopicKey = Annotated[str, Query(pattern=f"^({'|'.join(one.key for one in topics())})$")]
Term = Annotated[str, Query(min_length=1, max_length=300)]


@router.get("/trends", dependencies=[Depends(count_search)])
def get_trends(
    request: Request,
    term: Annotated[list[Term], Query(max_length=MOST, description="Words as in a search; may be repeated.")] = [],  # noqa: B006
    topic: Annotated[list[TopicKey], Query(max_length=MOST, description="Policies about a topic.")] = [],  # noqa: B006
    statement: Annotated[
        list[StatementKind], Query(max_length=MOST, description="Changes with a statement of this kind.")
    ] = [],  # noqa: B006
    party: Annotated[list[Term], Query(max_length=MOST, description="Policies that name a third party.")] = [],  # noqa: B006
    tag: Tag = "",
    type_: TypeFilter = "",
) -> models.Trends:
    """Return the share of services by half-year, at most six series together.

    Of privacy policies, or documents of another type. The policy of a half-year is the last version that was there in
    it. Counted again after ten minutes.
    """
    asked = [
        *(Question(Subject.TERM, one) for one in term),
        *(Question(Subject.TOPIC, one) for one in topic),
        *(Question(Subject.PARTY, " ".join(one.split())) for one in party),
        *(Question(Subject.STATEMENT, one.value) for one in statement),
    ]
    found = trends_of(request).answer(list(dict.fromkeys(asked)), cohort_of(tag, type_))
    items = [
        models.SeriesOut(
            subject=one.subject.value,
            name=one.value,
            points=[
                models.SharePoint(
                    period=point.period.label,
                    start=point.period.start,
                    end=point.period.end,
                    services=point.n,
                    count=point.count or 0,
                    share=point.value,
                )
                for point in series.points
            ],
        )
        for one, series in zip(dict.fromkeys(asked), found.series, strict=True)
    ]
    return models.Trends(items=items, left=found.left)


@router.get("/parties", dependencies=[Depends(count_search)])
def get_parties(request: Request, type_: TypeFilter = "") -> models.Parties:
    """Return the third parties that most policies name in their latest version, the most named first.

    Of privacy policies, or documents of another type; as far as texts were looked through. Counted again after ten
    minutes.
    """
    found = trends_of(request).most_named(TYPES.get(type_, PRIVACY_POLICY))
    items = [models.PartyOut(name=name, count=count, services=of, share=count / of) for name, count, of in found]
    return models.Parties(items=items)
