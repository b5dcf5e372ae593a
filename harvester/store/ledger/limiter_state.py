"""The state of an endpoint of an archive that all processes of an installation share: one row, altered atomically."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import bindparam, select, update

from harvester.store.database import Database
from harvester.store.ledger.ledger import insert_ignoring
from harvester.store.schema import Endpoint

T = TypeVar("T")

# Made once: every request of a harvest asks for them, and building them takes longer than running them.
_LOCKED = select(Endpoint.state).where(Endpoint.name == bindparam("name")).with_for_update()
_STATES = select(Endpoint.name, Endpoint.state).order_by(Endpoint.name)
_REPLACED = (
    update(Endpoint)
    .where(Endpoint.name == bindparam("endpoint"))
    .values(state=bindparam("new"))
    .execution_options(synchronize_session=False)
)


class LimiterRows:
    """Keeps the limiters of `archive.limiter` in the table ``endpoints``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def update_json(self, name: str, transition: Callable[[str | None], tuple[str, T]]) -> T:
        """Store what `transition` makes of the present state (None: there is none yet), and return its other result.

        No other thread or process comes in between. `transition` must be quick: all others wait for it.
        """
        with self._database.writing() as session:
            present = session.scalar(_LOCKED, {"name": name})
            if present is None:
                # An empty state means none: it lets PostgreSQL lock a row that nobody has written yet.
                session.execute(insert_ignoring(session, Endpoint, name=name, state=""))
                present = session.scalars(_LOCKED, {"name": name}).one()
            state, result = transition(present or None)
            if state != present:
                session.execute(_REPLACED, {"endpoint": name, "new": state})
        return result

    def states(self) -> dict[str, str]:
        """Return the state of every endpoint, for status and metrics."""
        with self._database.reading() as session:
            return {name: state for name, state in session.execute(_STATES) if state}
