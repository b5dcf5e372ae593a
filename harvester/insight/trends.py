"""Series over time, each point with the number of services behind it: who says something, how long, how hard to read.

The policy of a service in a period is the last version that was there in it (the corpus's rule of one snapshot a
season).
A version lasts from the first to the last capture that shows it; a period in which a service has no version
does not count the service: nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from statistics import median, quantiles

from sqlalchemy.orm import Session

from harvester.errors import ConfigurationError, UnknownName
from harvester.insight.periods import By, Period, periods
from harvester.insight.topics.assign import topics as all_topics
from harvester.store.read import series
from harvester.store.read import services as read_services
from harvester.store.read.series import Standing
from harvester.store.search.query import parse

CHANGED_WORDS = ("substantive", "minor")
"""The kinds of changes that are counted: those in which a reader sees other words, made by the policy's owner."""


class Measure(StrEnum):
    """The measures of a series without a term."""

    WORDS = "words"
    GRADE = "grade"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Point:
    """One period: `value` of `n` services, None if there is none.

    Of a term `value` is the share of services (0 to 1) and `count` how many. Of words and grade it is the median, with
    the quartiles `low` and `high`. Of changes it is the mean of a service, and `count` their number.
    """

    period: Period
    n: int
    value: float | None
    count: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one term or measure, oldest first, without the periods before and after all versions."""

    name: str
    points: tuple[Point, ...]


def terms(
    session: Session,
    queries: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each query (`store.search_query`), the share of services whose policy of the period matches it.

    `tag` leaves only services with that tag. Raises `ConfigurationError` when a query cannot be read, and `UnknownName`
    when no service has the tag.
    """
    rows = _chosen(session, series.standings(session, [parse(query) for query in queries]), tag)
    policies = _by_period(rows, by, start, end)
    return [
        Series(query, tuple(_share(period, [row.answers[place] for row in found]) for period, found in policies))
        for place, query in enumerate(queries)
    ]


def topic_shares(
    session: Session,
    topics: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each topic, the share of services whose policy of the period has it, as far as topics are kept.

    Raises `ConfigurationError` for a topic that there is not, and `UnknownName` when no service has the tag.
    """
    known = {topic.key for topic in all_topics()}
    if unknown := [topic for topic in topics if topic not in known]:
        raise ConfigurationError(f"no topic {unknown[0]!r}; there is {', '.join(sorted(known))}")
    rows = _chosen(session, series.topic_standings(session, topics), tag)
    policies = _by_period(rows, by, start, end)
    return [
        Series(topic, tuple(_share(period, [row.answers[place] for row in found]) for period, found in policies))
        for place, topic in enumerate(topics)
    ]


def measure(
    session: Session,
    what: Measure,
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Series:
    """Return length in words, Flesch-Kincaid grade, or number of changes of the policies of each period."""
    policies = _by_period(_chosen(session, series.standings(session), tag), by, start, end)
    if what is Measure.CHANGES:
        return Series(what.value, tuple(_changes(session, policies)))
    column: Callable[[Standing], float | None] = _words if what is Measure.WORDS else _grade
    return Series(what.value, tuple(_middle(period, map(column, found)) for period, found in policies))


def _words(row: Standing) -> float | None:
    return row.words


def _grade(row: Standing) -> float | None:
    return row.reading_grade


def _chosen(session: Session, rows: list[Standing], tag: str | None) -> list[Standing]:
    if tag is None:
        return rows
    chosen = {service.id for service in read_services.named(session, tag)}
    if not chosen:
        raise UnknownName(f"no service has the tag {tag!r}; known: {', '.join(read_services.tags(session)) or 'none'}")
    return [row for row in rows if row.service_id in chosen]


def _by_period(
    rows: Sequence[Standing], by: By, start: datetime | None, end: datetime | None
) -> list[tuple[Period, list[Standing]]]:
    """Return the policy of each service in each period: the last version that was there in it."""
    if not rows:
        return []
    first = max(min(row.first_seen for row in rows), start) if start else min(row.first_seen for row in rows)
    last = min(max(row.last_seen for row in rows), end) if end else max(row.last_seen for row in rows)
    found: dict[str, tuple[Period, list[Standing]]] = {one.label: (one, []) for one in periods(by, first, last)}
    for _, group in groupby(rows, key=lambda row: row.service_id):
        latest: dict[str, Standing] = {}
        for row in group:
            stood = periods(by, max(row.first_seen, first), min(row.last_seen, last))
            latest.update((period.label, row) for period in stood)
        for label, row in latest.items():
            found[label][1].append(row)
    return list(found.values())


def _share(period: Period, answers: Sequence[bool]) -> Point:
    count = sum(answers)
    return Point(period, len(answers), count / len(answers) if answers else None, count)


def _middle(period: Period, values: Iterable[float | None]) -> Point:
    known = sorted(value for value in values if value is not None)
    if not known:
        return Point(period, 0, None)
    low, _, high = quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3
    return Point(period, len(known), median(known), None, low, high)


def _changes(session: Session, policies: Sequence[tuple[Period, list[Standing]]]) -> Iterable[Point]:
    dates = series.change_dates(session, CHANGED_WORDS)
    for period, found in policies:
        services = {row.service_id for row in found}
        count = sum(service in services and period.start <= when < period.end for service, when in dates)
        yield Point(period, len(services), count / len(services) if services else None, count)
