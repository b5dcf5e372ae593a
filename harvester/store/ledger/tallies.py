"""The numbers of captures of each outcome, versions and changes of each service, kept by triggers: counted when
written.

To count a million captures for a status takes a second; to add up a few numbers a service takes milliseconds. The
table ``tallies`` is (service_id, what, number); `what` is an outcome, ``versions`` or ``changes``, and what is said
of a service in several rows is added up. On SQLite, which has one writer at a time, a trigger alters the one row in
place. On PostgreSQL that would make writers wait for each other, so each statement appends a row, and `fold` makes one
of them. It is not a table of the schema: anything that fills the others, a copy too, fills it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Select, bindparam, cast, column, func, select, table, text
from sqlalchemy.orm import Session

VERSIONS, CHANGES = "versions", "changes"

_TALLIES = table("tallies", column("service_id"), column("what"), column("number"))
_SUM = cast(func.sum(_TALLIES.c.number), Integer)
# Made once: to build them takes longer than to run them.
_TOTALS = select(_TALLIES.c.what, _SUM).group_by(_TALLIES.c.what).order_by(_TALLIES.c.what)
_OF_SERVICE = _TOTALS.where(_TALLIES.c.service_id == bindparam("service"))
_TOTAL = select(_SUM).where(_TALLIES.c.what == bindparam("what"))
_BY_SERVICE = (
    select(_TALLIES.c.service_id, _TALLIES.c.what, _SUM)
    .where(_TALLIES.c.service_id.in_(bindparam("services", expanding=True)))
    .group_by(_TALLIES.c.service_id, _TALLIES.c.what)
)
_COUNTED = {"captures": "outcome", "versions": f"'{VERSIONS}'", "changes": f"'{CHANGES}'"}


def totals(session: Session, service_id: int | None = None) -> dict[str, int]:
    """Count each outcome, versions and changes, of one service or of all; zero counts have no key."""
    rows = session.execute(_TOTALS) if service_id is None else session.execute(_OF_SERVICE, {"service": service_id})
    return {what: number for what, number in rows if number}


def total(session: Session, what: str) -> int:
    """Count one thing, in all services."""
    return session.scalar(_TOTAL, {"what": what}) or 0


def captures_by_service(session: Session, only: Sequence[int] | None = None) -> dict[int, int]:
    """Count the captures of each service, or of some."""
    statement = (
        select(_TALLIES.c.service_id, _SUM)
        .where(_TALLIES.c.what.not_in((VERSIONS, CHANGES)))
        .group_by(_TALLIES.c.service_id)
    )
    if only is not None:
        statement = statement.where(_TALLIES.c.service_id.in_(only))
    return {row[0]: row[1] for row in session.execute(statement)}


def by_service(session: Session, services: Sequence[int]) -> dict[int, dict[str, int]]:
    """Count each outcome, versions and changes of each of some services; zero counts have no key."""
    found: dict[int, dict[str, int]] = {number: {} for number in services}
    for service_id, what, number in session.execute(_BY_SERVICE, {"services": list(services)}):
        if number:
            found[service_id][what] = number
    return found


def services_with(outcomes: Sequence[str]) -> Select[Any]:
    """Select the ids of the services that have a capture with one of these outcomes."""
    services = select(_TALLIES.c.service_id).where(_TALLIES.c.what.in_(outcomes))
    return services.group_by(_TALLIES.c.service_id).having(func.sum(_TALLIES.c.number) > 0)


def fold(session: Session, service_id: int) -> None:
    """Merge the rows that PostgreSQL has appended for a service into one; the caller holds the service's row."""
    if session.get_bind().dialect.name == "sqlite":
        return
    session.flush()
    session.execute(
        text(
            "WITH gone AS (DELETE FROM tallies WHERE service_id = :service RETURNING what, number) "
            "INSERT INTO tallies (service_id, what, number) "
            "SELECT :service, what, sum(number) FROM gone GROUP BY what HAVING sum(number) <> 0"
        ),
        {"service": service_id},
    )


def problems(session: Session) -> list[tuple[int, str]]:
    """Return (service, what is wrong) for each number that differs from the count of the rows."""
    counted = " UNION ALL ".join(
        f"SELECT service_id, {what} AS what, count(*) AS number FROM {name} GROUP BY 1, 2"
        for name, what in _COUNTED.items()
    )
    statement = (
        f"SELECT service_id, what, sum(kept), sum(number) FROM ("
        f"SELECT service_id, what, number AS kept, 0 AS number FROM tallies "
        f"UNION ALL SELECT service_id, what, 0, number FROM ({counted}) AS found) AS sides "
        f"GROUP BY service_id, what HAVING sum(kept) <> sum(number) ORDER BY service_id, what"
    )
    return [
        (service, f"{what} is {kept} and there are {number}")
        for service, what, kept, number in session.execute(text(statement))
    ]
