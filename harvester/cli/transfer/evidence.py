"""``harvester evidence``: a folder that proves a change, and the check of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation


def evidence(
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="A service of the store, or `check`.")],
    version: Annotated[
        str, typer.Argument(metavar="VERSION|PATH", help="A date, a number, first or latest; or the folder to check.")
    ],
    destination: Annotated[Path | None, typer.Argument(metavar="DEST", help="A new or empty folder.")] = None,
) -> None:
    """Write a folder that proves a change.

    It holds captures, texts, redline, a statement and digests. `harvester evidence check PATH` reads one again.
    """
    from harvester.clock import utc_now
    from harvester.errors import ConfigurationError

    if service == "check" and destination is None:
        _check(Path(version))
        return
    if destination is None:
        raise ConfigurationError("evidence: name a folder to write, as in `harvester evidence example.com latest DEST`")
    from harvester.exporting.evidence.facts import gather
    from harvester.exporting.evidence.package import write_package

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        found = gather(session, settings, service, version, utc_now())
        seal = write_package(session, found, destination)
    what = "the change to" if found.old is not None else "the first version, that of"
    print(f"{destination}: evidence of {what} {found.new.facts['version']['first_seen']}")
    print(f"SHA-256 of its manifest: {seal} (keep it elsewhere, or have it time-stamped)")


def _check(folder: Path) -> None:
    from harvester.exporting.evidence.check import check

    verdicts = check(folder)
    for one in verdicts:
        word = {True: "holds", False: "BROKEN", None: "not checked"}[one.holds]
        print(f"{word}: {one.what}" + (f" ({one.why})" if one.why else ""))
    if any(one.holds is False for one in verdicts):
        raise typer.Exit(1)
