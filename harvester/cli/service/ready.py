"""``harvester ready``: the health check."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.errors import ConfigurationError


def ready(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="Ask this /readyz instead of the store.")] = None,
) -> None:
    """Check that this installation can work (exit code 3: no).

    Asks the database, and Redis and the broker where they are set.
    The health check for containers and supervisors.
    """
    problems = _problems() if url is None else _answer(url)
    for problem in problems:
        print(f"harvester: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(3)
    print("ready")


def _problems() -> list[str]:
    from harvester.service.observe.readiness import ready as problems
    from harvester.store.database import Database, sqlite_file

    settings = installation.settings()
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return [installation.no_store(settings.database)]
    # Not `Database.open`, which would bring the schema up to date: a check alters nothing.
    database = Database(settings.database)
    try:
        return problems(database, settings, broker=True)
    finally:
        database.close()


def _answer(url: str) -> list[str]:
    import requests

    from harvester.settings import require_http

    try:
        require_http(url)
    except ValueError as error:
        raise ConfigurationError(f"ready: {error}; name the address of a /readyz") from error
    try:
        answer = requests.get(url, timeout=10, allow_redirects=False)
        kind = answer.headers.get("Content-Type", "")
        found = answer.json() if kind.startswith("application/json") else None
    except requests.RequestException as error:
        return [f"{url} does not answer ({type(error).__name__})"]
    if isinstance(found, dict) and isinstance(found.get("problems"), list):
        return [str(one) for one in found["problems"]]
    if kind.startswith("text/plain"):
        return [] if answer.ok else answer.text.splitlines()
    return [f"{url} answered {answer.status_code} and is no /readyz; name the address of one"]
