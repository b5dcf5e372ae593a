"""Cursors of paged lists: opaque to clients, an instant and a number to us."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import datetime

from harvester.memento import parse_exact_timestamp, timestamp_of

_FORM = re.compile(r"([0-9]{14})\.([0-9]{1,18})")


class BadCursor(ValueError):
    """A cursor that this server did not give."""


def dump(moment: datetime, number: int) -> str:
    """Return the cursor that points after a row."""
    plain = f"{timestamp_of(moment)}.{number}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def load(cursor: str) -> tuple[datetime, int]:
    """Return the row after which a cursor points; raise `BadCursor` when the cursor is not one of ours."""
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        found = _FORM.fullmatch(plain)
        if found is None:
            raise ValueError(plain)
        return parse_exact_timestamp(found[1]), int(found[2])
    except (ValueError, binascii.Error) as error:
        raise BadCursor("the cursor is not one that this server gave; begin again without it") from error
