"""Series over time, each point with the number of services behind it: who says something, how long, how hard to read.

The policy of a service in a period is the last version that was there in it (the corpus's rule of one snapshot a
season).
A version lasts from the first to the last capture that shows it; a period in which a service has no version
does not count the service: nothing is filled in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import compress, groupby, repeat
from operator import itemgetter
from statistics import median, quantiles

from sqlalchemy.orm import Session

from harvester.document_types import PRIVACY_POLICY
from harvester.errors import ConfigurationError, UnknownName
from harvester.insight.periods import By, Period, month_of, months_of, numbered
from harvester.insight.statements.watched import watch_for
from harvester.insight.topics.assign import topics as all_topics
from harvester.store.ledger import watches
from harvester.store.read import series
from harvester.store.read import services as read_services
from harvester.store.search.query import parse

_ENDLESS = 12 * 10_000
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


@dataclass(frozen=True, slots=True)
class Policies:
    """The policy of each service in each period, as three columns of equal length: period, service, text."""

    periods: tuple[Period, ...]
    places: Sequence[int]
    services: Sequence[int]
    texts: Sequence[int]

    @staticmethod
    def of_none() -> Policies:
        """Return the policies of no service."""
        return Policies((), array("H"), array("q"), array("q"))

    def of(self, services: Collection[int]) -> Policies:
        """Return those of some services, in the periods in which one of them has a policy, and those in between."""
        chosen = set(services)
        kept = [one in chosen for one in self.services]
        places = array("H", compress(self.places, kept))
        if not places:
            return Policies.of_none()
        first, last = min(places), max(places)
        return Policies(
            self.periods[first : last + 1],
            array("H", (place - first for place in places)),
            array("q", compress(self.services, kept)),
            array("q", compress(self.texts, kept)),
        )

    def share(self, name: str, texts: Set[int]) -> Series:
        """Return the share of policies whose text is one of `texts`."""
        counts = Counter(compress(self.places, map(texts.__contains__, self.texts)))
        return self._shares(name, counts)

    def share_with_changes(self, name: str, changes: Iterable[tuple[int, datetime]]) -> Series:
        """Return the share of services that have one of these changes, (service, time), in the period."""
        return self._shares(name, Counter(place for _, place in set(self._within(changes))))

    def changes(self, name: str, changes: Iterable[tuple[int, datetime]]) -> Series:
        """Return the mean number of these changes, (service, time), of a service in the period."""
        n, counts = Counter(self.places), Counter(place for _, place in self._within(changes))
        return Series(
            name,
            tuple(
                Point(one, n[place], counts[place] / n[place] if n[place] else None, counts[place])
                for place, one in enumerate(self.periods)
            ),
        )

    def middle(self, name: str, of_text: Mapping[int, float | None]) -> Series:
        """Return the median and the quartiles of a measure of the policies' texts."""
        values: list[list[float | None]] = [[] for _ in self.periods]
        for place, text in zip(self.places, self.texts, strict=True):
            values[place].append(of_text.get(text))
        return Series(name, tuple(map(_middle, self.periods, values)))

    def _shares(self, name: str, counts: Counter[int]) -> Series:
        n = Counter(self.places)
        return Series(name, tuple(_share(one, counts[place], n[place]) for place, one in enumerate(self.periods)))

    def _within(self, changes: Iterable[tuple[int, datetime]]) -> list[tuple[int, int]]:
        """Return the changes of services that have a policy in the period of the change, as (service, period)."""
        starts = [one.start for one in self.periods]
        placed = [
            (service, bisect_right(starts, when) - 1)
            for service, when in changes
            if starts and when < self.periods[-1].end
        ]
        wanted = set(placed)
        there = wanted.intersection(zip(self.services, self.places, strict=True))
        return [one for one in placed if one in there]


