"""The instants of tests, and the day on which the sample is looked at."""

from __future__ import annotations

from datetime import UTC, datetime

from harvester.clock import utc_now

TODAY = datetime(2020, 1, 20, 9, 30, tzinfo=UTC)
"""Three weeks after the last capture of the sample."""

_AHEAD = utc_now() - TODAY


def at(text: str) -> datetime:
    """Return the UTC instant of 14 digits or of an ISO date."""
    if text.isdigit():
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sample_clock() -> datetime:
    """Return the time on a clock that started at `TODAY`."""
    return utc_now() - _AHEAD
