"""Dates, instants, durations and half-years: the one place that reads what users write, and writes what they read.

Instants are aware and in UTC. The 14 digits of web archives are in `harvester.memento`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import overload

from harvester.memento import parse_exact_timestamp

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([smhdw])")
_LONGEST = timedelta(days=36_525)
"""A century: from any day until then there are dates."""
_DATE = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}){0,2}")
_INSTANT = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?")
_DAY = re.compile(r"([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?")


def parse_duration(text: object) -> timedelta:
    """Return a duration written as a number and a unit: ``30s``, ``30m``, ``12h``, ``7d``, ``2w``."""
    if isinstance(text, timedelta):
        return text
    match = _DURATION.fullmatch(str(text).strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration such as '30m', '12h', '7d' or '2w'")
    try:
        duration = timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        duration = timedelta.max
    if not timedelta(0) < duration <= _LONGEST:
        raise ValueError(f"{text!r} must be longer than 0 and at most a hundred years (36525d)")
    return duration


def duration_text(duration: timedelta) -> str:
    """Return a duration as `parse_duration` reads it, in the largest unit that fits: ``7d``, ``90m``."""
    for unit in "dhm":
        whole, rest = divmod(duration, timedelta(**{_UNITS[unit]: 1}))
        if not rest:
            return f"{whole}{unit}"
    return f"{duration.total_seconds():f}".rstrip("0").rstrip(".") + "s"


def parse_day(value: object, *, end: bool = False) -> datetime:
    """Return a year, month or day (``2009``, ``2015-06``, ``2015-06-30``, or a TOML date) as an instant in UTC.

    With `end` the instant is the last second of that year, month or day, so that ranges include their ends. Raises
    ValueError for anything else.
    """
    if isinstance(value, datetime):
        return _in_utc(value) if value.tzinfo else value.replace(tzinfo=UTC)
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date such as 2009, 2015-06 or 2015-06-30")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        start = datetime(year, 1 if month is None else month, 1 if day is None else day, tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{text!r} is in no calendar: {error}") from error
    if not end:
        return start
    month = month or 12
    return datetime(year, month, day or calendar.monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC)


def end_of(text: str) -> datetime | None:
    """Return the last instant of a year, a month or a day, or the instant itself; None when `text` is not a date.

    An instant is ``2014-06-30T10:00:00Z`` or an archive's 14 digits.
    """
    try:
        if _INSTANT.fullmatch(text):
            return parse_iso(text)
        if len(text) == 14:
            return parse_exact_timestamp(text)
        return parse_day(text, end=True).replace(microsecond=999_999) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


@overload
def iso(moment: datetime) -> str: ...
@overload
def iso(moment: datetime | None) -> str | None: ...
def iso(moment: datetime | None) -> str | None:
    """Return an instant in ISO 8601, in UTC and always with ``Z``: ``2014-06-30T10:00:00Z``. None stays None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def parse_iso(text: str) -> datetime:
    """Return the instant of an ISO 8601 text in UTC, with ``Z`` or ``+00:00``; raises ValueError for another text."""
    moment = datetime.fromisoformat(text)
    return _in_utc(moment) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{moment.isoformat()!r} is in no calendar: in UTC its year is 0 or 10000") from error


def half_year(moment: datetime) -> datetime:
    """Return the first instant of the half-year of an instant: 1 January or 1 July, the corpus's unit of time."""
    utc = moment.astimezone(UTC)
    return datetime(utc.year, 1 if utc.month <= 6 else 7, 1, tzinfo=UTC)


def next_half_year(start: datetime) -> datetime:
    """Return the first instant of the half-year after the one that begins at `start`."""
    return datetime(start.year, 7, 1, tzinfo=UTC) if start.month == 1 else datetime(start.year + 1, 1, 1, tzinfo=UTC)


def half_years(first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the first instants of the half-years from that of `first` to that of `last`."""
    start = half_year(first)
    while start <= last:
        yield start
        start = next_half_year(start)


def half_year_label(moment: datetime) -> str:
    """Return the half-year of an instant as charts label it: ``2014-H1`` is January to June of 2014."""
    return f"{moment.year:04}-H{1 if moment.month <= 6 else 2}"


def season_label(moment: datetime) -> str:
    """Return the half-year of an instant as the corpus labels it: ``2014-A`` is January to June of 2014."""
    return f"{moment.year:04}-{'A' if moment.month <= 6 else 'B'}"


Span = tuple[datetime | None, datetime | None]
"""From when to when, both included; None: without that end."""

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


def days_of(spans: Iterable[Span]) -> str:
    """Return the days of some spans, to follow a noun: ``" from 2021-01-01 to 2022-12-31"``; ``""`` of all time."""
    whole: list[tuple[datetime, datetime]] = []
    for start, end in sorted((start or _FIRST, end or _LAST) for start, end in spans):
        if whole and start <= whole[-1][1] + timedelta(seconds=1):
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return " and".join(_days(start, end) for start, end in whole)


def _days(start: datetime, end: datetime) -> str:
    if end == _LAST:
        return "" if start == _FIRST else f" since {start:%Y-%m-%d}"
    return f" until {end:%Y-%m-%d}" if start == _FIRST else f" from {start:%Y-%m-%d} to {end:%Y-%m-%d}"
