"""The readiness of an installation: the answer of ``/readyz``."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from harvester.errors import HarvesterError
from harvester.harvest.limiter.shared import reachable
from harvester.service.workers.broker import broker_answers
from harvester.settings import Settings
from harvester.store.database import Database


def ready(database: Database, settings: Settings, *, broker: bool = False) -> list[str]:
    """Return why this process cannot work now, without secrets; empty when it can.

    It asks the database, Redis where the limiter is kept there, and with `broker` the broker, if one is set. The
    archive is not asked: that it is away is normal, and shown by `status`.
    """
    checks: list[Callable[[], None]] = [lambda: _answers(database), lambda: reachable(settings)]
    if broker:
        checks.append(lambda: broker_answers(settings))
    problems = []
    for check in checks:
        try:
            check()
        except HarvesterError as error:
            problems.append(str(error))
    return problems


def _answers(database: Database) -> None:
    with database.reading() as session:
        session.execute(text("SELECT 1"))
