"""Cursors of paged lists: opaque to clients, an instant and a number to us."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

from harvester.memento import timestamp_of
from harvester.web.addresses import INSTANT

_INSTANT = INSTANT.replace("[0-9]{4}", "(19|20)[0-9]{2}", 1)
PATTERN = rf"^{_INSTANT}\.[0-9]{{1,18}}$"
"""Every cursor of this form has a position, so that checking the form is enough."""


class BadCursor(ValueError):
    """A cursor that this server did not give."""


def dump(moment: datetime, number: int) -> str:
    """Return the cursor that points after a row."""
    return f"{timestamp_of(moment)}.{number}"


def load(cursor: str) -> tuple[datetime, int]:
    """Return the row after which a cursor points; raise `BadCursor` when the cursor is not one of ours."""
    if not re.fullmatch(PATTERN, cursor):
        raise BadCursor("the cursor is not from this server; start again without it")
    return _moment(cursor), int(cursor[15:])


HIT_PATTERN = rf"^[a-z0-9][a-z0-9._/-]{{0,299}}@{_INSTANT}$"
"""The cursors of a search."""


def dump_hit(cursor: str) -> str:
    """Return a cursor of `insight.search` as clients get it."""
    service, first_seen = json.loads(cursor)
    return f"{service}@{timestamp_of(datetime.fromisoformat(first_seen))}"


def load_hit(cursor: str) -> str:
    """Return what `dump_hit` was given."""
    service, _, digits = cursor.partition("@")
    return json.dumps([service, _moment(digits).isoformat()])


def _moment(digits: str) -> datetime:
    year, month, day, hour, minute, second = (int(digits[a:b]) for a, b in _PARTS)
    # The 31st of a short month is a day of the next.
    return datetime(year, month, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)


_PARTS = ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
