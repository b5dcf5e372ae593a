"""``harvester verify``: the store checked row by row."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format

if TYPE_CHECKING:
    from harvester.store.admin.verify import Finding
    from harvester.store.database import Database

DIFFERS = 1
_OTHERWISE = "see docs/errors.md, or restore a backup"


def verify(as_json: Json = False, form: Output = None) -> None:
    """Check every stored row; exit code 1 if any differs.

    Hashes all bytes and texts, makes documents and history again, and names each row that differs.
    """
    from harvester.cli.output import print_data
    from harvester.errors import CorruptStore
    from harvester.harvest.reclean.rebuild import rebuilding, unnamed_archives
    from harvester.store.admin.verify import Finding
    from harvester.store.admin.verify import verify as check

    data = data_format(form, as_json)

    def stage(what: str) -> None:
        if sys.stderr.isatty():
            print(f"checking {what} ...", file=sys.stderr)

    settings = installation.settings()
    findings = []
    advice = _OTHERWISE

    def found(one: Finding) -> None:
        findings.append(one)
        if not data:
            print(one, flush=True)

    try:
        with installation.present_database(settings) as database:
            for finding in check(database, rebuilding(settings), stage):
                found(finding)
            advice = _advice(database, findings)
            unnamed = unnamed_archives(database, settings) if any(one.table == "documents" for one in findings) else []
            if unnamed:
                print(
                    f"harvester: the settings do not name the archive {', '.join(unnamed)}: documents of its captures "
                    "may only seem to differ; verify with the settings of the harvest (--config)",
                    file=sys.stderr,
                )
    except CorruptStore as error:
        found(Finding("database", 0, str(error)))
    if data:
        rows = [{"table": one.table, "id": one.id, "problem": one.problem} for one in findings]
        print_data({"whole": not findings, "findings": rows}, data, "findings")
    elif not findings:
        print("the store is whole: every payload, text, document, version and change is what was stored")
    if findings:
        rows_that = "row differs" if len(findings) == 1 else "rows differ"
        print(f"harvester: {len(findings)} {rows_that}; {advice}", file=sys.stderr)
        raise typer.Exit(DIFFERS)


def _advice(database: Database, findings: Sequence[Finding]) -> str:
    """Return what to do about these rows."""
    from harvester.store.admin.verify import has_history_of_an_earlier_version

    of_texts = [one for one in findings if one.is_mended_by_reclean]
    others = {one.table for one in findings if not one.is_mended_by_reclean}
    if others and not (others <= {"versions", "changes"} and has_history_of_an_earlier_version(database)):
        return _OTHERWISE
    command = "harvester reclean --all" if of_texts else "harvester reclean"
    why = "an earlier version of harvester made this history: " if others else ""
    return f"{why}run `{command}`, which asks the archive for nothing, and verify again"
