"""Half-years, years and months, in UTC. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from harvester.dates import half_year_label


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
