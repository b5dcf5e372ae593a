"""Half-years, years and months, in UTC; the policy of each service in each, and what is counted of them.

The policy of a service in a period is the last version that was there in it (the corpus's rule of one snapshot a
season). A version lasts from the first to the last capture that shows it; a period in which a service has no version
does not count the service: nothing is filled in.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, compress
from statistics import median, quantiles

from sqlalchemy.orm import Session

from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.dates import half_year_label
from harvester.errors import UnknownName
from harvester.store.read import series
from harvester.store.read import services as read_services


class By(StrEnum):
    """The length of a period. A half-year is the corpus's season: January to June, July to December."""

    HALF_YEAR = "half-year"
    YEAR = "year"
    MONTH = "month"


_MONTHS = {By.HALF_YEAR: 6, By.YEAR: 12, By.MONTH: 1}


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `end`; `label` is ``2014-H1``, ``2014`` or ``2014-06``."""

    label: str
    start: datetime
    end: datetime


def periods(by: By, first: datetime, last: datetime) -> Iterator[Period]:
    """Yield the periods from the one in which `first` lies to the one in which `last` lies."""
    length = months_of(by)
    yield from numbered(by, range(month_of(first) // length, month_of(last) // length + 1))


def numbered(by: By, numbers: Iterable[int]) -> Iterator[Period]:
    """Yield periods by their numbers: that of a month (`month_of`) is the month divided by `months_of`."""
    length = months_of(by)
    for number in numbers:
        start = _month(number * length)
        yield Period(_label(by, start), start, _month((number + 1) * length))


def months_of(by: By) -> int:
    """Return the length of a period in months."""
    return _MONTHS[by]


def month_of(moment: datetime) -> int:
    """Return the number of the month in which an instant lies, counted from the year 0."""
    return moment.year * 12 + moment.month - 1


def _month(number: int) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _label(by: By, start: datetime) -> str:
    if by is By.YEAR:
        return f"{start:%Y}"
    return half_year_label(start) if by is By.HALF_YEAR else f"{start:%Y-%m}"


_ENDLESS = 12 * 10_000
_OTHER = bytes.maketrans(b"\0\1", b"\1\0")


@dataclass(frozen=True, slots=True)
class Cohort:
    """The documents of a series: those of a type, of all services or of those with a tag, from `start` to `end`."""

    tag: str | None = None
    type: str = PRIVACY_POLICY
    start: datetime | None = None
    end: datetime | None = None


EVERYONE = Cohort()
"""The privacy policies of all services, at all times."""


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


@dataclass(frozen=True)
class Policies:
    """The policy of each service in each period, as runs of periods in which a service has one text.

    Columns of equal length: service, text, and the numbers of the first and the last period of the run.
    """

    periods: tuple[Period, ...]
    services: Sequence[int]
    texts: Sequence[int]
    firsts: Sequence[int]
    lasts: Sequence[int]

    @staticmethod
    def of_none() -> Policies:
        """Return the policies of no service."""
        return Policies((), array("q"), array("q"), array("H"), array("H"))

    def of(self, services: Collection[int]) -> Policies:
        """Return those of some services, in the periods in which one of them has a policy, and those in between."""
        chosen = set(services)
        kept = [one in chosen for one in self.services]
        firsts, lasts = array("H", compress(self.firsts, kept)), array("H", compress(self.lasts, kept))
        if not firsts:
            return Policies.of_none()
        start, end = min(firsts), max(lasts)
        return Policies(
            self.periods[start : end + 1],
            array("q", compress(self.services, kept)),
            array("q", compress(self.texts, kept)),
            array("H", (place - start for place in firsts)),
            array("H", (place - start for place in lasts)),
        )

    def share(self, name: str, texts: Set[int]) -> Series:
        """Return the share of policies whose text is one of `texts`."""
        chosen = bytes(map(texts.__contains__, self.texts))
        # The fewer are counted: of what most policies say those that do not say it.
        is_most = 2 * chosen.count(1) > len(chosen)
        fewer = chosen.translate(_OTHER) if is_most else chosen
        counts = self._counted(compress(self._runs, fewer))
        return self._shares(name, {place: n - counts[place] for place, n in self._n.items()} if is_most else counts)

    def share_with_changes(self, name: str, changes: Iterable[tuple[int, int]]) -> Series:
        """Return the share of services that have one of these changes, (service, month), in the period."""
        return self._shares(name, Counter(one % len(self.periods) for one in set(self._within(changes))))

    def changes(self, name: str, changes: Iterable[tuple[int, int]]) -> Series:
        """Return the mean number of these changes, (service, month), of a service in the period."""
        n, counts = self._n, Counter(one % len(self.periods) for one in self._within(changes))
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
        for text, first, last in zip(self.texts, self.firsts, self.lasts, strict=True):
            for place in range(first, last + 1):
                values[place].append(of_text.get(text))
        return Series(name, tuple(map(_middle, self.periods, values)))

    @cached_property
    def _n(self) -> Mapping[int, int]:
        return self._counted(self._runs)

    @cached_property
    def _runs(self) -> Sequence[int]:
        """The first and the last period of each run as one number, so that runs are counted once."""
        return array("l", (a * len(self.periods) + b for a, b in zip(self.firsts, self.lasts, strict=True)))

    def _counted(self, runs: Iterable[int]) -> Mapping[int, int]:
        """Return how many of some runs (`_runs`) each period has."""
        steps = Counter[int]()
        for run, number in Counter(runs).items():
            first, last = divmod(run, len(self.periods))
            steps[first] += number
            steps[last + 1] -= number
        return dict(enumerate(accumulate(steps[place] for place in range(len(self.periods)))))

    def _shares(self, name: str, counts: Mapping[int, int]) -> Series:
        n = self._n
        return Series(
            name, tuple(_share(one, counts.get(place, 0), n[place]) for place, one in enumerate(self.periods))
        )

    def _within(self, changes: Iterable[tuple[int, int]]) -> list[int]:
        """Return the changes of services that have a policy in the period of the change: each as the service times the
        number of periods, and the period's place.
        """
        size = len(self.periods)
        if not size:
            return []
        start, end = month_of(self.periods[0].start), month_of(self.periods[-1].end)
        length = (end - start) // size
        rows, there = self.covered
        return [
            service * size + (month - start) // length
            for service, month in changes
            if start <= month < end and service in rows and there[rows[service] + (month - start) // length]
        ]

    @cached_property
    def covered(self) -> tuple[Mapping[int, int], bytes]:
        """Return, for each service and each period, 1 where it has a policy, and where the bytes of a service begin."""
        size = len(self.periods)
        rows = {service: place * size for place, service in enumerate(dict.fromkeys(self.services))}
        there = bytearray(len(rows) * size)
        for service, first, last in zip(self.services, self.firsts, self.lasts, strict=True):
            begin = rows[service]
            there[begin + first : begin + last + 1] = b"\1" * (last + 1 - first)
        return rows, bytes(there)


def policies(session: Session, cohort: Cohort = EVERYONE, by: By = By.HALF_YEAR) -> Policies:
    """Return the policies (or the documents of another type) of a cohort; raise `UnknownName` when no service has its
    tag.
    """
    chosen = None if cohort.tag is None else services_with(session, cohort.tag)
    length = months_of(by)
    start = month_of(cohort.start) // length if cohort.start else 0
    end = month_of(cohort.end) // length if cohort.end else _ENDLESS
    services, texts, firsts, lasts = array("q"), array("q"), array("l"), array("l")
    of, after = None, 0  # the period in which the next version of the same service begins
    earliest, latest = _ENDLESS, 0
    for service, text, begin, finish in series.spans(session, cohort.type):
        if chosen is not None and service not in chosen:
            continue
        # A month of a span as the number of its period.
        begins, ends = begin // length, finish // length
        if begins < earliest:
            earliest = begins
        if ends > latest:
            latest = ends
        # Without `min` and `max`, which take three times as long.
        begins = begins if begins > start else start
        last = after - 1 if service == of else end
        ends = ends if ends < last else last
        of, after = service, begins
        if begins <= ends:
            services.append(service)
            texts.append(text)
            firsts.append(begins)
            lasts.append(ends)
    first, last = max(earliest, start), min(latest, end)
    return Policies(
        tuple(numbered(by, range(first, last + 1))),
        services,
        texts,
        array("H", (place - first for place in firsts)),
        array("H", (place - first for place in lasts)),
    )


def services_with(session: Session, tag: str) -> set[int]:
    """Return the services with a tag; raise `UnknownName` if there is none."""
    chosen = set(session.scalars(read_services.tagged(tag)))
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
