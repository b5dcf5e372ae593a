"""The statements about all changes of a service, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from harvester.insight.redline import diff_of
from harvester.insight.statements.model import as_json
from harvester.insight.statements.statements import statements
from harvester.store.read import recent

_AT_ONCE = 200


def statement_rows(session: Session, service_id: int, service: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each statement about each change of a service, oldest first."""
    wanted = recent.ChangesWanted(service_id, kinds=recent.EVERY)
    rows = recent.changes(session, wanted, limit=_AT_ONCE)
    while len(rows) % _AT_ONCE == 0 and rows:
        more = recent.changes(session, wanted, older_than=(rows[-1].before, rows[-1].id), limit=_AT_ONCE)
        if not more:
            break
        rows += more
    for number, row in enumerate(reversed(rows), 2):
        for one in statements(diff_of(session, row)):
            yield {"service": service, "number": number, "before": row.before, **as_json(one)}
