"""``harvester evidence``: a folder or WACZ file that proves a change, and the check of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation


def evidence(
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="A service of the store, or `check`.")],
    version: Annotated[
        str,
        typer.Argument(metavar="VERSION|PATH", help="A date, a number, first or latest; for check, a path."),
    ],
    destination: Annotated[
        Path | None, typer.Argument(metavar="DEST", help="A new or empty folder, or a new file that ends in .wacz.")
    ] = None,
    wacz: Annotated[bool, typer.Option("--wacz", help="Write one WACZ file, also if DEST has another ending.")] = False,
    certificates: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="For check: certificates (PEM) of time-stamping authorities that you trust."),
    ] = None,
) -> None:
    """Write a folder or a WACZ file that proves a change.

    It holds captures, texts, redline, a statement and digests, and a time stamp if [evidence] timestamp_authority is
    set. `harvester evidence check PATH` reads one again.
    """
    from harvester.clock import utc_now
    from harvester.errors import ConfigurationError

    if service == "check" and destination is None:
        _check(Path(version), certificates)
        return
    if destination is None:
        raise ConfigurationError("evidence: name a folder to write, as in `harvester evidence example.com latest DEST`")
    from harvester.exporting.evidence.facts import gather
    from harvester.exporting.evidence.package import write_package
    from harvester.exporting.evidence.timestamp import token_for
    from harvester.exporting.wacz import ENDING

    if wacz and destination.suffix != ENDING:
        destination = destination.with_name(destination.name + ENDING)
    settings = installation.settings()
    authority = settings.evidence.timestamp_authority
    stamp = (lambda manifest: token_for(manifest, authority)) if authority else None
    with installation.present_database(settings) as database, database.reading() as session:
        found = gather(session, settings, service, version, utc_now())
        seal = write_package(session, found, destination, stamp)
    what = "the change" if found.old is not None else "the first version"
    seen = found.new.facts["version"]["first_seen"]
    print(f"{destination}: evidence of {what} of {service} first seen on {seen}")
    advice = f"time-stamped by {authority}" if authority else "keep it elsewhere, or have it time-stamped"
    print(f"SHA-256 of its manifest: {seal} ({advice})")


def _check(path: Path, certificates: Path | None) -> None:
    from harvester.exporting.evidence.check import check

    verdicts = check(path, certificates)
    for one in verdicts:
        word = {True: "holds", False: "BROKEN", None: "not checked"}[one.holds]
        print(f"{word}: {one.what}" + (f" ({one.why})" if one.why else ""))
    if any(one.holds is False for one in verdicts):
        raise typer.Exit(1)