def policies(
    session: Session,
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Policies:
    """Return the policies (or the documents of another type) of all services, or of those with a tag.

    Raises `UnknownName` when no service has it.
    """
    rows = series.spans(session, type_)
    if tag is not None:
        chosen = services_with(session, tag)
        rows = [row for row in rows if row[0] in chosen]
    if not rows:
        return Policies.of_none()
    # A month of a span as the number of its period.
    length = months_of(by)
    first = max(min(row[2] for row in rows), month_of(start) if start else 0) // length
    last = min(max(row[3] for row in rows), month_of(end) if end else _ENDLESS) // length
    places, services, texts = array("H"), array("q"), array("q")
    for service, group in groupby(rows, key=itemgetter(0)):
        latest: dict[int, int] = {}
        for _, text, begin, finish in group:
            for number in range(max(begin // length, first), min(finish // length, last) + 1):
                latest[number - first] = text
        places.extend(latest)
        services.extend(repeat(service, len(latest)))
        texts.extend(latest.values())
    return Policies(tuple(numbered(by, range(first, last + 1))), places, services, texts)


def terms(
    session: Session,
    queries: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each query (`store.search_query`), the share of services whose policy of the period matches it.

    `tag` leaves only services with that tag. Raises `ConfigurationError` when a query cannot be read, and `UnknownName`
    when no service has the tag.
    """
    parsed = [parse(query) for query in queries]
    found = policies(session, by=by, tag=tag, type_=type_, start=start, end=end)
    asked = zip(queries, parsed, strict=True)
    return [found.share(query, series.texts_that_say(session, one)) for query, one in asked]


def topic_shares(
    session: Session,
    topics: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each topic, the share of services whose policy of the period has it, as far as topics are kept.

    Raises `ConfigurationError` for a topic that there is not, and `UnknownName` when no service has the tag.
    """
    known = {topic.key for topic in all_topics()}
    if unknown := [topic for topic in topics if topic not in known]:
        raise ConfigurationError(f"no topic {unknown[0]!r}; there is {', '.join(sorted(known))}")
    found = policies(session, by=by, tag=tag, type_=type_, start=start, end=end)
    return [found.share(topic, series.texts_about(session, topic)) for topic in topics]


def party_shares(
    session: Session,
    parties: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each third party, the share of services whose policy of the period names it, as far as names are
    kept.

    Raises `UnknownName` when no service has the tag.
    """
    found = policies(session, by=by, tag=tag, type_=type_, start=start, end=end)
    return [found.share(party, series.texts_that_name(session, party)) for party in parties]


def statement_shares(
    session: Session,
    kinds: Sequence[str],
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Series]:
    """Return, for each kind of statement, the share of services of which a change of the period does such a thing.

    Only changes count that were looked through (`insight.statements.watched`). Raises as `topic_shares` does.
    """
    found = policies(session, by=by, tag=tag, type_=type_, start=start, end=end)
    return [found.share_with_changes(one, changes_that_do(session, one)) for one in kinds]


def changes_that_do(session: Session, kind: str) -> list[tuple[int, datetime]]:
    """Return (service, time) of the changes looked through that do what statements of a kind say."""
    watch = watch_for(kind)
    return watches.dates(session, watch.rule, watch.scope)


def measure(
    session: Session,
    what: Measure,
    *,
    by: By = By.HALF_YEAR,
    tag: str | None = None,
    type_: str = PRIVACY_POLICY,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Series:
    """Return length in words, Flesch-Kincaid grade, or number of changes of the policies of each period."""
    found = policies(session, by=by, tag=tag, type_=type_, start=start, end=end)
    if what is Measure.CHANGES:
        return found.changes(what.value, series.change_dates(session, CHANGED_WORDS))
    of_text = series.lengths(session) if what is Measure.WORDS else series.reading_grades(session)
    return found.middle(what.value, of_text)


def services_with(session: Session, tag: str) -> set[int]:
    """Return the services with a tag; raise `UnknownName` if there is none."""
    chosen = {service.id for service in read_services.named(session, tag)}
    if not chosen:
        raise UnknownName(f"no service has the tag {tag!r}; known: {', '.join(read_services.tags(session)) or 'none'}")
    return chosen


def _share(period: Period, count: int, n: int) -> Point:
    return Point(period, n, count / n if n else None, count)


def _middle(period: Period, values: Iterable[float | None]) -> Point:
    known = sorted(value for value in values if value is not None)
    if not known:
        return Point(period, 0, None)
    low, _, high = quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3
    return Point(period, len(known), median(known), None, low, high)
