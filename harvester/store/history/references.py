"""References by which a person names a version: a date, an instant, a number, ``first``, ``latest``, ``~2``. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from harvester.dates import end_of
from harvester.errors import UnknownName

_NUMBER = re.compile(r"[0-9]{1,3}|[0-9]{5,9}")
_BACK = re.compile(r"~([0-9]{1,9})")


def position(ref: str, first_seen: Sequence[datetime], service: str, *, strict: bool = False) -> int:
    """Return the position in `first_seen` (oldest first) of the version that `ref` names.

    A year, month or day names the version at its end, an instant (``2014-06-30T10:00:00Z``, or an archive's
    14 digits) the one of then: the last one first seen by then; before the first version, the first (`strict`: none).
    Numbers count from 1 (four digits are a year), ``~2`` is two before the latest. Raises `UnknownName`, saying what
    there is.
    """
    count = len(first_seen)
    if count == 0:
        raise UnknownName(f"{service} has no version")
    if ref == "first":
        return 0
    if ref == "latest":
        return count - 1
    if (back := _BACK.fullmatch(ref)) and int(back[1]) < count:
        return count - 1 - int(back[1])
    if _NUMBER.fullmatch(ref) and 1 <= int(ref) <= count:
        return int(ref) - 1
    end = end_of(ref)
    if end is None:
        raise UnknownName(f"{service} has no version {ref!r}. {_what_there_is(first_seen)}")
    if strict and end < first_seen[0]:
        raise nothing_known(service, ref, first_seen[0])
    return max(sum(each <= end for each in first_seen) - 1, 0)


def nothing_known(service: str, ref: str, first_seen: datetime) -> UnknownName:
    """Return the error of a date before the first version."""
    day = f"{first_seen:%Y-%m-%d}"
    return UnknownName(f"{service} has no known version at {ref}: the first was seen on {day} (`first`)")


def service_and_reference(name: str) -> tuple[str, str]:
    """Return the service and the reference of ``SERVICE@REF``; without ``@REF`` it is the latest version.

    ``SERVICE@`` is none: a script whose variable is empty would get another version than it asks for.
    """
    service, at, ref = name.partition("@")
    return service, ref if at else "latest"


def _what_there_is(first_seen: Sequence[datetime]) -> str:
    count = len(first_seen)
    numbers = "is version 1" if count == 1 else f"are versions 1 to {count}"
    return (
        f"There {numbers}, first seen {first_seen[0]:%Y-%m-%d} to {first_seen[-1]:%Y-%m-%d}; "
        "give a number, a date (2014, 2014-06, 2014-06-30, 2014-06-30T10:00:00Z), first, latest or ~N (N before the "
        "latest)"
    )
